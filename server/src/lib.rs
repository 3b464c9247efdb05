//! What runs: answers the ports, does the acts, speaks to eID, authorities and Postgres.

pub mod authority;
pub mod demo;
