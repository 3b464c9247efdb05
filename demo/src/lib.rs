//! The parties around the service in its demo, all invented: people, their eID, the authorities that know of them.
//!
//! They are outsiders. The service meets them over HTTP on this machine as it meets the real ones, and they share no code with it: what
//! either side has understood wrongly of a contract shows.

pub mod authorities;
pub mod identity_provider;
pub mod people;
