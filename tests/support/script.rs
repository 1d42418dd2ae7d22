//! Scripts against the viewer: events in, effects and frames out. No browser, no card, no clock.

use super::glb::Glb;
use serde_json::Value;
use vitrine::math::Vec2;
use vitrine::scene::frame::Frame;
use vitrine::viewer::{Effect, Event, FetchError, File, Phase, Pointer, Viewer};

/// A viewer and what it asked for since the last look.
pub struct Script {
    pub viewer: Viewer,
    pub effects: Vec<Effect>,
    now_ms: f64,
}

impl Script {
    pub fn new() -> Self {
        let mut script = Self { viewer: Viewer::default(), effects: Vec::new(), now_ms: 0.0 };
        script.send(Event::Resized { size_css: Vec2::new(400.0, 300.0), pixel_ratio: 2.0 });
        script.send(Event::Visible(true));
        script
    }

    /// With a product on the screen.
    pub fn showing(file: &Glb) -> Self {
        let mut script = Self::new();
        script.set("camera-controls", "");
        script.set("src", "chair.glb");
        let generation = script.generation();
        script.fetched(generation, Ok(file.to_bytes()));
        script.draw();
        assert!(script.notice("first-frame").is_some(), "{:?}", script.effects);
        script
    }

    pub fn send(&mut self, event: Event) {
        self.effects.extend(self.viewer.update(event));
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.effects.clear();
        self.send(Event::Set { name: name.to_owned(), value: Some(value.to_owned()) });
    }

    pub fn fetched(&mut self, generation: u32, answer: Result<Vec<u8>, FetchError>) {
        self.send(Event::Fetched { generation, file: File::Product, answer });
    }

    pub fn tick(&mut self, milliseconds: f64) {
        self.now_ms += milliseconds;
        let now_ms = self.now_ms;
        self.send(Event::Tick { now_ms });
    }

    /// One turn of the browser's loop.
    pub fn draw(&mut self) -> Frame {
        self.tick(16.0);
        let frame = self.viewer.frame(&[self.viewer.page_view(self.viewer.size_px())]);
        self.send(Event::Drawn);
        frame
    }

    /// Draws until nothing is left to draw; how many frames that took.
    pub fn settle(&mut self) -> usize {
        for count in 0..1000 {
            if !self.viewer.wants_tick() {
                return count;
            }
            self.draw();
        }
        panic!("never comes to rest");
    }

    pub fn drag(&mut self, from: [f32; 2], to: [f32; 2]) {
        for (phase, [x, y]) in [(Phase::Down, from), (Phase::Move, to), (Phase::Up, to)] {
            let position = Vec2::new(x, y);
            self.send(Event::Pointer(Pointer { phase, id: 1, position, pans: false, touch: true }));
        }
    }

    pub fn generation(&self) -> u32 {
        let fetch = self.effects.iter().find_map(|effect| match effect {
            Effect::Fetch { generation, .. } => Some(*generation),
            _ => None,
        });
        fetch.expect("a fetch")
    }

    pub fn notice(&self, name: &str) -> Option<&Value> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Notify(notice) if notice.name == name => Some(&notice.detail),
            _ => None,
        })
    }

    pub fn code(&self, name: &str) -> &str {
        self.notice(name).and_then(|detail| detail["code"].as_str()).unwrap_or("none")
    }

    pub fn camera(&self) -> Value {
        self.viewer.query("camera")
    }

    pub fn act(&mut self, name: &str, detail: Value) {
        self.effects.clear();
        self.send(Event::Act { name: name.to_owned(), detail: detail.to_string() });
    }
}
