//! The administrator's pages: the authority sources, and jobs that could not be done.

pub mod drop_job;
pub mod jobs;
pub mod model;
pub mod source;
pub mod sources;
#[cfg(test)]
mod tests;
mod words;
