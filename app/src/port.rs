//! What the pages of the three roles have in common: the words in which the server tells a page what to show.
//!
//! A page is a function of a struct of plain data. Times are already in the municipality's zone. Types here hold people's data and
//! therefore have no `Debug`, so that none can slip into a log line.

mod calculation;
mod decision;
mod finding;
mod form;
mod payout;
mod people;
mod phrase;
mod renewal;
mod source;

pub use calculation::{Calculation, CalculationOutcome, Finality, Line, LineState, Section};
pub use decision::{DecisionBrief, Outcome};
pub use finding::{Finding, Tone};
pub use form::{Choice, Conflict, FieldError, Form};
pub use payout::{Payee, Payout, PayoutMethod, PayoutState};
pub use people::{CaseNumber, ContactWays, Member, MemberRole, Party, PersonName};
pub use phrase::{Phrase, Value};
pub use renewal::{Signature, SignatureState, SignedDocument, SigningState};
pub use source::{AnswerState, AuthorityName, PersonAnswers, Source, SourceAnswer};
