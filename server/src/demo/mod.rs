//! The demo's world: people and peers that exist nowhere else, reached by the service over HTTP on loopback only.

pub mod identity_provider;
pub mod people;
//! The embedded world of the demo: everything that a municipality would have beside the service.

pub mod postgres;
