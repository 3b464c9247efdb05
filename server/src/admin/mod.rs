//! What an administrator does and sees: the authority sources of the municipality. Nothing here is about a citizen.

mod certificate;
mod probe_result;
pub mod probe_source;
pub mod source;
pub mod sources;
pub mod start;
pub mod switch_source;
#[cfg(test)]
mod tests;
