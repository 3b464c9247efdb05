//! A sentence as a text key and its values, so that the server never writes words for people.

use std::borrow::Cow;

use domain::{Money, NormMonth};
use jiff::civil::{Date, DateTime};

/// A text of the locale files with the values that its placeholders take.
#[derive(Clone, PartialEq)]
pub struct Phrase {
    /// The key in `app/locales/*/*.ftl`.
    pub key: Cow<'static, str>,
    /// The values by placeholder name.
    pub args: Vec<(Cow<'static, str>, Value)>,
}

/// A value in a phrase; each is written in the reader's language.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// Shown as it is: a name, a reference, what somebody typed.
    Text(String),
    /// A number that plural forms may depend on.
    Number(i64),
    /// `8 412 kr`.
    Money(Money),
    /// `24 november 2026`.
    Date(Date),
    /// `3 november 09.12`.
    DateTime(DateTime),
    /// `december 2026`.
    Month(NormMonth),
    /// Another text, looked up by its key.
    Key(Cow<'static, str>),
}

impl Phrase {
    /// The text with this key and no values.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// Words that are nobody's to translate: a person's name, what an authority calls its benefit.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self::new("verbatim").with("text", text.into())
    }

    /// The same phrase with one more value.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) -> Self {
        self.args.push((name.into(), value.into()));
        self
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Money> for Value {
    fn from(amount: Money) -> Self {
        Self::Money(amount)
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}

impl From<DateTime> for Value {
    fn from(moment: DateTime) -> Self {
        Self::DateTime(moment)
    }
}

impl From<NormMonth> for Value {
    fn from(month: NormMonth) -> Self {
        Self::Month(month)
    }
}
