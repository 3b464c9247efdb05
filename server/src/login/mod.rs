//! Logging in: eID for citizens, the municipality's own login for staff, sessions, and the policy that makes actors.

pub mod attempt;
pub mod begin;
pub mod callback;
pub mod logout;
pub mod oidc;
pub mod policy;
mod problem;
pub mod providers;
pub mod session;

pub use problem::LoginProblem;
