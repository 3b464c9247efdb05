//! What tests write into a database and ask of the service.
//!
//! A [`Stage`] is a service over a test's own database with two towns. [`Stage::get`] and [`Stage::post`] ask as a browser does.

mod queries;
mod requests;
mod stage;

pub(crate) use queries::Queries;
pub(crate) use requests::{Answered, hidden};
pub(crate) use stage::{
    ADULT, CHILD, ELSA, JOHAN, MIRA, PARTNER, Stage, Statement, add_answer, add_case, add_member, add_person,
    add_signed, add_single, add_source, audited, day, month, stage_of, told,
};
