//! What a person shows beside what they say (underlag): pictures and documents, or that they are to come.

use serde::{Deserialize, Serialize};

use super::document::Digest;
use super::small_count::SmallCount;
use crate::form::PlainText;
use crate::id::{ProofId, StatementId};
use crate::kind::codes;

/// The most proofs that one person shows in one renewal.
pub const PROOFS_MAX: usize = 60;
/// The most proofs of one statement.
pub const PROOFS_OF_ONE_MAX: usize = 10;
/// The longest name of a file, in characters.
pub const FILE_NAME_MAX: usize = 100;
/// How many days after the signature what was to come later is awaited. No law names a time: it is what a municipality asks for.
pub const LATER_DAYS: i32 = 14;

codes! {
    /// What a proof is kept as, whatever it came as.
    Media in "proof-media-" {
        /// A picture.
        Jpeg = "jpeg",
        /// A document of pages.
        Pdf = "pdf",
    }
}

impl Media {
    /// What browsers call it.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
        }
    }

    /// The ending of its file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Pdf => "pdf",
        }
    }
}

codes! {
    /// Why a file is not taken.
    FileProblem in "file-problem-" {
        /// There is nothing in it.
        Empty = "empty",
        /// More bytes than are taken.
        TooLarge = "too-large",
        /// By its content no picture and no document that is taken.
        Unknown = "unknown",
        /// It cannot be read.
        Damaged = "damaged",
        /// A picture of more pixels than are taken.
        TooManyPixels = "too-many-pixels",
        /// A document of more pages than are taken.
        TooManyPages = "too-many-pages",
        /// A password opens it.
        Locked = "locked",
        /// A document that does something, or carries other files.
        Active = "active",
        /// The scanner found something harmful in it.
        Harmful = "harmful",
        /// There are as many as are taken already.
        TooMany = "too-many",
        /// The form brings more at once than is taken.
        TooMuch = "too-much",
    }
}

/// A file that was kept as proof of something stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// What it is called in addresses.
    pub id: ProofId,
    /// What it is proof of.
    pub of: StatementId,
    /// The name that the file had with whoever sent it.
    pub name: PlainText,
    /// What it is kept as.
    pub media: Media,
    /// How many pages there are; one in a picture.
    pub pages: SmallCount,
    /// The digest of the bytes that are kept.
    pub digest: Digest,
}

/// What a person shows, and what they are to show later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proofs {
    /// What is there, in the order that it came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<Proof>,
    /// The statements whose proof is to come later (skickas senare), each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<StatementId>,
}

impl Proofs {
    /// Whether there is nothing of either.
    pub const fn is_empty(&self) -> bool {
        self.shown.is_empty() && self.later.is_empty()
    }

    /// What is shown of one statement.
    pub fn of(&self, statement: StatementId) -> impl Iterator<Item = &Proof> {
        self.shown.iter().filter(move |proof| proof.of == statement)
    }

    /// Whether the proof of one statement is to come later.
    pub fn is_later(&self, statement: StatementId) -> bool {
        self.later.contains(&statement)
    }

    /// The statements that any of it is about.
    pub fn statements(&self) -> impl Iterator<Item = StatementId> {
        self.shown.iter().map(|proof| proof.of).chain(self.later.iter().copied())
    }

    /// Whether one more of this statement is taken.
    pub fn takes(&self, statement: StatementId) -> bool {
        self.shown.len() < PROOFS_MAX && self.of(statement).count() < PROOFS_OF_ONE_MAX
    }

    /// Puts in or takes away that the proof of a statement is to come later.
    pub fn set_later(&mut self, statement: StatementId, is_later: bool) {
        self.later.retain(|one| *one != statement);
        if is_later {
            self.later.push(statement);
        }
    }

    /// The same about these statements alone.
    #[must_use]
    pub fn only_of(&self, statements: &[StatementId]) -> Self {
        let is_there = |one: &StatementId| statements.contains(one);
        Self {
            shown: self.shown.iter().filter(|proof| is_there(&proof.of)).cloned().collect(),
            later: self.later.iter().copied().filter(is_there).collect(),
        }
    }
}

/// The name of a file as people read it: without the folders that some browsers send, nor more characters than are kept. The end stays, since it
/// says what the file was.
pub fn file_name(given: &str) -> PlainText {
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = PlainText::new(&PlainText::new(name).as_str().split_whitespace().collect::<Vec<_>>().join(" "));
    let length = name.as_str().chars().count();
    if length <= FILE_NAME_MAX {
        return name;
    }
    let end: String = name.as_str().chars().skip(length - FILE_NAME_MAX / 2).collect();
    let begin: String = name.as_str().chars().take(FILE_NAME_MAX / 2 - 1).collect();
    PlainText::new(&format!("{begin}…{end}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_without_folders_and_marks_and_keeps_its_end() {
        for (given, name) in [
            ("kvitto.jpg", "kvitto.jpg"),
            ("C:\\fakepath\\hyra november.pdf", "hyra november.pdf"),
            ("../../etc/passwd", "passwd"),
            ("läkar\u{202e}gpj.pdf", "läkargpj.pdf"),
            ("två\nrader\t.png", "två rader .png"),
            ("", ""),
            ("/", ""),
        ] {
            assert_eq!(file_name(given).as_str(), name, "{given:?}");
        }
        let long = file_name(&format!("{}.pdf", "å".repeat(300)));
        assert_eq!(long.as_str().chars().count(), FILE_NAME_MAX);
        assert!(long.as_str().ends_with("å.pdf"));
    }

    proptest! {
        #[test]
        fn no_name_is_longer_than_it_may_be_or_leads_elsewhere(given in ".{0,400}") {
            let name = file_name(&given);
            prop_assert!(name.as_str().chars().count() <= FILE_NAME_MAX);
            prop_assert!(!name.as_str().contains(['/', '\\', '\n', '\r', '\0']));
        }
    }

    #[test]
    fn what_comes_later_is_named_once() {
        let (one, two) = (StatementId(uuid::Uuid::from_u128(1)), StatementId(uuid::Uuid::from_u128(2)));
        let mut proofs = Proofs::default();
        for _ in 0..2 {
            proofs.set_later(one, true);
        }
        proofs.set_later(two, true);
        assert_eq!(proofs.only_of(&[one]).later, [one]);
        proofs.set_later(one, false);
        assert_eq!(proofs.later, [two]);
    }
}
