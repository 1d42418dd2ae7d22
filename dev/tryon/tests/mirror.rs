//! The mirror before people who are not its own: what it shows, what it says, and what it forgets.

use std::path::Path as File;
use vitrine::math::{Aabb, Pose, Quat, Vec2, Vec3};
use vitrine::model::Model;
use vitrine::tryon::{
    Effect, Event, FaceLandmarks, KnownScale, Landmark, Mirror, OccluderKind, PictureLight, ProductSize, Size, Status,
    Verdict, Worn, wear,
};
use vitrine_tryon_truth::camera::{Camera, SIZE_PX};
use vitrine_tryon_truth::path::{Path, Place};
use vitrine_tryon_truth::person::Person;
use vitrine_tryon_truth::random::Random;
use vitrine_tryon_truth::trial::{Body, Way, draw, jitter_mm, lag_ms, off_mm, turned_deg};

/// A face in the middle, looking into the camera.
fn facing(distance_m: f32) -> Pose {
    Pose { position: Vec3::new(0.0, 0.0, -distance_m), orientation: Quat::IDENTITY }
}

/// A mirror, its camera, somebody before it.
struct Scene {
    mirror: Mirror,
    camera: Camera,
    person: Person,
    random: Random,
    now_ms: f64,
    effects: Vec<Effect>,
}

impl Scene {
    fn new(wear: Vec<Worn>) -> Self {
        let (mut random, camera) = (Random::new(5), Camera::new(55.0));
        let person = Person::new(&mut random);
        let mut scene = Self { mirror: Mirror::default(), camera, person, random, now_ms: 0.0, effects: Vec::new() };
        scene.tell(Event::Opened { wear, reduced_motion: false });
        scene.tell(camera.event(Some(camera.view.vertical_fov_rad)));
        scene
    }

    fn tell(&mut self, event: Event) {
        let effects = self.mirror.update(event);
        self.effects.extend(effects);
    }

    fn face(&mut self, pose: Pose) -> FaceLandmarks {
        self.person.seen(&self.camera, pose, &mut self.random)
    }

    /// Pictures with these people, and a drawn one after each.
    fn pictures(&mut self, count: u32, poses: &[Pose]) {
        for _ in 0..count {
            let faces = poses.iter().map(|pose| self.face(*pose)).collect();
            self.tell(Event::Faces { time_ms: self.now_ms, faces });
            self.tell(Event::Tick { now_ms: self.now_ms });
            self.now_ms += 1000.0 / 30.0;
        }
    }

    fn opacity(&self) -> f32 {
        self.mirror.worn().first().map_or(0.0, |placed| placed.opacity)
    }
}

fn product(name: &str) -> (Model, Aabb) {
    let path = File::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/products").join(name).with_extension("glb");
    let bytes = std::fs::read(&path).expect("a demo product");
    let model = vitrine::import::read(&bytes, &Default::default()).expect("it reads").model;
    let mut bounds = Aabb::EMPTY;
    model.walk(&mut |_, node, product_from_node| {
        let primitives = node.mesh.map(|mesh| &model.meshes[mesh].primitives);
        for position in primitives.into_iter().flatten().flat_map(|primitive| &primitive.positions) {
            let at = product_from_node.transform_point3(*position);
            bounds = bounds.union(Aabb { min: at, max: at });
        }
    });
    (model, bounds)
}

fn worn(name: &str) -> Worn {
    let (model, bounds) = product(name);
    Worn::of_model(7, &model, bounds, None).expect("it says how it is worn")
}

#[test]
fn people_of_all_shapes_are_found_within_the_aims() {
    let (mut across, mut turned) = (Vec::new(), Vec::new());
    for number in 0..4 {
        let mut random = Random::new(40 + number);
        let camera = Camera::new(random.between(40.0, 90.0));
        let body = Body::Face(Person::new(&mut random));
        let path = Path::Rest(Place::usual(&mut random, Quat::IDENTITY));
        let drawn = draw(&body, &camera, &path, Way::Told, 1.5, &mut random);
        let last = drawn.last().expect("drawn");
        across.push(off_mm(last)[0]);
        turned.push(turned_deg(last));
    }
    assert!(across.iter().all(|off| *off < 5.0), "{across:?} mm off");
    assert!(turned.iter().all(|off| *off < 5.0), "{turned:?} degrees off");
}

