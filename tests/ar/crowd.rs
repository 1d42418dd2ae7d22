//! A crowd of random but repeatable events of every kind: nothing panics, what is shown are numbers, nothing leaves the room.

use super::placing::sized;
use super::script::{EYE_M, Script, floor, plane};
use vitrine::ar::{
    Event, ItemId, Layout, LayoutItem, LightEstimate, MeasureKind, MeasureStep, Mode, Options, Placement, Reflections,
    Surface,
};
use vitrine::math::{Pose, Quat, Ray, Vec3};

struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as u32 % limit
    }

    /// -4 to 4; once in a while what is no number.
    fn number(&mut self) -> f32 {
        match self.below(300) {
            0 => f32::NAN,
            1 => f32::INFINITY,
            2 => -1e30,
            _ => self.below(4001) as f32 / 500.0 - 4.0,
        }
    }

    fn point(&mut self) -> Vec3 {
        Vec3::new(self.number(), self.number() * 0.5, self.number())
    }

    fn pose(&mut self) -> Pose {
        let orientation = match self.below(4) {
            0 => Quat::from_rotation_x(self.number()) * Quat::from_rotation_y(self.number()),
            1 => Quat::from_rotation_y(self.number()) * Quat::from_rotation_x(std::f32::consts::FRAC_PI_2),
            2 => Quat::from_rotation_x(std::f32::consts::PI),
            _ => Quat::from_rotation_y(self.number()),
        };
        Pose { position: self.point(), orientation }
    }

    fn id(&mut self) -> ItemId {
        ItemId(self.below(8))
    }

    fn placement(&mut self) -> Placement {
        Placement::WORDS[self.below(7) as usize].1
    }

    /// What is rare on a device is rare here.
    fn rare(&mut self, script: &Script) -> Event {
        let (id, new_id) = (self.id(), self.id());
        match self.below(21) {
            0 => Event::SpaceReset { old_from_new: (self.below(2) == 0).then(|| self.pose()) },
            1 => Event::Suspended(self.below(2) == 0),
            2 => Event::Set(Options { may_scale: self.below(2) == 0, ..Options::default() }),
            3 => Event::FloorHeight(self.number()),
            4 => Event::RemoveItem(id),
            5 => Event::Remove,
            6 => Event::ReplaceItem { id, bounds: sized(self.number(), self.number(), self.number()) },
            7 => Event::DuplicateItem { id, new_id },
            8..=9 => {
                let bounds = sized(0.1 + self.number().abs(), 0.5, 0.3 + self.number().abs());
                let pose = (self.below(2) == 0).then(|| self.pose());
                Event::AddItem { id, bounds, placement: self.placement(), pose }
            }
            10 => {
                let label = [None, Some("table"), Some("wall"), Some("floor"), Some("door")][self.below(5) as usize];
                let planes = (0..self.below(6)).map(|at| {
                    let Pose { position, orientation } = self.pose();
                    plane(at, position, orientation, self.number(), self.number(), label)
                });
                Event::Planes(planes.collect())
            }
            11 => Event::Measure(MeasureStep::Begin(
                [MeasureKind::Gap, MeasureKind::Wall, MeasureKind::Table, MeasureKind::Doorway][self.below(4) as usize],
            )),
            12 => Event::Measure(MeasureStep::Cancel),
            13 => {
                Event::SaveLayout { names: vec![(id, "a".to_owned()), (new_id, "b".to_owned())], keeps_anchors: true }
            }
            14 => {
                let item = LayoutItem {
                    name: "a".to_owned(),
                    contact: self.point(),
                    yaw_rad: self.number(),
                    surface: Surface::Floor,
                    scale: self.number(),
                    handle: (self.below(2) == 0).then(|| "h".to_owned()),
                };
                Event::RestoreLayout {
                    layout: Layout { floor_sides_m: Some((self.number(), 2.0)), items: vec![item.clone(), item] },
                    ids: vec![id, new_id],
                }
            }
            15 => Event::AnchorKept { item: id, handle: "h".to_owned() },
            16 => Event::Scale { factor: self.number() },
            17 => Event::Light(LightEstimate {
                direction: self.point(),
                intensity: self.point(),
                harmonics: std::array::from_fn(|_| self.point()),
            }),
            18 => {
                let count = Reflections::COUNT - self.below(2) as usize;
                Event::Reflections(Reflections { texels: vec![self.point(); count] })
            }
            19 => Event::SelectItem(script.room.items().first().map(|item| item.id)),
            _ => Event::PhotoTaken,
        }
    }
}

#[test]
fn any_order_of_all_events_is_survived() {
    for mode in [Mode::Ar, Mode::Vr] {
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        let mut script = Script::start_in(mode, sized(0.8, 0.9, 0.7), Placement::Any);
        for _ in 0..5_000 {
            let (finger, target) = (random.below(4), random.point());
            let ray = Ray { origin: script.viewer.position, direction: target.normalize_or_zero() };
            let hits = vec![random.pose(), floor(target.x, 0.0, target.z)];
            match random.below(20) {
                0..=6 => drop(script.frame(&hits)),
                7..=8 => drop(script.tell(Event::PressStart { id: finger, ray })),
                9..=11 => drop(script.tell(Event::PressMove { id: finger, ray, hits })),
                12 => drop(script.tell(Event::PressEnd { id: finger })),
                13 => drop(script.tell(Event::Move { right_m: target.x, forward_m: target.z })),
                14 => drop(script.tell(Event::Turn { degrees: target.x * 100.0 })),
                15 => drop(script.tell(Event::Place)),
                16 => drop(script.lost_frame()),
                17 if target.is_finite() => {
                    script.viewer.position = Vec3::new(target.x, EYE_M, target.z);
                    script.viewer.orientation =
                        Quat::from_rotation_y(target.x) * Quat::from_rotation_x(-target.z.abs() * 0.3);
                }
                18 => {
                    let world_from_anchor = Some(random.pose());
                    drop(script.tell(Event::AnchorMoved { item: random.id(), world_from_anchor }));
                }
                _ => {
                    let event = random.rare(&script);
                    drop(script.tell(event));
                }
            }
            script.effects.clear();
            for item in script.room.items() {
                assert!(item.support.position.length() < 200.0, "{item:?} left the room");
            }
            if let Some(pointed) = script.room.pointed(ray) {
                assert!(pointed.end.is_finite() && pointed.end.length() < 200.0, "{pointed:?}");
            }
        }
    }
}
