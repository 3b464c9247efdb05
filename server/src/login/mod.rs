//! Logging in and out: eID for citizens, the municipality's own login for staff.

pub(crate) mod begin;
pub(crate) mod callback;
pub(crate) mod logout;
pub(crate) mod stay;
pub(crate) mod time_left;
