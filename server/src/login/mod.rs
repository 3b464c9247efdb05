//! Logging in and out: eID for citizens, the municipality's own login for staff.

pub mod begin;
pub mod callback;
pub mod logout;
pub mod stay;
pub mod time_left;
