//! Files that somebody shows, as pages show them.

use domain::id::{ProofId, StatementId};
use domain::renewal::document::{Annex, Core};
use domain::renewal::episode::Episode;
use domain::renewal::proof::{FileProblem, Media};

use super::{FieldError, Phrase, Value};

/// A file that is shown as proof of something.
#[derive(Clone, PartialEq)]
pub struct ShownProof {
    pub id: ProofId,
    /// The name that it had with whoever sent it.
    pub name: String,
    pub media: Media,
    pub pages: u8,
    pub standing: ProofStanding,
}

/// Whether a file can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofStanding {
    Open,
    /// A scanner has not looked through it yet.
    Waiting,
    /// A scanner found something harmful in it.
    Harmful,
}

/// The files of one statement in a form.
#[derive(Clone, Default, PartialEq)]
pub struct ProofFiles {
    pub shown: Vec<ShownProof>,
    /// Whether the proof is to come later.
    pub is_later: bool,
    /// Why files that were sent were not taken.
    pub refused: Vec<Phrase>,
}

impl ProofFiles {
    /// Why files were not taken, as the errors of this field.
    pub fn errors(&self, field: &str) -> Vec<FieldError> {
        self.refused.iter().map(|problem| FieldError::new(field, problem.clone())).collect()
    }
}

/// What a signer shows of one statement, as staff see it.
#[derive(Clone, PartialEq)]
pub struct ProofGroup {
    /// What it is proof of.
    pub what: Phrase,
    /// Who shows it, by given name.
    pub who: String,
    pub files: Vec<ShownProof>,
    /// Whether more is to come.
    pub is_later: bool,
}

/// Why a file was not taken.
pub fn file_problem(name: &str, problem: FileProblem) -> Phrase {
    let key = problem.key();
    match name {
        "" => Phrase::new(key).with("name", Value::Key("file-without-name".into())),
        name => Phrase::new(key).with("name", name),
    }
}

/// What a signer shows something of, in a few words.
pub fn proved(core: &Core, annex: &Annex, of: StatementId) -> Option<Phrase> {
    let item = |kind: &'static str, amount| {
        Phrase::new("proof-what").with("kind", Value::Key(kind.into())).with("amount", amount)
    };
    let own = annex.rows.iter();
    let mut incomes = own.clone().flat_map(|rows| &rows.incomes).chain(&core.incomes);
    if let Some(income) = incomes.find(|income| income.id == of) {
        return Some(item(income.kind.key(), income.amount));
    }
    let mut expenses = own.flat_map(|rows| &rows.expenses).chain(&core.expenses);
    if let Some(expense) = expenses.find(|expense| expense.id == of) {
        return Some(item(expense.kind.key(), expense.amount));
    }
    let mut rows = annex.authorities.iter().flatten().flat_map(|fact| fact.answer.rows());
    if let Some(row) = rows.find(|row| row.disputed.as_ref().is_some_and(|dispute| dispute.id == of)) {
        let phrase = Phrase::new("proof-what-disputed").with("label", row.label.as_str());
        return Some(phrase.with("amount", row.amount));
    }
    annex.activity.iter().flat_map(|activity| &activity.episodes).find_map(|episode| match episode {
        Episode::SickLeave { id, from, to, .. } if *id == Some(of) => {
            Some(Phrase::new("proof-what-sick-leave").with("from", *from).with("to", *to))
        }
        _ => None,
    })
}
