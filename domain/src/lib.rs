//! The pure rules of renewed economic assistance (förnyad ansökan om ekonomiskt bistånd).
//!
//! Nothing here reads a file, a clock or the network, so every rule can be tested in milliseconds and the same function
//! serves the citizen's preliminary figure, the caseworker's draft and the decision's record.

#![warn(missing_docs)]

pub mod account;
pub mod authority;
pub mod birth_date;
pub mod calendar;
pub mod decision;
pub mod form;
pub mod household;
pub mod id;
pub mod job;
pub mod kind;
pub mod message;
pub mod money;
pub mod month;
pub mod norm;
pub mod opening;
mod order;
pub mod other_adult;
pub mod payout;
pub mod person_number;
pub mod protection;
pub mod renewal;
pub mod source;
pub mod staff;
pub mod wire;

pub use birth_date::BirthDate;
pub use money::Money;
pub use month::NormMonth;
pub use person_number::PersonNumber;
