//! What is signed: the facts of a renewal in one spelling, and the manifest that binds them to a signer.
//!
//! - [`Core`]: the shared facts, without a language. Both signers sign the same core.
//! - [`Annex`]: what is one signer's own: what authorities answered about them, how to reach them, their message. It is hashed into that
//!   signer's manifest only.
//! - [`Manifest`]: the digests of core, annex, the Swedish text, the text as shown and the message of the signing dialogue, with what
//!   binds them to a municipality, a case, a role and one moment. Its canonical bytes are what the eID signs.
//!
//! Core, annex and manifest are JSON in the canonical spelling of RFC 8785, with every amount, date and identity as text: there is no
//! number in them at all. [`read`] takes no other spelling, so one content has one digest, and any edit gives another; what has been read
//! so once is read by that digest ([`read_by_digest`]).

mod annex;
mod answer;
mod canonical;
mod core;
mod manifest;

pub use self::annex::{Annex, AnnexSchema};
pub use self::answer::{AnswerFact, AuthorityFact, NoteFact, RowFact, SignedPeriod};
pub use self::canonical::{Canonical, Digest, read, read_by_digest};
pub use self::core::{Core, CoreSchema, Declaration, PayoutFact, SignedMember, SignedRole, account_digest};
pub use self::manifest::{Binding, Locale, Manifest, ManifestSchema, Nonce, Originals};

/// Why a document cannot be written, read or trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Larger than any document is.
    #[error("the document is larger than {} bytes", canonical::SIZE_MAX)]
    TooLarge,
    /// Not JSON, or not of the document's form: a field too many, twice or missing, or a value of another kind. The place is told, the
    /// content is not.
    #[error("the document cannot be read at column {column}")]
    Unreadable {
        /// The column of the one line that a canonical document is.
        column: usize,
    },
    /// Another spelling of the same content.
    #[error("the document is not in the canonical spelling")]
    NotCanonical,
    /// Other bytes than those that the digest was taken of.
    #[error("the document does not have the digest that was taken of it")]
    Digest,
    /// A number, which other readers could take for a float.
    #[error("the document holds a number")]
    Number,
    /// A text that is not in Unicode NFC.
    #[error("the document holds a text that is not in Unicode NFC")]
    NotNormalised,
    /// Something that JSON cannot hold.
    #[error("the content cannot be written as JSON")]
    Unwritable,
    /// There is not exactly one applicant, or more than one co-applicant, or somebody stands twice in the household.
    #[error("the household does not have one applicant and at most one co-applicant, each once")]
    Household,
    /// A row belongs to somebody who is not of the household.
    #[error("a row belongs to somebody who is not of the household")]
    UnknownPerson,
    /// What every signer declares is not all there.
    #[error("the declarations are not all there")]
    Declarations,
    /// An expense without its month or day, or something carried over, where the schema does not have it so.
    #[error("what is stated is not of the form that the schema has")]
    Statements,
    /// An account without its digest, or with one that the schema does not have.
    #[error("the account is not bound as the schema says")]
    Account,
    /// What authorities answered stands in a document whose schema has it elsewhere, or is absent where the schema has it.
    #[error("what authorities answered does not stand where the schema has it")]
    Authorities,
    /// A changed household does not say how it has changed, or not in the way that the schema has.
    #[error("what has changed in the household is not told as the schema has it")]
    HouseholdChanges,
    /// What is wrong with an answer stands in a document whose schema does not have it.
    #[error("what is wrong with an answer stands where the schema does not have it")]
    Disputes,
    /// What somebody's month has been is told episode by episode in an annex whose schema does not have it.
    #[error("what a month has been stands where the schema does not have it")]
    Episodes,
    /// What a signer shows is listed in an annex whose schema does not have it.
    #[error("what a signer shows stands where the schema does not have it")]
    Proofs,
    /// What a signer states of themselves stands in an annex whose schema does not have it.
    #[error("what a signer states of themselves stands where the schema does not have it")]
    OwnRows,
    /// Core, annex and manifest are not of one renewal and one role, their forms do not go together, or the annex tells of somebody else
    /// than its signer.
    #[error("core, annex and manifest do not belong together")]
    Misfit,
    /// The core is not the one that the manifest names.
    #[error("the core is not the one that was signed")]
    CoreDiffers,
    /// The annex is not the one that the manifest names.
    #[error("the annex is not the one that was signed")]
    AnnexDiffers,
    /// The Swedish text is not the one that the manifest names.
    #[error("the Swedish text is not the one that was signed")]
    SwedishTextDiffers,
    /// The text as shown is not the one that the manifest names.
    #[error("the text as shown is not the one that was signed")]
    ShownTextDiffers,
    /// The message of the signing dialogue is not the one that the manifest names.
    #[error("the message of the signing dialogue is not the one that was signed")]
    SignMessageDiffers,
}

#[cfg(test)]
mod tests;
