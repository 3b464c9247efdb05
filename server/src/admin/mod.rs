//! What an administrator does and sees: the authority sources of the municipality. Nothing here is about a citizen.

mod certificate;
mod probe_result;
pub(crate) mod probe_source;
pub(crate) mod source;
pub(crate) mod sources;
pub(crate) mod start;
pub(crate) mod switch_source;
