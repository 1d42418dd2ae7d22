//! Frames that show nothing new need no new memory: in the room with everything that a device tells, and on the page. What
//! the graphics library needs for itself is told apart by whose function asked.

#![allow(unsafe_code, reason = "a counting allocator")]
#![allow(clippy::expect_used, clippy::unwrap_used)] // a test may stop at once

#[path = "../dev/frame/src/counting.rs"]
mod counting;
#[path = "support/glb.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod glb;
#[cfg(feature = "native")]
#[allow(dead_code, reason = "shared with other tests")]
#[path = "support/gpu.rs"]
mod gpu;
#[cfg(feature = "native")]
#[path = "support/owner.rs"]
mod owner;
#[path = "support/script.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod script;

use glb::Glb;
use script::Script;
use serde_json::json;
use vitrine::ar::{self, Orientation, Plane};
use vitrine::math::{Affine3A, Pose, Quat, Ray, Vec2, Vec3};
use vitrine::scene::frame::{Frame, View};
use vitrine::viewer::{Event, Viewer};

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

/// Pictures until everything has its size.
const WARM: u32 = 300;
/// Pictures that are counted.
const COUNTED: u32 = 120;

/// Solid, cut out, and thirty veils, one behind the other.
fn product() -> Glb {
    let mut file = Glb::triangle();
    let veil = file.push("materials", json!({ "alphaMode": "BLEND" }));
    let position = file.primitive()["attributes"]["POSITION"].clone();
    let mesh =
        file.push("meshes", json!({ "primitives": [{ "attributes": { "POSITION": position }, "material": veil }] }));
    for place in 0..30 {
        let node = file.push("nodes", json!({ "mesh": mesh, "translation": [0.0, 0.0, -0.1 * f64::from(place)] }));
        file.json["scenes"][0]["nodes"].as_array_mut().unwrap().push(json!(node));
    }
    file
}

fn eye(number: f32) -> View {
    let clip_from_view = glam::camera::rh::proj::directx::perspective(1.0, 1.0, 0.1, 100.0);
    let world_from_view = Affine3A::from_translation(Vec3::new(number * 0.06, 1.5, 0.0));
    View { viewport: [number as u32 * 100, 0, 100, 100], world_from_view, clip_from_view }
}

fn floor() -> Pose {
    Pose { position: Vec3::new(0.0, 0.0, -2.0), orientation: Quat::IDENTITY }
}

fn wall() -> Plane {
    let orientation = Quat::from_rotation_x(std::f32::consts::FRAC_PI_2);
    Plane {
        id: 1,
        world_from_plane: Pose { position: Vec3::new(0.0, 1.0, -2.6), orientation },
        polygon: [(-2.0, -1.0), (2.0, -1.0), (2.0, 1.0), (-2.0, 1.0)].map(|(x, y)| Vec2::new(x, y)).to_vec(),
        orientation: Some(Orientation::Vertical),
        label: None,
    }
}

/// A phone in a lit room with a wall, two products in it and two that wait for a place.
fn furnished() -> Script {
    let mut script = Script::showing(&product());
    for id in 1..=3 {
        let place = json!({ "position": [0.7 * f64::from(id), 0.0, -2.0], "orientation": [0.0, 0.0, 0.0, 1.0] });
        let mut detail = json!({ "id": id, "src": "other.glb", "place": place });
        if id == 3 {
            detail.as_object_mut().unwrap().remove("place");
        }
        script.effects.clear();
        script.send(Event::RoomList { name: "add-item".to_owned(), detail: detail.to_string() });
        if id == 1 {
            let generation = script.generation();
            script.fetched(generation, Ok(product().to_bytes()));
        }
    }
    script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
    script.send(Event::Room(ar::Event::Planes(vec![wall()])));
    let mut harmonics = [Vec3::ZERO; 9];
    harmonics[0] = Vec3::ONE;
    let light = ar::LightEstimate { direction: Vec3::Y, intensity: Vec3::ONE, harmonics };
    script.send(Event::Room(ar::Event::Light(light)));
    script
}

/// One picture of the session, as the browser's callback makes it.
fn picture(viewer: &mut Viewer, number: u32, frame: &mut Frame) {
    let mut hits = viewer.spare_hits();
    hits.extend([floor(), floor()]);
    let world_from_viewer = Some(Pose { position: Vec3::new(0.0, 1.5, 0.0), orientation: Quat::IDENTITY });
    let now_ms = f64::from(number) * 16.0;
    let effects = viewer.update(Event::Room(ar::Event::Frame { now_ms, world_from_viewer, hits }));
    assert!(number < WARM || effects.is_empty(), "{effects:?}");
    let views = [eye(0.0), eye(1.0)];
    viewer.frame_into(&views, frame);
    assert!(viewer.room_lines(&views[0]).is_none());
}

/// How often memory was asked for by so many calls.
fn counted(mut step: impl FnMut(u32)) -> u64 {
    let before = counting::count();
    (0..COUNTED).for_each(&mut step);
    counting::count() - before
}

#[test]
fn the_allocator_counts() {
    assert_eq!(counted(|_| drop(std::hint::black_box(Box::new(1)))), u64::from(COUNTED));
}

#[test]
fn pictures_of_a_furnished_room_need_no_memory() {
    let Script { mut viewer, .. } = furnished();
    let mut frame = Frame::default();
    (0..WARM).for_each(|number| picture(&mut viewer, number, &mut frame));
    assert_eq!(
        (frame.opaque.len(), frame.blended.len()),
        (3, 90),
        "two that stand, and the ghost of the one whose turn it is"
    );
    assert!(frame.harmonics.is_some(), "in the room's light");
    assert_eq!(counted(|number| picture(&mut viewer, WARM + number, &mut frame)), 0);
}