#[test]
fn a_face_that_looks_around_is_learned() {
    for number in 0..4 {
        let mut random = Random::new(60 + number);
        let camera = Camera::new(random.between(40.0, 90.0));
        let body = Body::Face(Person::new(&mut random));
        let path = Path::wander(&mut random, Quat::IDENTITY, 8);
        let drawn = draw(&body, &camera, &path, Way::Told, 9.0, &mut random);
        let median = |mut values: Vec<f32>| {
            values.sort_by(f32::total_cmp);
            values[values.len() / 2]
        };
        let late = || drawn.iter().filter(|drawn| drawn.seconds > 3.0);
        let (across, turned) =
            (median(late().map(|at| off_mm(at)[0]).collect()), median(late().map(turned_deg).collect()));
        assert!(across < 2.5 && turned < 2.0, "person {number}: {across} mm and {turned} degrees off");
    }
}

#[test]
fn it_is_still_at_rest_and_not_late_in_motion() {
    let mut random = Random::new(77);
    let (camera, body) = (Camera::new(60.0), Body::Face(Person::new(&mut random)));
    let rest = Path::Rest(Place::usual(&mut random, Quat::IDENTITY));
    let drawn = draw(&body, &camera, &rest, Way::Told, 3.0, &mut random);
    let [across, _] = jitter_mm(&drawn[90..]);
    assert!(across < 0.2, "it trembles by {across} mm");
    let swing = Path::Swing(Place::usual(&mut random, Quat::IDENTITY));
    let drawn = draw(&body, &camera, &swing, Way::Told, 3.0, &mut random);
    let lag = lag_ms(&drawn[30..], &camera, &swing);
    assert!((-20.0..35.0).contains(&lag), "it is {lag} ms late");
}

#[test]
fn glasses_sit_before_the_eyes_and_their_temples_reach_the_ears() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    scene.pictures(40, &[facing(0.5)]);
    let view = scene.mirror.view().expect("a camera");
    let placed = scene.mirror.worn()[0];
    assert_eq!((placed.product, placed.scale), (7, 1.0), "true size");
    assert!(placed.opacity > 0.99);
    let at = |point: Vec3| {
        let seen = view.picture_from_camera(placed.pose.orientation * point + placed.pose.position).expect("in front");
        seen * Vec2::new(SIZE_PX[0] as f32, SIZE_PX[1] as f32)
    };
    let face = scene.face(facing(0.5));
    for (lens, iris) in [(Vec3::new(0.0348, -0.0035, 0.0), 473), (Vec3::new(-0.0348, -0.0035, 0.0), 468)] {
        let mark = face.points[iris];
        let eye = Vec2::new(mark.x, mark.y) * Vec2::new(SIZE_PX[0] as f32, SIZE_PX[1] as f32);
        // Pupils of other people are nearer together or farther apart than the lenses' middles.
        assert!((at(lens).y - eye.y).abs() < 4.0, "lens at {}, eye at {eye}", at(lens));
        assert!((at(lens).x - eye.x).abs() < 8.0, "lens at {}, eye at {eye}", at(lens));
    }
    let front = placed.pose.orientation * Vec3::Z;
    assert!(front.z > 0.95, "the lenses look into the camera: {front}");
}

#[test]
fn a_still_picture_says_no_more_when_it_is_looked_at_again() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    scene.tell(scene.camera.event(None));
    let pose = Pose { orientation: Quat::from_rotation_y(0.2), ..facing(0.5) };
    let faces = vec![scene.face(pose)];
    let mut known = Vec::new();
    for look in 0..40 {
        let time_ms = f64::from(look) * 40.0;
        scene.tell(Event::Faces { time_ms, faces: faces.clone() });
        scene.tell(Event::Tick { now_ms: time_ms });
        let view = scene.mirror.view().expect("a camera");
        let Some(placed) = scene.mirror.worn().first().copied() else { continue };
        known.push((view.vertical_fov_rad, view.fov_plus_minus_rad, placed.pose));
    }
    let (fov, doubt, place) = known[7];
    assert!(doubt > 0.05, "one picture makes nobody sure of the lens: ± {doubt}");
    for (other_fov, other_doubt, other) in known {
        assert!((other_fov / fov - 1.0).abs() < 0.02, "{fov} and {other_fov} rad");
        assert!((other_doubt / doubt - 1.0).abs() < 0.05, "± {doubt} and {other_doubt}");
        assert!(
            (other.position.z / place.position.z - 1.0).abs() < 0.03,
            "{} and {} m",
            place.position.z,
            other.position.z
        );
    }
}

