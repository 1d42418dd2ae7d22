//! An allocator that counts what it is asked for, thread by thread, and tells a listener of each time.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's own, counted.
pub struct Counting;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
    static LISTENER: Cell<Option<fn(usize)>> = const { Cell::new(None) };
}

/// How often this thread has asked for memory so far.
pub fn count() -> u64 {
    COUNT.get()
}

/// From now on `listener` hears the bytes of each time that this thread asks; it may ask itself, which is not counted.
#[allow(dead_code, reason = "tests of the pure half only count")]
pub fn listen(listener: Option<fn(usize)>) {
    LISTENER.set(listener);
}

// SAFETY: all requests go to the system's allocator as they are.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(size);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

fn note(bytes: usize) {
    let Some(listener) = LISTENER.take() else { return COUNT.set(COUNT.get() + 1) };
    let before = COUNT.get() + 1;
    listener(bytes);
    COUNT.set(before);
    LISTENER.set(Some(listener));
}
