//! What runs: answers the ports, does the acts, speaks to eID, authorities and Postgres.

pub mod admin;
pub mod asking;
pub mod authority;
pub mod case;
pub mod caseworker;
pub mod citizen;
pub mod clock;
pub mod config;
pub mod db;
pub mod delivery;
pub mod demo;
pub mod fault;
pub mod http;
pub mod login;
pub mod municipality;
pub mod operate;
pub mod random;
pub mod serve;
pub mod service;
pub mod signing;
#[cfg(test)]
mod test_support;