#[test]
fn products_come_softly_stay_over_a_missed_picture_and_go_softly() {
    let mut scene = Scene::new(vec![worn("hat")]);
    assert_eq!(scene.mirror.status(), Status::Searching);
    scene.pictures(2, &[facing(0.6)]);
    assert!(scene.opacity() > 0.0 && scene.opacity() < 0.6);
    scene.pictures(20, &[facing(0.6)]);
    assert_eq!((scene.mirror.status(), scene.opacity()), (Status::Found, 1.0));
    scene.pictures(3, &[]);
    assert_eq!(scene.opacity(), 1.0, "three missed pictures mean nothing");
    let before = scene.mirror.worn()[0].pose.position;
    scene.pictures(3, &[facing(0.6)]);
    let after = scene.mirror.worn()[0].pose.position;
    assert!(before.distance(after) < 0.004, "found again without a jump: {before} {after}");
    scene.pictures(25, &[]);
    assert_eq!(scene.mirror.status(), Status::Lost);
    assert!(scene.mirror.worn().is_empty() && scene.mirror.occluders().is_empty());
}

#[test]
fn one_missed_answer_loses_nobody_however_slow_the_tracker_and_two_of_a_slow_one_do() {
    for pace_ms in [33.0, 150.0, 333.0, 1500.0] {
        let mut scene = Scene::new(vec![worn("hat")]);
        let answer = |scene: &mut Scene, is_seen: bool| {
            let faces = if is_seen { vec![scene.face(facing(0.6))] } else { Vec::new() };
            scene.tell(Event::Faces { time_ms: scene.now_ms, faces });
            let until_ms = scene.now_ms + pace_ms;
            let mut statuses = Vec::new();
            while scene.now_ms < until_ms - 1.0 {
                scene.now_ms += pace_ms / 5.0;
                scene.tell(Event::Tick { now_ms: scene.now_ms });
                statuses.push(scene.mirror.status());
            }
            statuses
        };
        for _ in 0..4 {
            answer(&mut scene, true);
        }
        for is_seen in [false, true, true, false, true] {
            let statuses = answer(&mut scene, is_seen);
            assert!(statuses.iter().all(|status| *status == Status::Found), "every {pace_ms} ms: {statuses:?}");
        }
        let missed = (0..).take_while(|_| answer(&mut scene, false).last() == Some(&Status::Found)).count();
        assert_eq!(missed, (250.0 / pace_ms).floor().max(1.0) as usize, "every {pace_ms} ms");
    }
}

#[test]
fn a_slow_tracker_keeps_the_product_on_and_a_silent_one_does_not() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    let draw = |scene: &mut Scene, seconds: u32| {
        let mut seen = Vec::new();
        for _ in 0..seconds * 10 {
            scene.now_ms += 100.0;
            scene.tell(Event::Tick { now_ms: scene.now_ms });
            seen.push(scene.mirror.status());
        }
        seen
    };
    for answer in 0..4 {
        let (time_ms, face) = (scene.now_ms, scene.face(facing(0.5)));
        // It looks for six seconds at each picture.
        let meanwhile = draw(&mut scene, 6);
        assert!(answer == 0 || meanwhile.iter().all(|status| *status == Status::Found), "{meanwhile:?}");
        scene.tell(Event::Faces { time_ms, faces: vec![face] });
    }
    assert_eq!(draw(&mut scene, 25).last(), Some(&Status::Lost));
}

#[test]
fn a_device_that_draws_seldom_takes_nobody_for_somebody_else() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    for picture in 0..6 {
        scene.now_ms += 4000.0 + 800.0 * f64::from(picture % 2);
        scene.pictures(1, &[facing(0.5)]);
        assert_eq!(scene.mirror.status(), Status::Found);
    }
    assert_eq!(scene.opacity(), 1.0, "on for good, not coming anew with each picture");
}

