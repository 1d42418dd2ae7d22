//! What is timed in wasm: pictures of a face and of a hand, prepared before, then solved.

use crate::camera::Camera;
use crate::hand::Hand;
use crate::path::Path;
use crate::person::Person;
use crate::random::Random;
use crate::trial::{Body, opened, seen};
use std::cell::RefCell;
use vitrine::math::Quat;
use vitrine::tryon::{Event, Mirror};

/// A mirror and the pictures that it is shown.
struct Prepared {
    mirror: Mirror,
    pictures: Vec<Event>,
    next: usize,
}

thread_local! {
    static PREPARED: RefCell<Option<Prepared>> = const { RefCell::new(None) };
}

/// Prepares so many pictures: of a face, or of a hand when `hand` is 1.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(hand: u32, pictures: u32) {
    let mut random = Random::new(99);
    let camera = Camera::new(60.0);
    let body = if hand == 1 { Body::Hand(Hand::new(&mut random)) } else { Body::Face(Person::new(&mut random)) };
    let path = Path::wander(&mut random, Quat::IDENTITY, 4 + pictures as usize / 45);
    let picture = |number: u32| {
        let time_ms = f64::from(number) * 1000.0 / 30.0;
        let pose = path.at(&camera, time_ms as f32 * 1e-3);
        (time_ms, pose)
    };
    let pictures = (0..pictures).map(|number| {
        let (time_ms, pose) = picture(number);
        seen(&body, &camera, pose, time_ms, &mut random)
    });
    let pictures = pictures.collect();
    let mirror = opened(&body, &camera, None);
    PREPARED.with(|prepared| *prepared.borrow_mut() = Some(Prepared { mirror, pictures, next: 0 }));
}

/// Solves the next picture and draws it; how many products are worn then.
#[unsafe(no_mangle)]
pub extern "C" fn step() -> u32 {
    PREPARED.with(|prepared| {
        let mut prepared = prepared.borrow_mut();
        let Some(prepared) = prepared.as_mut() else { return 0 };
        let Some(picture) = prepared.pictures.get_mut(prepared.next) else { return 0 };
        // Taken, not copied: a page makes each answer once.
        let picture = std::mem::replace(picture, Event::Closed);
        let now_ms = prepared.next as f64 * 1000.0 / 30.0;
        prepared.next += 1;
        prepared.mirror.update(picture);
        prepared.mirror.update(Event::Tick { now_ms });
        prepared.mirror.worn().len() as u32
    })
}
