//! Measures the try-on on synthetic truth and prints the numbers as JSON: `vitrine-tryon-truth [SEED [PEOPLE]]`.

use serde_json::{Value, json};
use vitrine::math::{Quat, Vec3};
use vitrine_tryon_truth::camera::Camera;
use vitrine_tryon_truth::hand::Hand;
use vitrine_tryon_truth::path::{Path, Place};
use vitrine_tryon_truth::person::Person;
use vitrine_tryon_truth::random::Random;
use vitrine_tryon_truth::trial::{Body, Drawn, Way, aside_deg, draw, jitter_mm, lag_ms, off_mm, turned_deg};

/// So many people, each before a camera of his own.
const PEOPLE: u64 = 24;
const WAYS: [(Way, &str); 3] = [(Way::Told, "told"), (Way::Found, "found"), (Way::Plain, "plain")];
/// Inside this turn the aims hold, in degrees.
const TURN_DEG: f32 = 40.0;

/// Scores of one way.
#[derive(Default)]
struct Scores {
    /// Across the line of sight.
    position_mm: Vec<f32>,
    along_mm: Vec<f32>,
    rotation_deg: Vec<f32>,
    scale_pct: Vec<f32>,
    jitter_mm: Vec<f32>,
    jitter_along_mm: Vec<f32>,
    lag_ms: Vec<f32>,
    far_position_mm: Vec<f32>,
    far_rotation_deg: Vec<f32>,
}

fn main() {
    let mut words = std::env::args().skip(1).filter_map(|word| word.parse().ok());
    let seed = words.next().unwrap_or(1);
    let people = words.next().unwrap_or(PEOPLE);
    let mut whole = serde_json::Map::new();
    for hand in [false, true] {
        let mut ways = serde_json::Map::new();
        for (way, name) in WAYS {
            ways.insert(name.into(), scored(hand, way, seed, people).to_json());
        }
        whole.insert(if hand { "hand" } else { "face" }.into(), Value::Object(ways));
    }
    println!("{}", Value::Object(whole));
}

fn scored(hand: bool, way: Way, seed: u64, people: u64) -> Scores {
    let mut scores = Scores::default();
    for number in 0..people {
        // The same people, cameras and noise for each way.
        let mut random = Random::new(seed * 1000 + number);
        let camera = Camera::new(random.between(40.0, 90.0));
        let body = if hand { Body::Hand(Hand::new(&mut random)) } else { Body::Face(Person::new(&mut random)) };
        scores.wander(&body, &camera, way, &mut random);
        scores.rest(&body, &camera, way, &mut random);
        scores.swing(&body, &camera, way, &mut random);
    }
    scores
}

impl Scores {
    /// Anywhere in the picture, slowly, for as long as people look into a mirror.
    fn wander(&mut self, body: &Body, camera: &Camera, way: Way, random: &mut Random) {
        let path = Path::wander(random, Quat::IDENTITY, 9);
        let drawn = draw(body, camera, &path, way, 12.0, random);
        for picture in drawn.iter().filter(|picture| picture.seconds > 3.0) {
            let [across, along] = off_mm(picture);
            let scale_pct = (picture.shown.scale - 1.0).abs() * 100.0;
            if aside_deg(picture, Vec3::Z) < TURN_DEG {
                self.position_mm.push(across);
                self.along_mm.push(along);
                self.rotation_deg.push(turned_deg(picture));
                self.scale_pct.push(scale_pct);
            } else {
                self.far_position_mm.push(across);
                self.far_rotation_deg.push(turned_deg(picture));
            }
        }
    }

    fn rest(&mut self, body: &Body, camera: &Camera, way: Way, random: &mut Random) {
        let path = Path::Rest(Place::usual(random, Quat::IDENTITY));
        let drawn = draw(body, camera, &path, way, 6.0, random);
        let settled: Vec<Drawn> = drawn.into_iter().filter(|picture| picture.seconds > 3.0).collect();
        let [across, along] = jitter_mm(&settled);
        self.jitter_mm.push(across);
        self.jitter_along_mm.push(along);
    }

    fn swing(&mut self, body: &Body, camera: &Camera, way: Way, random: &mut Random) {
        let path = Path::Swing(Place::usual(random, Quat::IDENTITY));
        let drawn = draw(body, camera, &path, way, 5.0, random);
        let settled: Vec<Drawn> = drawn.into_iter().filter(|picture| picture.seconds > 1.0).collect();
        self.lag_ms.push(lag_ms(&settled, camera, &path));
    }

    fn to_json(&self) -> Value {
        json!({
            "position_mm": median(&self.position_mm), "along_mm": median(&self.along_mm),
            "rotation_deg": median(&self.rotation_deg), "scale_pct": median(&self.scale_pct),
            "jitter_mm": median(&self.jitter_mm), "jitter_along_mm": median(&self.jitter_along_mm), "lag_ms": median(&self.lag_ms),
            "position_beyond_mm": median(&self.far_position_mm), "rotation_beyond_deg": median(&self.far_rotation_deg),
        })
    }
}

fn median(values: &[f32]) -> f32 {
    let mut values = values.to_vec();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f32::NAN)
}
