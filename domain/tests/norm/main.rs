//! The calculation, seen from outside: worked households, refusals, properties, the record, the book of rules and the texts.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it does not expect is to stop")]

mod anything;
mod book;
mod disputes;
mod household_file;
mod inputs;
mod item_preview;
mod overrides;
mod properties;
mod record;
mod refused;
mod texts;
mod worked;
mod worksheet;
