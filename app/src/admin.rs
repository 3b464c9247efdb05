//! The administrator's pages: the authority sources, officials and what they may decide, and jobs that could not be done.

pub mod decision_rule;
pub mod drop_job;
pub mod end_official;
pub mod jobs;
pub mod model;
pub mod official;
pub mod officials;
pub mod source;
pub mod sources;
#[cfg(test)]
mod tests;
mod words;
