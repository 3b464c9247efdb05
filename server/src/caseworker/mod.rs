//! The caseworker's pages and acts.

pub mod decide;
pub mod pages;
pub mod read;
pub mod read_notices;
