//! What runs: answers the ports of `app`, does the acts, and speaks to identity providers, authorities and Postgres.

pub mod demo;
pub mod login;
