//! Values on their way into a browser: a text of plain parts, written here and read in wasm.
//!
//! JSON would do, but what reads it for these types is twice as large as all that calculates. A type says beside itself which fields it
//! has; a field that is forgotten does not compile. Nothing is kept in this form: both ends are of the same build.

use std::collections::BTreeMap;
use std::str::Split;
use std::sync::Arc;

use jiff::civil::Date;
use uuid::Uuid;

use crate::kind::{ExpenseKind, IncomeKind};
use crate::{Money, NormMonth};

/// What stands after each part.
const END: char = '|';

/// A value that can be sent.
pub trait Wire: Sized {
    /// Writes its parts, in the order that `take` reads them.
    fn put(&self, out: &mut WireWriter);
    /// Reads its parts. `None` when they are not such a value's.
    fn take(from: &mut WireReader<'_>) -> Option<Self>;
}

/// The value as a text.
pub fn write(value: &impl Wire) -> String {
    let mut out = WireWriter(String::new());
    value.put(&mut out);
    out.0
}

/// The value of a text that [`write()`] made.
pub fn read<T: Wire>(text: &str) -> Option<T> {
    let mut from = WireReader(text.split(END));
    let value = T::take(&mut from)?;
    (from.0.next() == Some("") && from.0.next().is_none()).then_some(value)
}

/// The text so far.
pub struct WireWriter(String);

impl WireWriter {
    /// Any text can be a part: what ends one is escaped.
    pub fn part(&mut self, part: &str) {
        for c in part.chars() {
            match c {
                END => self.0.push_str("^v"),
                '^' => self.0.push_str("^^"),
                c => self.0.push(c),
            }
        }
        self.0.push(END);
    }
}

/// The parts that are not read yet.
pub struct WireReader<'a>(Split<'a, char>);

impl<'a> WireReader<'a> {
    /// The next part, as it is written.
    pub fn part(&mut self) -> Option<&'a str> {
        self.0.next()
    }

    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut chars = self.part()?.chars();
        while let Some(c) = chars.next() {
            text.push(match c {
                '^' => match chars.next()? {
                    'v' => END,
                    c => c,
                },
                c => c,
            });
        }
        Some(text)
    }
}

/// A struct is its fields.
macro_rules! wire_struct {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl $crate::wire::Wire for $type {
            fn put(&self, out: &mut $crate::wire::WireWriter) {
                let Self { $($field),* } = self;
                $($crate::wire::Wire::put($field, out);)*
            }

            fn take(from: &mut $crate::wire::WireReader<'_>) -> Option<Self> {
                Some(Self { $($field: $crate::wire::Wire::take(from)?),* })
            }
        }
    };
}

/// An enum is the name of its variant and the fields of that.
macro_rules! wire_enum {
    ($type:ident { $($variant:ident $({ $($field:ident),* $(,)? })?),* $(,)? }) => {
        impl $crate::wire::Wire for $type {
            fn put(&self, out: &mut $crate::wire::WireWriter) {
                match self {
                    $(Self::$variant $({ $($field),* })? => {
                        out.part(stringify!($variant));
                        $($($crate::wire::Wire::put($field, out);)*)?
                    })*
                }
            }

            fn take(from: &mut $crate::wire::WireReader<'_>) -> Option<Self> {
                let name = from.part()?;
                $(if name == stringify!($variant) {
                    return Some(Self::$variant $({ $($field: $crate::wire::Wire::take(from)?),* })?);
                })*
                None
            }
        }
    };
}

/// A type around one value is that value.
macro_rules! wire_newtype {
    ($($type:ident),*) => {$(
        impl $crate::wire::Wire for $type {
            fn put(&self, out: &mut $crate::wire::WireWriter) {
                $crate::wire::Wire::put(&self.0, out);
            }

            fn take(from: &mut $crate::wire::WireReader<'_>) -> Option<Self> {
                $crate::wire::Wire::take(from).map(Self)
            }
        }
    )*};
}

