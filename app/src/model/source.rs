//! Who says so: the source that every value wears, and the answers of authorities.

use domain::NormMonth;
use domain::authority::{Agency, Answer, AuthorityRow};
use domain::id::RowId;
use domain::renewal::dispute::DisputeStatement;
use jiff::civil::DateTime;

use super::Value;

/// Where a value comes from. Shown as the source chip.
#[derive(Clone, PartialEq)]
pub enum SourceChip {
    /// Fetched from an authority (myndighet).
    Authority(AuthorityName),
    /// Fetched from authorities, and shown together.
    Authorities,
    /// From the population register (folkbokföringen).
    Register,
    /// Stated by one of the adults who sign, by given name.
    Stated(String),
    /// Set by a caseworker, by name.
    Caseworker(String),
    /// Carried over from an earlier month.
    Earlier(NormMonth),
}

/// The name of an authority source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorityName {
    /// One of the national authorities; named by the locale files.
    Agency(Agency),
    /// One that the municipality has connected and named itself.
    Named(String),
}

/// The name inside a text.
impl From<&AuthorityName> for Value {
    fn from(name: &AuthorityName) -> Self {
        match name {
            AuthorityName::Agency(agency) => Self::Key(format!("agency-{}", agency.code()).into()),
            AuthorityName::Named(name) => Self::Text(name.clone()),
        }
    }
}

/// What every source said about one adult of the household.
#[derive(Clone, PartialEq)]
pub struct PersonAnswers {
    /// The adult's given name.
    pub person: String,
    /// The sources in the order that lists show them.
    pub answers: Vec<SourceAnswer>,
}

/// What one source said about one adult.
#[derive(Clone, PartialEq)]
pub struct SourceAnswer {
    /// Who was asked, or would have been.
    pub authority: AuthorityName,
    pub state: AnswerState,
    /// What each row that the state has is called, and what is said of it, in their order.
    pub marks: Vec<RowMark>,
}

impl SourceAnswer {
    /// What it has reported so far, each row with what stands beside it.
    pub fn marked_rows(&self) -> impl Iterator<Item = (&AuthorityRow, Option<&RowMark>)> {
        let content = match &self.state {
            AnswerState::Done { answer, .. } => answer.content(),
            AnswerState::Waiting => None,
        };
        let marks = self.marks.iter().map(Some).chain(std::iter::repeat(None));
        content.into_iter().flat_map(|content| &content.rows).zip(marks)
    }
}

/// What stands beside a fetched row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowMark {
    /// By which it is said of the row that it is wrong.
    pub row: RowId,
    /// What is said, if anything is.
    pub dispute: Option<RowDispute>,
}

/// What the person says is wrong with a fetched row.
#[derive(Debug, Clone, PartialEq)]
pub enum RowDispute {
    Said(DisputeStatement),
    /// Something is missing or wrong in it.
    Unfinished,
}

/// Whether the source is done.
#[derive(Clone, PartialEq)]
pub enum AnswerState {
    /// Asked, and not done yet.
    Waiting,
    /// Done: one of the five outcomes of [`Answer`], which are shown as five different things.
    Done {
        answer: Answer,
        /// When it was fetched, or was found not to be asked.
        at: DateTime,
    },
}
