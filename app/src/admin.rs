//! The administrator's pages: the authority sources.

pub mod port;
