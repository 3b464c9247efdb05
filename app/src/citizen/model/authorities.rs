//! What authorities say, what the person says of it, and what was fetched before.

use domain::authority::AuthorityRow;
use domain::id::{RowId, StatementId};
use domain::renewal::Part;
use domain::{Money, NormMonth};
use jiff::civil::{Date, DateTime};

use crate::model::{AuthorityName, Form, Phrase, ProofFiles, SourceAnswer, SourceChip};

/// What the authorities say.
#[derive(Clone, PartialEq)]
pub struct Authorities {
    /// The month applied for.
    pub month: NormMonth,
    pub part: Part,
    /// The calendar month that the incomes are from.
    pub reference_month: NormMonth,
    /// The revision to send back.
    pub form: Form,
    /// When the sources were last asked.
    pub asked: DateTime,
    /// How many sources have not answered yet.
    pub pending: u32,
    /// Whether asking again can give more: something failed or was answered in part, and it is not too soon.
    pub may_ask_again: bool,
    /// The answers about the reader.
    pub answers: Vec<SourceAnswer>,
    /// What the reader says is wrong with rows that no authority gives any more.
    pub gone: Vec<GoneRow>,
    /// What is said of the other adult of the household.
    pub other: Option<OtherAdult>,
    /// What was fetched for earlier months.
    pub history: Vec<History>,
}

/// A row that something is said of, and that is not there any more.
#[derive(Clone, PartialEq)]
pub struct GoneRow {
    /// What is said of it.
    pub id: StatementId,
    /// The authority's own words.
    pub label: String,
    pub amount: Money,
}

/// The form of what is wrong with a fetched row.
#[derive(Clone, PartialEq)]
pub struct DisputeForm {
    /// Who gave the row; none where no answer has it any more.
    pub authority: Option<AuthorityName>,
    pub row: RowId,
    pub original: AuthorityRow,
    /// Whether nothing has been said of it yet.
    pub is_new: bool,
    pub form: Form,
    /// Field `reason`: a code, or not chosen.
    pub reason: String,
    pub amount: String,
    pub date: String,
    pub why: String,
    pub proofs: ProofFiles,
    /// Where its files are opened.
    pub proofs_at: String,
    /// A day that stands as an example.
    pub example: Date,
}

/// What a page says of what authorities know about the other adult of the household: never a row.
#[derive(Clone, PartialEq)]
pub struct OtherAdult {
    /// Their given name.
    pub name: String,
    /// Whether any authority has been asked about them.
    pub is_asked: bool,
    /// The sum that the municipality lets the reader see; none where it lets them see nothing.
    pub sum: Option<OtherSum>,
}

impl OtherAdult {
    /// Their name, where what authorities say about them is in no figure that the reader sees.
    pub fn left_out(&self) -> Option<&str> {
        self.sum.is_none().then_some(&*self.name)
    }
}

/// What authorities have paid another adult in a month, and plan to, together.
#[derive(Clone, PartialEq)]
pub struct OtherSum {
    /// The month that the money is from.
    pub month: NormMonth,
    /// None where nothing of that month has been told.
    pub amount: Option<Money>,
    /// Whether every answer has come, whole.
    pub is_whole: bool,
    /// On what ground of law it is shown, in the municipality's words.
    pub ground: String,
}

/// The rows of one earlier month. They cannot be changed.
#[derive(Clone, PartialEq)]
pub struct History {
    /// The month that was applied for.
    pub month: NormMonth,
    pub rows: Vec<HistoryRow>,
}

/// One row of an earlier month.
#[derive(Clone, PartialEq)]
pub struct HistoryRow {
    /// What it was: a kind's text or an authority's own words.
    pub label: Phrase,
    pub amount: Money,
    /// The day, where one is known.
    pub date: Option<Date>,
    pub source: SourceChip,
}
