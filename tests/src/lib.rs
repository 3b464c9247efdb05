//! Tests that cross the crates.

#[cfg(test)]
mod errors;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod sources;
