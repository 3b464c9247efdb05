//! Findings: what a list or a page points out.

use super::Phrase;

/// Something worth seeing, in a few words.
#[derive(Clone, PartialEq)]
pub struct Finding {
    /// What.
    pub text: Phrase,
    /// Its weight.
    pub tone: Tone,
}

/// The weight of a finding or a state; a word always stands with its colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Says something.
    #[default]
    Plain,
    /// Done or in order.
    Good,
    /// Told by others.
    Info,
    /// Waits or differs.
    Warning,
    /// Wrong.
    Bad,
}
