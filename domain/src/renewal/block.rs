//! What is told several times on one page, each time in a block of fields of its own.

use crate::form::Typed;
use crate::id::StatementId;

/// Gives one of the texts of a block.
pub type TextOf<B> = fn(&mut B) -> &mut Typed;

/// One block as typed. Which fields it has goes by its kind; the others are blank.
pub trait Block: Clone + 'static {
    /// What sort of thing is told in it.
    type Kind: Copy + Eq;

    /// Its texts, each with the name of its field.
    const FIELDS: &'static [(&'static str, TextOf<Self>)];

    /// A block in which nothing is told.
    fn new(id: StatementId, kind: Self::Kind) -> Self;

    /// What it is called in forms: the same form sent twice is one block.
    fn id(&self) -> StatementId;

    /// What sort of thing is told in it.
    fn kind(&self) -> Self::Kind;

    /// The kind with this code.
    fn kind_of(code: &str) -> Option<Self::Kind>;

    /// Whether nothing is told in it.
    fn is_blank(&self) -> bool;

    /// Whether another block of that kind, with this person in it, would be about the same.
    fn is_about(&self, kind: Self::Kind, person: &str) -> bool;
}
