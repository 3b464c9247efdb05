//! What a handler is given, and what every request passes: the site, headers, problems and their pages, limits. Depends on no role.

pub(crate) mod assets;
pub(crate) mod compression;
pub(crate) mod cookie;
pub(crate) mod entry;
mod extract;
pub(crate) mod file;
pub(crate) mod headers;
pub(crate) mod language;
pub(crate) mod ops;
pub(crate) mod origin;
pub(crate) mod pages;
pub(crate) mod problem;
pub(crate) mod site;
pub(crate) mod upload;
pub(crate) mod visit;

pub(crate) use extract::{Fields, Path, Query};
pub(crate) use problem::Problem;
pub(crate) use upload::Files;
pub(crate) use visit::{Here, Reply, Visit, see_other};
