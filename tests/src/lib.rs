//! Tests that cross the crates.

#[cfg(test)]
mod errors;
#[cfg(test)]
mod glossary;
#[cfg(test)]
mod names;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod paths;
#[cfg(test)]
mod reached;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod sources;
