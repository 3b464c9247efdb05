//! Texts for people, in their language. No word that somebody reads stands in the code.
//!
//! A language is a folder of `app/locales` named by its tag; every `.ftl` file in it is loaded, and `language.ftl` tells the
//! language's own name and direction. Swedish is the original: a text that another language lacks is shown in Swedish.
//!
//! Fluent's isolation marks are used only in languages written from right to left, where values such as amounts would otherwise be
//! torn apart. Elsewhere they would only get in the way of copying and searching. An amount that stands by itself is isolated by
//! its own element instead ([`Amount`](crate::ui::Amount)).

mod catalogue;
mod format;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};

pub use catalogue::{Catalogue, CatalogueError, Direction, Language};

use crate::model::{Phrase, Value};

/// The texts of one language, with Swedish behind it. Cheap to clone.
#[derive(Clone)]
pub struct Texts {
    language: Arc<Language>,
    original: Arc<Language>,
}

impl Texts {
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The text with this key.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text with this key and these values in its placeholders.
    pub fn with(&self, key: &str, args: &[(&str, Value)]) -> String {
        self.format(key, args.iter().map(|(name, value)| (*name, self.value(value))).collect())
    }

    /// A phrase in words.
    pub fn phrase(&self, phrase: &Phrase) -> String {
        self.format(&phrase.key, phrase.args.iter().map(|(name, value)| (name.as_ref(), self.value(value))).collect())
    }

    /// A key without a text is shown as it is; the tests see to it that none is.
    #[expect(clippy::needless_pass_by_value, reason = "the arguments are made for this call alone")]
    fn format(&self, key: &str, args: FluentArgs<'_>) -> String {
        self.language.format(key, &args).or_else(|| self.original.format(key, &args)).unwrap_or_else(|| key.to_owned())
    }

    fn value(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Text(text) => text.clone().into(),
            Value::Number(number) => (*number).into(),
            Value::Money(amount) => self.money(*amount).into(),
            Value::Date(day) => self.date(*day).into(),
            Value::DateTime(moment) => self.moment(*moment).into(),
            Value::Month(month) => self.month_of_year(*month).into(),
            Value::Key(key) => self.get(key).into(),
        }
    }
}

/// The text with a key, in the language that the page is being written in: `t!("home-title")` or
/// `t!("home-hello", name = person.called())`.
///
/// Only inside a view that [`render`](crate::document::render) writes, which is where the texts are.
#[macro_export]
macro_rules! t {
    ($key:expr) => {
        $crate::i18n::texts().get($key)
    };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::i18n::texts().with($key, &[$((stringify!($name), $crate::model::Value::from($value))),+])
    };
}

/// The texts of the page that is being written.
pub fn texts() -> Texts {
    leptos::prelude::expect_context::<Texts>()
}
