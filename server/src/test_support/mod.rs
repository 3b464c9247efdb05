//! What tests write into a database and ask of the service.
//!
//! A [`Stage`] is a service over a test's own database with two towns. [`Stage::get`] and [`Stage::post`] ask as a browser does.

pub(crate) mod authorities;
mod requests;
mod stage;
mod statements;
pub(crate) mod world;

pub(crate) use requests::{Answered, hidden};
pub(crate) use stage::{
    ADULT, CHILD, ELSA, JOHAN, MIRA, PARTNER, Stage, Statement, add_answer, add_case, add_member, add_person,
    add_signed, add_single, add_source, audited, day, month, reported, review, stage_of,
};
pub(crate) use statements::Statements;
