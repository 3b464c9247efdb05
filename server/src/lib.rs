//! What runs: answers the ports, does the acts, speaks to eID, authorities and Postgres.

pub mod clock;
pub mod config;
pub mod db;
pub mod random;
