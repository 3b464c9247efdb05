//! The citizen's pages and acts: one file an act.

pub mod begin_renewal;
pub mod draft;
pub mod sign_renewal;
