//! What an administrator does and sees: the authority sources of the municipality, its officials and what they may decide, what one
//! adult sees of the other, and jobs that could not be done. Nothing that is shown here is about a citizen.

mod certificate;
pub(crate) mod decision_rule;
pub(crate) mod drop_job;
pub(crate) mod end_official;
pub(crate) mod jobs;
pub(crate) mod let_official_in;
pub(crate) mod official;
pub(crate) mod officials;
pub(crate) mod other_adult_rule;
mod probe_result;
pub(crate) mod probe_source;
pub(crate) mod send_job_again;
pub(crate) mod set_decision_rule;
pub(crate) mod set_delegations;
pub(crate) mod set_number;
pub(crate) mod set_other_adult_rule;
pub(crate) mod source;
pub(crate) mod sources;
pub(crate) mod start;
pub(crate) mod switch_source;
