//! What an administrator does and sees: the authority sources of the municipality. Nothing here is about a citizen.

mod certificate;
pub mod pages;
pub mod read;
mod stored_test;
pub mod switch_source;
pub mod test_source;
#[cfg(test)]
mod tests;
