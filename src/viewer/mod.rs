//! The heart: `update(event) -> effects`, `frame(views) -> Frame`. No clock, no input or output, no card, no browser.

mod camera;
mod effect;
mod event;
mod hands;
mod load;
mod mirror;
mod parts;
mod pictures;
mod playback;
mod product;
mod room;
mod room_light;
mod room_lines;
mod room_list;
mod room_pointers;
mod settings;
mod sizes;
mod surface;
mod surroundings;
mod value;
mod verbs;
mod words;

pub use effect::{Effect, Notice, Panorama};
pub use event::{Event, FetchError, File, Phase, Pointer};

use crate::ar::{Device, Room};
use crate::math::{Pose, Vec2, Vec3};
use crate::model::Model;
use crate::scene::frame::{Frame, ModelId, View};
use crate::scene::{Item, Player, Scene, Scratch};
use crate::shelf::Shelf;
use camera::PageCamera;
use hands::{Gesture, Hands};
use load::Load;
use mirror::OpenMirror;
use parts::Changes;
use room_lines::Lines;
use room_list::RoomList;
use serde_json::{Value, json};
use settings::{Follows, Settings};
use surroundings::Surroundings;

/// One canvas with one product: everything the element shows, as plain state.
#[derive(Debug, Default)]
pub struct Viewer {
    settings: Settings,
    scene: Scene,
    models: Shelf<ModelId, Model>,
    camera: PageCamera,
    hands: Hands,
    load: Load,
    /// The shown product's animations.
    player: Player,
    /// What the page has made of the shown product.
    changes: Changes,
    surroundings: Surroundings,
    last_generation: u32,
    room: Room,
    /// What else the shopper brings along into the room.
    room_list: RoomList,
    /// Dimension lines, as the page draws them.
    lines: Lines,
    /// It is a showroom, not the shopper's own.
    is_showroom: bool,
    /// What the shopper in the room holds or wears.
    room_device: Device,
    /// While it is open.
    mirror: Option<Box<OpenMirror>>,
    clock: Clock,
    drawing: Drawing,
    size_css: Vec2,
    pixel_ratio: f32,
    is_visible: bool,
    /// The code that a first picture does without is still to come.
    is_half: bool,
    /// The picture on the screen is not the picture of this state.
    is_stale: bool,
}

/// Memory that making a frame needs for the moment, kept for the next one.
#[derive(Debug, Default)]
struct Drawing {
    scratch: Scratch,
    /// The items of a room.
    items: Vec<Item>,
}

/// Time as the events told it.
#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    now_ms: f64,
    /// When the shopper last touched the product.
    touched_ms: f64,
    /// There was a tick, and none was missed since.
    is_running: bool,
}

impl Clock {
    /// The seconds since the last time. After a pause nothing leaps: the first time only sets the clock.
    fn go_on(&mut self, now_ms: f64) -> f64 {
        let seconds = if self.is_running { ((now_ms - self.now_ms) * 0.001).clamp(0.0, 0.1) } else { 0.0 };
        (self.now_ms, self.is_running) = (now_ms, true);
        seconds
    }
}