#[test]
fn trouble_has_a_word_each() {
    for (distance_m, x, status) in [
        (0.6, 0.0, Status::Found),
        (2.8, 0.0, Status::TooFar),
        (0.13, 0.0, Status::TooClose),
        (0.5, 0.38, Status::AtTheEdge),
    ] {
        let mut scene = Scene::new(vec![worn("sunglasses")]);
        let mut pose = facing(distance_m);
        pose.position.x = x;
        scene.pictures(6, &[pose]);
        assert_eq!(scene.mirror.status(), status, "at {distance_m} m, {x} m beside");
    }
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    scene.tell(Event::Light(PictureLight { mean: Vec3::splat(0.001), face: None }));
    scene.pictures(2, &[]);
    assert_eq!(scene.mirror.status(), Status::TooDark);
}

#[test]
fn the_nearest_wears_it_until_another_is_touched() {
    let (near, far) = (facing(0.5), Pose { position: Vec3::new(0.3, 0.0, -0.9), ..facing(0.9) });
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    scene.pictures(10, &[far, near]);
    assert!(scene.mirror.head().expect("there").position.z > -0.7, "the nearest");
    let touch = scene.camera.view.picture_from_camera(far.position).expect("in front");
    scene.tell(Event::Touch(touch));
    scene.pictures(15, &[near, far]);
    assert!(scene.mirror.head().expect("there").position.z < -0.7, "the one touched, whatever the order");
}

#[test]
fn a_told_pupil_distance_makes_the_measures_surer() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    scene.pictures(40, &[facing(0.5)]);
    let by_iris = scene.mirror.measures().face.expect("measured");
    let truth = scene.person.pupil_distance * 1e3;
    assert!((by_iris.pupil_distance.mm - truth).abs() < 3.0 * by_iris.pupil_distance.plus_minus_mm);
    assert!(by_iris.pupil_distance.plus_minus_mm > 1.5, "no iris is a ruler of less than 3 %");
    scene.tell(Event::KnownScale(KnownScale::PupilDistance(truth)));
    scene.pictures(60, &[facing(0.5)]);
    let told = scene.mirror.measures().face.expect("measured");
    assert!(
        (told.pupil_distance.mm - truth).abs() < 0.01
            && told.face_width.plus_minus_mm < by_iris.face_width.plus_minus_mm
    );
    assert!((scene.mirror.head().expect("there").position.z + 0.5).abs() < 0.03, "true metres");
    scene.tell(Event::KnownScale(KnownScale::PupilDistance(f32::NAN)));
    scene.pictures(2, &[facing(0.5)]);
    assert!(scene.mirror.head().expect("there").position.is_finite());
}

#[test]
fn a_card_on_the_forehead_is_a_ruler() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    scene.pictures(30, &[facing(0.5)]);
    let before = (scene.mirror.head().expect("there").position.z + 0.5).abs();
    let corner = |x: f32, y: f32| {
        let at = Vec3::new(x * 0.0428, 0.034 + y * 0.02699, -0.5 + 0.015);
        scene.camera.view.picture_from_camera(at).expect("in front")
    };
    let corners = [corner(-1.0, 1.0), corner(1.0, 1.0), corner(1.0, -1.0), corner(-1.0, -1.0)];
    scene.tell(Event::KnownScale(KnownScale::Card { corners, time_ms: scene.now_ms }));
    scene.pictures(60, &[facing(0.5)]);
    let after = (scene.mirror.head().expect("there").position.z + 0.5).abs();
    assert!(after < 0.012, "{after} m off, before {before}");
}

#[test]
fn nothing_is_kept_after_it_is_closed() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    scene.pictures(20, &[facing(0.5)]);
    assert!(scene.mirror.measures().face.is_some());
    scene.tell(Event::Closed);
    assert_eq!(format!("{:?}", scene.mirror), format!("{:?}", Mirror::default()), "as if nobody had been there");
    assert_eq!(scene.effects.last(), Some(&Effect::Status(Status::Closed)));
    scene.pictures(3, &[facing(0.5)]);
    assert_eq!(
        format!("{:?}", scene.mirror),
        format!("{:?}", Mirror::default()),
        "and nobody comes while it is closed"
    );
}

