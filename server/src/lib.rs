//! What runs: the service's rooms, from the table of addresses at the top to the database at the bottom. What each room may use stands in
//! `tests/rooms.txt`.

mod admin;
mod authority;
mod case;
mod caseworker;
pub mod chain;
mod citizen;
mod clock;
pub mod config;
mod db;
pub mod demonstration;
mod fault;
mod file;
mod gate;
mod http;
mod identity;
mod jobs;
mod login;
mod municipality;
pub mod operate;
mod random;
mod routes;
pub mod serve;
mod service;
mod session;
mod signing;
#[cfg(test)]
mod test_support;

/// For `tests/bench`: it fills its country with copies that are sealed as the service seals, and makes sessions of its own.
pub mod bench {
    pub use crate::db::{Column, MasterKey, PLANS, RowKey, Vault, Version};
    pub use crate::session::Kind;
}