pub(crate) use {wire_enum, wire_newtype, wire_struct};

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Wire for $type {
            fn put(&self, out: &mut WireWriter) {
                out.part(&self.to_string());
            }

            fn take(from: &mut WireReader<'_>) -> Option<Self> {
                from.part()?.parse().ok()
            }
        }
    )*};
}

numbers!(bool, i8, i16, i64, u8, u32, u64, usize);

macro_rules! kinds {
    ($($type:ty),*) => {$(
        impl Wire for $type {
            fn put(&self, out: &mut WireWriter) {
                out.part(self.code());
            }

            fn take(from: &mut WireReader<'_>) -> Option<Self> {
                Self::from_code(from.part()?)
            }
        }
    )*};
}

kinds!(IncomeKind, ExpenseKind);

impl Wire for String {
    fn put(&self, out: &mut WireWriter) {
        out.part(self);
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        from.text()
    }
}

impl Wire for Arc<str> {
    fn put(&self, out: &mut WireWriter) {
        out.part(self);
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        from.text().map(Into::into)
    }
}

impl Wire for Money {
    fn put(&self, out: &mut WireWriter) {
        self.ore().put(out);
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        i64::take(from).map(Self::from_ore)
    }
}

impl Wire for Date {
    fn put(&self, out: &mut WireWriter) {
        (self.year(), (self.month(), self.day())).put(out);
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        let (year, (month, day)) = Wire::take(from)?;
        Self::new(year, month, day).ok()
    }
}

impl Wire for NormMonth {
    fn put(&self, out: &mut WireWriter) {
        (self.year(), self.month()).put(out);
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        let (year, month) = Wire::take(from)?;
        Self::new(year, month).ok()
    }
}

impl Wire for Uuid {
    fn put(&self, out: &mut WireWriter) {
        self.as_u64_pair().put(out);
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        let (high, low) = Wire::take(from)?;
        Some(Self::from_u64_pair(high, low))
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut WireWriter) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        Some(if bool::take(from)? { Some(T::take(from)?) } else { None })
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut WireWriter) {
        self.len().put(out);
        for value in self {
            value.put(out);
        }
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        (0..usize::take(from)?).map(|_| T::take(from)).collect()
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn put(&self, out: &mut WireWriter) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl<K: Wire + Ord, V: Wire> Wire for BTreeMap<K, V> {
    fn put(&self, out: &mut WireWriter) {
        self.len().put(out);
        for (key, value) in self {
            key.put(out);
            value.put(out);
        }
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        // One by one: what collects a map sorts first.
        let mut map = Self::new();
        for _ in 0..usize::take(from)? {
            map.insert(K::take(from)?, V::take(from)?);
        }
        Some(map)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn there_and_back<T: Wire + PartialEq + std::fmt::Debug>(value: &T) {
        assert_eq!(read::<T>(&write(value)).as_ref(), Some(value));
    }

    #[test]
    fn values_come_back_as_they_were() {
        there_and_back(&"a|b^c^v|| å\n".to_owned());
        there_and_back(&String::new());
        there_and_back(&vec![Some(Money::from_ore(-1)), None]);
        there_and_back(&(date(2026, 2, 28), NormMonth::new(2026, 12).unwrap()));
        there_and_back(&(Uuid::from_u128(u128::MAX - 1), (IncomeKind::Wage, ExpenseKind::Rent)));
        there_and_back(&BTreeMap::from([(1u8, "one".to_owned()), (2, String::new())]));
    }

    #[test]
    fn what_is_not_such_a_value_is_none() {
        for text in ["", "1", "x|", "300|", "1|2|"] {
            assert_eq!(read::<u8>(text), None, "{text}");
        }
        assert_eq!(read::<Vec<u8>>("3|1|2|"), None);
        assert_eq!(read::<Date>("2026|2|30|"), None);
    }
}
