//! A product on its way to the screen: what comes first, what may follow, and what is told when something does not come.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

#[path = "support/glb.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod glb;

use glb::Glb;
use serde_json::{Value, json};
use vitrine::math::Vec2;
use vitrine::viewer::{Effect, Event, FetchError, File, Viewer};

/// A viewer that is told to show `chair.gltf`, and what it asked for since.
struct Script {
    viewer: Viewer,
    effects: Vec<Effect>,
    generation: u32,
    now_ms: f64,
}

impl Script {
    fn new() -> Self {
        let mut script = Self { viewer: Viewer::default(), effects: Vec::new(), generation: 0, now_ms: 0.0 };
        script.send(Event::Resized { size_css: Vec2::new(400.0, 300.0), pixel_ratio: 1.0 });
        script.send(Event::Visible(true));
        script
    }

    fn load(&mut self, product: Vec<u8>) {
        self.send(Event::Set { name: "src".to_owned(), value: Some("chair.gltf".to_owned()) });
        let fetch = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Fetch { generation, file: File::Product, .. } => Some(*generation),
            _ => None,
        });
        self.generation = fetch.expect("the product is fetched");
        self.come(File::Product, Ok(product));
    }

    fn send(&mut self, event: Event) {
        self.effects.extend(self.viewer.update(event));
    }

    fn come(&mut self, file: File, answer: Result<Vec<u8>, FetchError>) {
        self.send(Event::Fetched { generation: self.generation, file, answer });
    }

    fn ready(&mut self, image: usize) {
        self.send(Event::PictureReady { generation: self.generation, image, problem: None });
    }

    /// One turn of the browser's loop; how many things are seen.
    fn draw(&mut self) -> usize {
        self.now_ms += 16.0;
        self.send(Event::Tick { now_ms: self.now_ms });
        let frame = self.viewer.frame(&[self.viewer.page_view(self.viewer.size_px())]);
        self.send(Event::Drawn);
        frame.opaque.len()
    }

    fn notices(&self, name: &str) -> Vec<&Value> {
        let all = self.effects.iter().filter_map(|effect| match effect {
            Effect::Notify(notice) if notice.name == name => Some(&notice.detail),
            _ => None,
        });
        all.collect()
    }

    /// Pictures that were to be taken to the card, with the longest side, since the last look.
    fn uploads(&mut self) -> Vec<(usize, u32)> {
        let found = self.effects.iter().filter_map(|effect| match effect {
            Effect::UploadPicture { image, longest_side, .. } => Some((*image, *longest_side)),
            _ => None,
        });
        let found = found.collect();
        self.effects.retain(|effect| !matches!(effect, Effect::UploadPicture { .. }));
        found
    }
}

/// The head of a PNG of this size: more of it nobody reads here.
fn png(width: u32, height: u32) -> Vec<u8> {
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    [&head[..], &width.to_be_bytes(), &height.to_be_bytes()].concat()
}

/// A triangle with roughness (image 0), colour (1) and normal map (2) in files of their own.
fn textured() -> Glb {
    let mut glb = Glb::triangle();
    glb.add_uvs();
    let normals = glb.floats("VEC3", &[0.0, 0.0, 1.0].repeat(3));
    let tangents = glb.floats("VEC4", &[1.0, 0.0, 0.0, 1.0].repeat(3));
    glb.set_attribute("NORMAL", normals);
    glb.set_attribute("TANGENT", tangents);
    glb.json["images"] = json!([{ "uri": "rough.png" }, { "uri": "color.png" }, { "uri": "bumps.png" }]);
    glb.json["textures"] = json!([{ "source": 0 }, { "source": 1 }, { "source": 2 }]);
    glb.json["materials"] = json!([{
        "pbrMetallicRoughness": { "metallicRoughnessTexture": { "index": 0 }, "baseColorTexture": { "index": 1 } },
        "normalTexture": { "index": 2 },
    }]);
    glb.primitive()["material"] = json!(0);
    glb
}

fn other(name: &str) -> File {
    File::Other(name.to_owned())
}

#[test]
fn the_product_is_seen_with_its_colours_before_its_last_picture() {
    let glb = textured();
    let mut script = Script::new();
    script.load(glb.to_gltf("data.bin"));
    let fetches = script.effects.iter().filter(|effect| matches!(effect, Effect::Fetch { .. })).count();
    assert_eq!(fetches, 1 + 4, "buffer and pictures are asked for at once");
    script.come(other("color.png"), Ok(png(64, 64)));
    script.come(other("data.bin"), Ok(glb.binary.clone()));
    assert!(script.effects.iter().any(|effect| matches!(effect, Effect::Upload { .. })), "{:?}", script.effects);
    assert_eq!(script.uploads().iter().map(|upload| upload.0).collect::<Vec<_>>(), [1]);
    assert_eq!(script.draw(), 0, "a white chair helps nobody");
    script.ready(1);
    assert_eq!(script.draw(), 1);
    assert_eq!((script.notices("first-frame").len(), script.notices("load").len()), (1, 0));
    for (image, name) in [(0, "rough.png"), (2, "bumps.png")] {
        script.come(other(name), Ok(png(64, 64)));
        assert_eq!(script.uploads().iter().map(|upload| upload.0).collect::<Vec<_>>(), [image]);
        assert_eq!(
            script.viewer.model(vitrine::scene::frame::ModelId(script.generation)).unwrap().images[image].media_type,
            "image/png"
        );
        script.ready(image);
        assert!(script.viewer.wants_draw(), "each picture is seen when it comes");
        script.draw();
    }
    let progress: Vec<f64> =
        script.notices("progress").iter().map(|detail| detail["totalProgress"].as_f64().unwrap()).collect();
    assert!(progress.is_sorted() && progress.last() == Some(&1.0), "{progress:?}");
    assert_eq!((script.notices("first-frame").len(), script.notices("load").len()), (1, 1));
    assert!(!script.viewer.wants_tick());
}

