//! The administrator's pages: the authority sources, officials and what they may decide, what one adult sees of the other,
//! and jobs that could not be done.

pub mod decision_rule;
pub mod drop_job;
pub mod end_official;
pub mod jobs;
pub mod model;
pub mod official;
pub mod officials;
pub mod other_adult_rule;
pub mod source;
pub mod sources;
#[cfg(test)]
mod tests;
mod words;
