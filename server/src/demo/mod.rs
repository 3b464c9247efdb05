//! The demo's world: outside parties that the service meets over HTTP on loopback only.

pub mod identity_provider;
