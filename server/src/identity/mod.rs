//! Identity providers: the relying party that speaks with them, and which of them a municipality has.

pub(crate) mod oidc;
pub(crate) mod providers;