/// Two fingers, held still and drawn on; what the headset points at beside.
#[test]
fn drags_and_pointers_need_no_memory() {
    let mut script = furnished();
    // What waits for a place would take the fingers for taps.
    for id in [0, 3] {
        script.send(Event::RoomList { name: "remove-item".to_owned(), detail: json!({ "id": id }).to_string() });
    }
    let mut viewer = script.viewer;
    let at = |x: f32| Ray { origin: Vec3::new(0.0, 1.5, 0.0), direction: Vec3::new(x, -1.3, -2.0).normalize_or_zero() };
    let mut frame = Frame::default();
    let mut draw = |number: u32| {
        for id in 0..2 {
            let ray = at(0.7 + 0.1 * id as f32 + 0.001 * (number % 50) as f32);
            if number == 0 {
                viewer.update(Event::Room(ar::Event::PressStart { id, ray }));
            }
            let mut hits = viewer.spare_hits();
            hits.extend([floor(), floor(), floor()]);
            viewer.update(Event::Room(ar::Event::PressMove { id, ray, hits }));
        }
        picture(&mut viewer, number, &mut frame);
        viewer.add_pointers([0.0, 0.7, 3.0].map(|x| ar::Pointer { ray: at(x), is_held: true }), &mut frame);
        assert!(frame.cursors.len() > 3, "beams and marks");
    };
    (0..WARM).for_each(&mut draw);
    assert_eq!(counted(|number| draw(WARM + number)), 0);
}

#[test]
fn pictures_of_the_page_need_no_memory() {
    let Script { mut viewer, .. } = Script::showing(&product());
    let mut frame = Frame::default();
    let mut draw = |number| viewer.frame_into(&[eye(f32::from(number as u8 % 7))], &mut frame);
    (0..WARM).for_each(&mut draw);
    assert_eq!(counted(draw), 0);
}

#[test]
fn a_frame_made_again_is_the_same_as_a_new_one() {
    let Script { mut viewer, .. } = furnished();
    let mut frame = Frame::default();
    for number in 0..WARM {
        picture(&mut viewer, number, &mut frame);
    }
    assert_eq!(frame, viewer.frame(&[eye(0.0), eye(1.0)]));
}

/// Who asked for memory while the card drew: crate and function.
#[cfg(feature = "native")]
mod card {
    use super::{COUNTED, Glb, WARM, counting, furnished, gpu, owner, picture, product};
    use std::cell::RefCell;
    use vitrine::gpu::{Alpha, Gpu, Output};
    use vitrine::math::Mat4;
    use vitrine::scene::frame::{Frame, ModelId, RoomDepth};

    const SIZE: u32 = 200;
    const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

    thread_local! {
        static ASKED: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
    }

    fn upload(gpu: &mut Gpu, file: &Glb) {
        let model = vitrine::import::read(&file.to_bytes(), &Default::default()).expect("a product").model;
        // The page's own product and the one that comes along.
        (1..=2).for_each(|id| gpu.upload_model(ModelId(id), &model).expect("it fits"));
    }

    fn target(gpu: &Gpu) -> wgpu::TextureView {
        let size = wgpu::Extent3d { width: SIZE, height: SIZE, depth_or_array_layers: 1 };
        let texture = gpu.device().create_texture(&wgpu::TextureDescriptor {
            label: None,
            size,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        texture.create_view(&Default::default())
    }

    /// The room's depth, a wall three metres ahead, in the memory of the last picture.
    fn add_depth(frame: &mut Frame, spare: &mut Vec<Vec<u16>>) {
        for _ in 0..frame.views.len() {
            let mut millimetres = spare.pop().unwrap_or_default();
            millimetres.clear();
            millimetres.resize(64, 3000);
            frame.room_depths.push(RoomDepth { size: [8, 8], millimetres, depth_from_world: Mat4::IDENTITY });
        }
    }

    #[test]
    fn drawing_needs_no_memory_of_ours() {
        // wgpu's own look at the stack would hold the lock that ours needs.
        // SAFETY: the other tests of this file do not look at the environment, and the card is not open yet.
        unsafe { std::env::set_var("RUST_LIB_BACKTRACE", "0") };
        let Some(mut gpu) = gpu::open() else { return };
        upload(&mut gpu, &product());
        let mut viewer = furnished().viewer;
        let (mut frame, mut spare) = (Frame::default(), Vec::new());
        let view = target(&gpu);
        let output = Output {
            view: &view,
            format: FORMAT,
            width: SIZE,
            height: SIZE,
            flip_y: false,
            alpha: Alpha::Premultiplied,
        };
        let mut draw = |number: u32| {
            picture(&mut viewer, number, &mut frame);
            add_depth(&mut frame, &mut spare);
            gpu.render(&frame, &output).expect("it draws");
            spare.extend(frame.room_depths.drain(..).map(|depth| depth.millimetres));
            gpu.device().poll(wgpu::PollType::wait_indefinitely()).expect("it waits");
        };
        // The light is followed for seconds; nothing has to be drawn for that.
        (0..12).for_each(|number| draw(number * WARM / 12));
        (WARM..WARM + COUNTED / 12).for_each(&mut draw);
        counting::listen(Some(|_| ASKED.with_borrow_mut(|asked| asked.push(owner::owner()))));
        draw(WARM + COUNTED);
        counting::listen(None);
        let asked = ASKED.take();
        let ours: Vec<_> = asked.iter().filter(|(owner, _)| !owner.starts_with("wgpu")).collect();
        assert!(asked.len() > ours.len(), "wgpu asks for some, or nobody was heard");
        assert!(ours.is_empty(), "{} times, for one frame: {ours:#?}", ours.len());
    }
}
