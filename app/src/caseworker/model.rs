//! What the caseworker's pages show: a struct for each.

mod cases;
mod decide;
mod inbox;
mod opened;
mod protected;

pub use cases::{AssignCase, OpenCase, OpenedWhat, RelationRow, Relations, SubstituteRow, Substitutes};
pub use decide::{Decide, LineForm, PayoutPlan, ProposalState, ShownProposal, WhoDecides};
pub use inbox::{Inbox, InboxQuery, InboxRow, InboxTab, Notice, NoticeKind};
pub use opened::{
    Cell, ComparisonRow, DecisionReceipt, Event, MadeDecision, MovedApart, OpenedRenewal, ReceivedMessage, RenewalHead,
    SecondText, SignersWord,
};
pub use protected::{GiveReason, ProtectedRow, ProtectedWhat, ReadingRow, Readings, UnusualRow};