#[test]
fn pictures_in_the_file_come_in_the_order_of_their_use() {
    let mut glb = textured();
    for (image, bytes) in [(0, png(16, 16)), (1, [png(64, 64), vec![0; 99]].concat()), (2, png(32, 32))] {
        let view = glb.view(&bytes);
        glb.json["images"][image] = json!({ "bufferView": view });
    }
    let mut script = Script::new();
    script.load(glb.to_bytes());
    assert_eq!(script.uploads().iter().map(|upload| upload.0).collect::<Vec<_>>(), [1, 0, 2], "colour, then by size");
}

#[test]
fn a_picture_that_does_not_come_is_told_and_not_waited_for() {
    let glb = textured();
    let mut script = Script::new();
    script.load(glb.to_gltf("data.bin"));
    script.come(other("data.bin"), Ok(glb.binary.clone()));
    for (name, status) in [("rough.png", 500), ("bumps.png", 404), ("color.png", 403)] {
        assert_eq!(script.draw(), 0);
        script.come(other(name), Err(FetchError::Status(status)));
    }
    assert_eq!(script.draw(), 1);
    let load = script.notices("load");
    let warnings = load[0]["warnings"].as_array().unwrap();
    assert_eq!(warnings.len(), 3, "{warnings:?}");
}

#[test]
fn pictures_that_the_card_has_no_room_for_are_scaled_down_with_a_warning() {
    let mut glb = textured();
    for (image, side) in [(0, 4096), (1, 4096), (2, 512)] {
        let view = glb.view(&png(side, side));
        glb.json["images"][image] = json!({ "bufferView": view });
    }
    // Two pictures of 4096 take 179 MB, of 2048 a quarter of it.
    for (picture_bytes, expected) in [(200e6, 4096), (64e6, 2048), (10e6, 512), (1e3, 256)] {
        let mut script = Script::new();
        script.send(Event::CardOpened { longest_side: 4096, picture_bytes });
        script.load(glb.to_bytes());
        let sides = script.uploads();
        assert!(sides.iter().all(|(_, side)| *side == expected), "{picture_bytes}: {sides:?}");
        (0..3).for_each(|image| script.ready(image));
        script.draw();
        let load = script.notices("load");
        let warnings = load[0]["warnings"].as_array().unwrap();
        assert_eq!(warnings.len(), usize::from(expected < 4096), "{warnings:?}");
    }
}

/// A triangle whose positions are packed.
fn packed() -> Glb {
    let mut glb = Glb::triangle();
    glb.json["accessors"][0].as_object_mut().unwrap().remove("bufferView");
    glb.primitive()["extensions"] =
        json!({ "KHR_draco_mesh_compression": { "bufferView": 0, "attributes": { "POSITION": 7 } } });
    glb
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

#[test]
fn packed_data_goes_to_a_decoder_and_comes_back() {
    let mut script = Script::new();
    script.load(packed().to_bytes());
    let job = script.effects.iter().find_map(|effect| match effect {
        Effect::Unpack { index, job, .. } => Some((*index, job.decoder.name(), job.bytes.len())),
        _ => None,
    });
    assert_eq!(job, Some((0, "draco", 36)));
    let old = Event::Unpacked { generation: script.generation - 1, index: 0, answer: Err("old".to_owned()) };
    script.send(old);
    // Three points, three corners, one attribute: 7, floats, three of them.
    let mut answer = words(&[3, 3, 1, 7, 5126, 3, 0, 1, 2]);
    answer.extend([0.0_f32, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0].iter().flat_map(|number| number.to_le_bytes()));
    script.send(Event::Unpacked { generation: script.generation, index: 0, answer: Ok(answer) });
    assert_eq!(script.draw(), 1, "{:?}", script.effects);
    assert_eq!(script.notices("load")[0]["triangles"], 1);
}

#[test]
fn a_decoder_that_fails_ends_the_load_with_its_place() {
    let mut script = Script::new();
    script.load(packed().to_bytes());
    let answer = Err("the decoder draco did not finish its data within 20 seconds".to_owned());
    script.send(Event::Unpacked { generation: script.generation, index: 0, answer });
    let errors = script.notices("error");
    assert_eq!(errors[0]["code"], "unpack-failed");
    let message = errors[0]["message"].as_str().unwrap();
    assert!(message.contains("meshes/0/primitives/0") && message.contains("20 seconds"), "{message}");
    assert_eq!(script.draw(), 0);
}

#[test]
fn tangents_that_cannot_be_made_are_told_and_the_product_is_shown() {
    let mut glb = textured();
    glb.primitive()["attributes"].as_object_mut().unwrap().remove("TANGENT");
    for image in 0..3 {
        let view = glb.view(&png(16, 16));
        glb.json["images"][image] = json!({ "bufferView": view });
    }
    let mut script = Script::new();
    script.load(glb.to_bytes());
    assert!(script.uploads().is_empty(), "first the shape is finished");
    let answer = Err("the decoder tangents could not be started".to_owned());
    script.send(Event::Unpacked { generation: script.generation, index: 0, answer });
    (0..3).for_each(|image| script.ready(image));
    assert_eq!(script.draw(), 1);
    assert!(script.notices("load")[0]["warnings"][0].as_str().unwrap().contains("Tangents"));
}