#[test]
fn numbers_that_are_no_numbers_move_nothing() {
    let mut scene = Scene::new(vec![worn("sunglasses"), worn("wrist-watch")]);
    scene.pictures(10, &[facing(0.5)]);
    for bad in [f32::NAN, f32::INFINITY, -1e30, 7.9] {
        let mark = Landmark { x: bad, y: bad, z: bad, confidence: 1.0 };
        for points in [vec![mark; 478], vec![mark; 3], vec![Landmark::default(); 478], Vec::new()] {
            scene.tell(Event::Faces { time_ms: scene.now_ms, faces: vec![FaceLandmarks { points: points.clone() }] });
            let hands = vec![vitrine::tryon::HandLandmarks { side: None, points }];
            scene.tell(Event::Hands { time_ms: scene.now_ms, hands });
        }
        scene.tell(Event::Touch(Vec2::splat(bad)));
        scene.tell(Event::Light(PictureLight { mean: Vec3::splat(bad), face: Some([Vec3::splat(bad); 4]) }));
        scene.tell(Event::Tick { now_ms: f64::from(bad) });
        scene.tell(Event::Camera { size_px: [0, 9], vertical_fov: Some(bad), mirrored: true });
        scene.pictures(3, &[facing(0.5)]);
        assert!(
            scene
                .mirror
                .worn()
                .iter()
                .all(|placed| placed.pose.position.is_finite() && placed.pose.position.length() < 2.0)
        );
    }
}

#[test]
fn the_demo_products_say_how_they_are_worn() {
    for name in ["sunglasses", "hat", "wrist-watch"] {
        let (model, bounds) = product(name);
        assert_eq!(wear::problems(&model, bounds), Vec::<String>::new(), "{name}");
    }
    let (mut model, bounds) = product("sunglasses");
    for node in &mut model.nodes {
        if node.name == "wear:glasses" {
            node.name = "wear:spectacles".to_owned();
        }
    }
    let problems = wear::problems(&model, bounds);
    assert!(problems[0].contains("`wear:spectacles` names nothing that is worn"), "{problems:?}");
    assert!(problems[1].contains("there is no `wear:glasses`"), "{problems:?}");
}

#[test]
fn the_head_is_hidden_behind_a_closed_shape() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    scene.pictures(30, &[facing(0.5)]);
    let occluders = scene.mirror.occluders();
    assert_eq!(occluders.len(), 4);
    for occluder in &occluders {
        let mesh = occluder.mesh;
        assert!(mesh.indices.iter().all(|index| (*index as usize) < mesh.positions.len()));
        // Of a closed surface whose outside is outside the signed volume is positive.
        let corner = |at: usize| mesh.positions[mesh.indices[at] as usize];
        let volume: f32 =
            (0..mesh.indices.len()).step_by(3).map(|at| corner(at).dot(corner(at + 1).cross(corner(at + 2)))).sum();
        assert!(volume > 0.0, "{:?} is inside out", occluder.kind);
    }
    let head = occluders.iter().find(|occluder| occluder.kind == OccluderKind::Head).expect("a head");
    let front = head.mesh.positions.iter().map(|at| head.camera_from_mesh.transform_point3(*at).z);
    assert!((front.fold(f32::MIN, f32::max) + 0.47).abs() < 0.03, "the nose is 3 cm before the eyes");
}

#[test]
fn the_answer_is_never_surer_than_the_measurement() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    let frame = |name: &str, frame_width_mm: f32| ProductSize {
        name: name.to_owned(),
        size: Size::Glasses { frame_width_mm, bridge_mm: None, temple_mm: None },
    };
    let sizes = [frame("S", 100.0), frame("M", 137.0), frame("L", 175.0)];
    assert_eq!(scene.mirror.fit(&sizes), None, "nobody is measured yet");
    scene.pictures(40, &[facing(0.5)]);
    let answer = scene.mirror.fit(&sizes).expect("measured");
    assert_eq!((answer.best, answer.each[0], answer.each[2]), (1, Verdict::TooSmall, Verdict::TooLarge));
    let body = answer.body;
    let words = format!("your face is {:.0} ± {:.0} mm, this frame 137 mm", body.mm, body.plus_minus_mm.ceil());
    assert!(answer.words.starts_with("M ") && answer.words.ends_with(&words), "{}", answer.words);
}

#[test]
fn light_never_changes_the_shops_colours_much() {
    let mut scene = Scene::new(vec![worn("sunglasses")]);
    assert_eq!(scene.mirror.light(), None);
    let red = Vec3::new(0.9, 0.05, 0.02);
    scene.tell(Event::Light(PictureLight { mean: red, face: Some([red * 2.0, red, red * 2.0, red]) }));
    let light = scene.mirror.light().expect("told");
    assert!((light.color - 1.0).abs().max_element() <= 0.1201, "{}", light.color);
    assert!(light.direction.x < -0.2, "from the left of the picture: {}", light.direction);
}
