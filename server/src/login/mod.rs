//! Logging in and out: eID for citizens, the municipality's own login for staff.

pub(crate) mod come_back;
pub(crate) mod log_in;
pub(crate) mod log_out;
#[cfg(test)]
mod outcome_tests;
pub(crate) mod stay;
pub(crate) mod time_left;
