//! The calculation, seen from outside: worked households, refusals, properties, the record, the book of rules and the texts.

mod book;
mod compare;
mod household_file;
mod overrides;
mod properties;
mod record;
mod refused;
mod texts;
mod worked;
