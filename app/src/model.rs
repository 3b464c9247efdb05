//! What the pages of the three roles have in common: the words in which the server tells a page what to show.
//!
//! A page is a function of a struct of plain data. Times are already in the municipality's zone. Types here hold people's data and
//! therefore have no `Debug`, so that none can slip into a log line.

mod calculation;
mod decision;
pub mod episode;
mod finding;
mod form;
pub mod household_change;
mod payout;
mod people;
mod phrase;
mod proof;
mod renewal;
mod source;

pub use calculation::{Calculation, CalculationLine, CalculationOutcome, Finality, LineState};
pub use decision::{DecisionBrief, Outcome};
pub use finding::{Finding, Tone};
pub use form::{Choice, Conflict, FieldError, Form};
pub use payout::{Payee, Payout, PayoutState, ShownPayoutMethod};
pub use people::{CaseNumber, ContactWays, HouseholdPerson, MemberRole, Party, PersonName};
pub use phrase::{Phrase, Value, example_of};
pub use proof::{ProofFiles, ProofGroup, ProofStanding, ShownProof, file_problem, proved};
pub use renewal::{ShownSignatureState, Signature, SignedDocument, SigningState};
pub use source::{AnswerState, AuthorityName, PersonAnswers, RowDispute, RowMark, SourceAnswer, SourceChip};
