//! Reading the locale files, once, when the program starts.

use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_langneg::{NegotiationStrategy, negotiate_languages, parse_accepted_languages};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use super::Texts;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/locales/"]
#[include = "*.ftl"]
struct Files;

/// The language that texts are written in first.
const ORIGINAL: &str = "sv";

/// Why the locale files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A folder is not named by a language tag.
    #[error("the locale folder {0} is not named by a language tag")]
    Tag(String),
    /// A file is not UTF-8.
    #[error("the locale file {0} is not UTF-8")]
    Encoding(String),
    /// A file is not Fluent.
    #[error("the locale file {file} has {errors} syntax errors")]
    Syntax { file: String, errors: usize },
    /// A key stands twice in one language.
    #[error("the locale file {file} tells a key that another file has told: {detail}")]
    Twice { file: String, detail: String },
    /// A language does not tell its own name and direction.
    #[error("the locale {0} lacks language-name or language-direction (ltr or rtl)")]
    Unnamed(String),
    /// There is no Swedish.
    #[error("the locale folder sv, the original, is missing")]
    NoOriginal,
}

/// The direction of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// The value of the attribute `dir`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// One language and its texts.
pub struct Language {
    tag: LanguageIdentifier,
    code: String,
    name: String,
    direction: Direction,
    bundle: FluentBundle<FluentResource>,
}

impl Language {
    /// The language tag, for the attribute `lang` and for the language form.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The language's name in itself: Svenska, English.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The direction of writing.
    pub const fn direction(&self) -> Direction {
        self.direction
    }

    /// The text with this key, if this language has it. A placeholder without a value is shown as its name.
    pub(super) fn format(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut unresolved = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(args), &mut unresolved).into_owned())
    }

    fn read(code: &str, files: &[String]) -> Result<Self, CatalogueError> {
        let tag: LanguageIdentifier = code.parse().map_err(|_| CatalogueError::Tag(code.to_owned()))?;
        let mut bundle = FluentBundle::new_concurrent(vec![tag.clone()]);
        for file in files {
            bundle.add_resource(parse(file)?).map_err(|errors| CatalogueError::Twice {
                file: file.clone(),
                detail: errors.first().map(ToString::to_string).unwrap_or_default(),
            })?;
        }
        let mut language = Self { tag, code: code.to_owned(), name: String::new(), direction: Direction::Ltr, bundle };
        let unnamed = || CatalogueError::Unnamed(code.to_owned());
        let nothing = FluentArgs::new();
        language.name = language.format("language-name", &nothing).ok_or_else(unnamed)?;
        language.direction = match language.format("language-direction", &nothing).as_deref() {
            Some("ltr") => Direction::Ltr,
            Some("rtl") => Direction::Rtl,
            _ => return Err(unnamed()),
        };
        language.bundle.set_use_isolating(language.direction == Direction::Rtl);
        Ok(language)
    }
}

fn parse(file: &str) -> Result<FluentResource, CatalogueError> {
    let bytes = Files::get(file).map(|file| file.data.into_owned()).unwrap_or_default();
    let source = String::from_utf8(bytes).map_err(|_| CatalogueError::Encoding(file.to_owned()))?;
    FluentResource::try_new(source)
        .map_err(|(_, errors)| CatalogueError::Syntax { file: file.to_owned(), errors: errors.len() })
}

/// Every language that the service speaks.
pub struct Catalogue {
    languages: Vec<Arc<Language>>,
    original: Arc<Language>,
}

impl Catalogue {
    /// Reads every locale file. Fails when one cannot be used, so that a faulty text stops the start and not a page.
    pub fn load() -> Result<Self, CatalogueError> {
        let mut files: Vec<String> = Files::iter().map(Into::into).collect();
        files.sort();
        let mut languages = Vec::new();
        for of_one in files.chunk_by(|a, b| folder(a) == folder(b)) {
            if let Some(first) = of_one.first() {
                languages.push(Arc::new(Language::read(folder(first), of_one)?));
            }
        }
        let original = languages.iter().find(|language| language.code == ORIGINAL).ok_or(CatalogueError::NoOriginal)?;
        let original = Arc::clone(original);
        languages.sort_by_key(|language| (language.code != ORIGINAL, language.name.clone()));
        Ok(Self { languages, original })
    }

    /// Every language, Swedish first and the others by their own names.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.languages.iter().map(AsRef::as_ref)
    }

    /// The texts in Swedish, which prevails.
    pub fn original(&self) -> Texts {
        self.in_language(&self.original)
    }

    /// The texts in the language with this tag, if the service speaks it.
    pub fn texts(&self, code: &str) -> Option<Texts> {
        self.languages.iter().find(|language| language.code == code).map(|language| self.in_language(language))
    }

    /// The texts in the language that an `Accept-Language` header likes best, or Swedish.
    pub fn negotiate(&self, accept_language: &str) -> Texts {
        let wanted = parse_accepted_languages(accept_language);
        let spoken: Vec<_> = self.languages.iter().map(|language| language.tag.clone()).collect();
        let chosen = negotiate_languages(&wanted, &spoken, Some(&self.original.tag), NegotiationStrategy::Lookup);
        let chosen = chosen.first().and_then(|&tag| self.languages.iter().find(|language| language.tag == *tag));
        self.in_language(chosen.unwrap_or(&self.original))
    }

    fn in_language(&self, language: &Arc<Language>) -> Texts {
        Texts { language: Arc::clone(language), original: Arc::clone(&self.original) }
    }
}

fn folder(file: &str) -> &str {
    file.split_once('/').map_or(file, |(folder, _)| folder)
}
