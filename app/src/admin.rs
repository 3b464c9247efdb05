//! The administrator's pages: the authority sources.

pub mod port;
pub mod source;
pub mod sources;
#[cfg(test)]
mod tests;
mod words;
