//! Measured next.
fn main() {}
