//! What an administrator does and sees: the authority sources of the municipality, and jobs that could not be done. Nothing here is about a
//! citizen.

mod certificate;
pub(crate) mod drop_job;
pub(crate) mod jobs;
mod probe_result;
pub(crate) mod probe_source;
pub(crate) mod send_job_again;
pub(crate) mod source;
pub(crate) mod sources;
pub(crate) mod start;
pub(crate) mod switch_source;
