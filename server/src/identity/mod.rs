//! Identity providers: the relying party that speaks with them, and which of them a municipality has.

pub mod oidc;
pub mod providers;
