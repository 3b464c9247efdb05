//! Findings: what a list or a page points out.

use super::Phrase;

/// Something worth seeing, in a few words.
#[derive(Clone, PartialEq)]
pub struct Finding {
    pub text: Phrase,
    pub tone: Tone,
}

/// The weight of a finding or a state; a word always stands with its colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    /// Done or in order.
    Good,
    Info,
    Warning,
    Bad,
}