impl Viewer {
    /// Takes in what happened and says what is to be done.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Set { name, value } => self.set(&name, value.as_deref()),
            Event::Act { name, detail } => self.act(&name, &detail),
            Event::RoomList { name, detail } => self.room_list_verb(&name, &detail),
            Event::Tick { now_ms } => self.tick(now_ms),
            Event::Resized { size_css, pixel_ratio } => self.resized(size_css, pixel_ratio),
            Event::Visible(is_visible) => self.show(is_visible),
            Event::Pointer(pointer) => self.pointer(pointer),
            Event::Wheel(delta_pixels) => self.gesture(Hands::wheel(delta_pixels)),
            Event::Key { key, shift } => self.key(&key, shift),
            Event::Received { generation, bytes, total_bytes } => {
                self.step_load(generation, |load| load.received(bytes, total_bytes))
            }
            Event::Fetched { generation, file: File::Panorama(role), answer } => {
                self.panorama_came(generation, role, answer)
            }
            Event::PanoramaReady { generation, role, outcome } => self.panorama_ready(generation, role, outcome),
            Event::Fetched { generation, file, answer } => {
                self.step_load(generation, |load| load.fetched(file, answer))
            }
            Event::CardOpened { longest_side, picture_bytes } => {
                self.load.room = pictures::PictureRoom { longest_side, bytes: picture_bytes };
                Vec::new()
            }
            Event::SecondHalf { is_here } => {
                self.is_half = !is_here;
                self.apply_look();
                self.scene_named()
            }
            Event::Unpacked { generation, index, answer } => {
                self.step_load(generation, |load| load.unpacked(index, answer))
            }
            Event::PictureReady { generation, image, problem } => {
                self.is_stale = true;
                self.step_load(generation, |load| load.picture_ready(image, problem))
            }
            Event::CardRefused { generation, message } => self.step_load(generation, |load| load.refused(&message)),
            Event::CardLost { message } => vec![Notice::effect("context-lost", json!({ "message": message }))],
            Event::Drawn => self.drawn(),
            Event::Unfinished => {
                self.is_stale = true;
                Vec::new()
            }
            Event::RoomStarted(mode, device) => self.room_started(mode, device),
            Event::Room(event) => self.room_event(event),
        }
    }

    /// The draw list for these views.
    pub fn frame(&self, views: &[View]) -> Frame {
        let mut frame = Frame::default();
        self.draw_into(views, &mut frame, &mut Drawing::default());
        frame
    }

    /// The same in place of another one. While nothing new comes, making one frame after the other needs no further memory.
    pub fn frame_into(&mut self, views: &[View], frame: &mut Frame) {
        let mut drawing = std::mem::take(&mut self.drawing);
        self.draw_into(views, frame, &mut drawing);
        self.drawing = drawing;
    }

    fn draw_into(&self, views: &[View], frame: &mut Frame, drawing: &mut Drawing) {
        if self.room.is_presenting() {
            self.room_frame(views, frame, drawing);
        } else if let Some(open) = &self.mirror {
            *frame = self.mirror_frame(open, views);
        } else {
            self.scene.frame_into(&self.models, views, frame, &mut drawing.scratch);
        }
    }

    /// The page's own view, for a canvas of this many pixels.
    pub fn page_view(&self, size_px: [u32; 2]) -> View {
        self.camera.view(size_px)
    }

    /// A model that was asked to be uploaded.
    pub fn model(&self, id: ModelId) -> Option<&Model> {
        self.models.get(id)
    }

    /// The screen shows something else than this state, or will after the next tick.
    pub fn wants_tick(&self) -> bool {
        self.is_visible && (self.is_stale || self.rotates() || self.player.moves() || !self.camera.is_at_rest())
    }

    /// There is something new to draw.
    pub fn wants_draw(&self) -> bool {
        self.is_visible && self.is_stale
    }

    /// Canvas pixels for the size the page gave.
    pub fn size_px(&self) -> [u32; 2] {
        let size = (self.size_css * self.pixel_ratio).round().max(Vec2::ONE);
        [size.x as u32, size.y as u32]
    }

    /// A room session runs; the page's canvas is the session's.
    pub fn is_in_room(&self) -> bool {
        self.room.is_presenting()
    }

    /// An empty list for the hits of the room's next event, with memory for as many as one before had.
    pub fn spare_hits(&mut self) -> Vec<Pose> {
        self.room.spare_hits()
    }

    /// A room session shall ask for the camera's picture.
    pub fn wants_camera_picture(&self) -> bool {
        self.settings.ar_camera
    }

    fn set(&mut self, name: &str, value: Option<&str>) -> Vec<Effect> {
        self.is_stale = true;
        let (follows, mut effects) = match self.settings.set(name, value) {
            Ok(follows) => (follows, Vec::new()),
            Err(problem) => {
                let message = format!("The attribute {name} is left at its default: {problem}.");
                (Follows::Look, vec![Notice::warning("attribute", message)])
            }
        };
        effects.extend(match follows {
            Follows::Nothing => Vec::new(),
            Follows::Source => self.change_source(),
            Follows::Variant => self.change_variant(),
            Follows::Scene => self.scene_named(),
            Follows::Animation => self.change_animation(),
            Follows::Room => self.room_event(crate::ar::Event::Set(self.settings.ar)),
            Follows::Environment => self.change_surroundings(),
            Follows::Look => {
                self.apply_look();
                Vec::new()
            }
            Follows::Camera => {
                self.camera.follow(&self.settings);
                Vec::new()
            }
        });
        effects
    }

    fn tick(&mut self, now_ms: f64) -> Vec<Effect> {
        let seconds = self.clock.go_on(now_ms);
        let mut effects = self.animate(seconds as f32);
        let moves = self.camera.step(seconds as f32);
        let rotates = self.rotates() && now_ms - self.clock.touched_ms >= f64::from(self.settings.auto_rotate_delay_ms);
        if rotates {
            self.camera.rotate_table(seconds as f32, &self.settings);
            self.place_item_on_page();
        }
        self.is_stale |= moves || rotates;
        self.clock.is_running = self.wants_tick();
        effects.extend(moves.then(|| self.camera_notice("none")));
        effects
    }

    fn resized(&mut self, size_css: Vec2, pixel_ratio: f32) -> Vec<Effect> {
        if !size_css.is_finite() || !pixel_ratio.is_finite() {
            return Vec::new();
        }
        self.size_css = size_css.max(Vec2::ONE);
        self.pixel_ratio = pixel_ratio.clamp(0.25, 4.0);
        self.camera.reshape(self.size_css, &self.settings);
        self.is_stale = true;
        Vec::new()
    }

    fn show(&mut self, is_visible: bool) -> Vec<Effect> {
        self.is_visible = is_visible;
        self.is_stale |= is_visible;
        self.clock.is_running = false;
        Vec::new()
    }

    fn pointer(&mut self, pointer: Pointer) -> Vec<Effect> {
        match self.hands.pointer(pointer, self.size_css.y) {
            Some(gesture) => self.gesture(gesture),
            None => Vec::new(),
        }
    }

    fn key(&mut self, key: &str, shift: bool) -> Vec<Effect> {
        if key == "Home" {
            return self.reset_view();
        }
        let Some(gesture) = Hands::key(key, shift) else { return Vec::new() };
        let mut effects = self.gesture(gesture);
        if !effects.is_empty() {
            let text = words::camera_place(self.camera.goal(), self.camera.turntable);
            effects.push(Notice::effect("announce", json!({ "text": text })));
        }
        effects
    }

    fn gesture(&mut self, gesture: Gesture) -> Vec<Effect> {
        if !self.settings.camera_controls || self.room.is_presenting() || self.scene.items.is_empty() {
            return Vec::new();
        }
        self.clock.touched_ms = self.clock.now_ms;
        if !self.camera.gesture(gesture, &self.settings) {
            return Vec::new();
        }
        self.is_stale = true;
        vec![self.camera_notice("user-interaction")]
    }

    /// A key that `key` would use.
    pub fn uses_key(&self, key: &str) -> bool {
        self.settings.camera_controls && (key == "Home" || Hands::key(key, false).is_some())
    }

    /// The wheel zooms here.
    pub fn uses_wheel(&self) -> bool {
        self.settings.camera_controls && !self.settings.disable_zoom && !self.scene.items.is_empty()
    }

    fn drawn(&mut self) -> Vec<Effect> {
        self.is_stale = false;
        let [is_new, is_complete] = self.load.drawn();
        let mut effects = Vec::new();
        if is_complete {
            effects.extend([load::progress(1.0), self.loaded_notice()]);
        }
        if is_new {
            effects.push(Notice::effect("first-frame", json!({})));
        }
        effects
    }

    pub(super) fn camera_notice(&self, source: &str) -> Effect {
        let orbit = self.camera.orbit();
        Notice::effect(
            "camera-change",
            json!({ "source": source, "theta": orbit.theta, "phi": orbit.phi, "radius": orbit.radius }),
        )
    }

    fn rotates(&self) -> bool {
        self.settings.auto_rotate
            && !self.settings.reduced_motion
            && !self.hands.are_busy()
            && !self.scene.items.is_empty()
            && !self.room.is_presenting()
            && self.mirror.is_none()
    }

    /// A number no load had before.
    fn next_generation(&mut self) -> u32 {
        self.last_generation += 1;
        self.last_generation
    }

    /// Answers a question of the page as JSON; null when there is no answer.
    pub fn query(&self, name: &str) -> Value {
        match name {
            "camera" => {
                let orbit = self.camera.orbit();
                let target = self.camera.target();
                json!({
                    "theta": orbit.theta, "phi": orbit.phi, "radius": orbit.radius,
                    "target": metres(target),
                    "fieldOfView": self.camera.field_of_view().to_degrees(),
                    "turntable": self.camera.turntable,
                })
            }
            "center" => self.scene.items.first().map_or(Value::Null, |item| metres(item.bounds.center())),
            "dimensions" => self.scene.items.first().map_or(Value::Null, dimensions),
            "variants" => json!(self.variant_names()),
            "animation" => self.animation_query(),
            "room" => self.room_query(),
            "mirror" => self.mirror.as_ref().map(|open| self.mirror_query(open)).unwrap_or_default(),
            _ if self.is_half => Value::Null,
            _ => self.part_query(name).unwrap_or_default(),
        }
    }
}

/// Width, height and depth at true size, in metres.
fn dimensions(item: &Item) -> Value {
    metres(item.bounds.size())
}

fn metres(vector: Vec3) -> Value {
    json!({ "x": vector.x, "y": vector.y, "z": vector.z })
}
