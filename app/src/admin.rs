//! The administrator's pages: the authority sources.

pub mod model;
pub mod source;
pub mod sources;
#[cfg(test)]
mod tests;
mod words;
