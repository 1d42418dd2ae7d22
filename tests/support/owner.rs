//! Whose function asked for memory: the innermost one on the stack that is neither the standard library's nor a test's.

use std::backtrace::Backtrace;

/// The crate of that function and the function, of this very moment.
pub fn owner() -> (String, String) {
    let stack = Backtrace::force_capture().to_string();
    let functions = stack.lines().filter_map(|line| line.trim().split_once(": ").map(|(_, function)| function));
    let mut crates = functions.map(|function| (head(function), function));
    let found = crates.find(|(head, _)| head.starts_with("wgpu") || *head == "naga" || *head == "vitrine");
    found.map_or_else(Default::default, |(head, function)| (head.to_owned(), function.to_owned()))
}

/// The crate at the head of a path: `<wgpu::Buffer>::new` and `wgpu::Buffer::new` are wgpu's, whatever is between angles.
fn head(function: &str) -> &str {
    let path = function.trim_start_matches(['<', '&']);
    path.split([':', '<', ' ', '[']).next().unwrap_or_default()
}
