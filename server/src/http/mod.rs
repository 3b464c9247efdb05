//! What a handler is given, and what every request passes: the site, headers, problems and their pages, limits. Depends on no role.

pub mod assets;
pub mod client;
pub mod compression;
pub mod cookie;
pub mod headers;
pub mod language;
pub mod ops;
pub mod origin;
pub mod pages;
pub mod problem;
pub mod site;
pub mod visit;

pub use problem::Problem;
pub use visit::{Here, Reply, Visit, see_other};
