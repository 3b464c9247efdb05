//! The demo's world: people and peers that exist nowhere else, reached by the service over HTTP on loopback only.

pub mod authorities;
pub mod identity_provider;
pub mod people;
pub mod postgres;
