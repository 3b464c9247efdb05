//! What runs: the service's rooms, from the table of addresses at the top to the database at the bottom. What each room may use stands in
//! `tests/rooms.txt`.

pub mod admin;
pub mod authority;
pub mod case;
pub mod caseworker;
pub mod chain;
pub mod citizen;
pub mod clock;
pub mod config;
pub mod db;
pub mod demonstration;
pub mod fault;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod login;
pub mod municipality;
pub mod operate;
pub mod random;
pub mod routes;
pub mod serve;
pub mod service;
pub mod session;
pub mod signing;
#[cfg(test)]
mod test_support;
