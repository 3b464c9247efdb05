//! From what was read to one of the five kinds of answer.

use domain::authority::{Answer, AuthorityRow, Content, Fact, Failure, FailureKind};

/// What has been read from one answer so far. Nothing is dropped silently: what cannot be read is a known gap.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    content: Content,
    missing: Vec<Failure>,
    answered_in_part: bool,
}

impl Gathered {
    /// A row or, where it could not be read, a gap.
    pub(super) fn row(&mut self, row: Option<AuthorityRow>) {
        match row {
            Some(row) => self.content.rows.push(row),
            None => self.gap(MALFORMED),
        }
    }

    pub(super) fn fact(&mut self, fact: Fact) {
        self.content.facts.push(fact);
    }

    /// A part that is known to be missing.
    pub(super) fn gap(&mut self, failure: Failure) {
        if !self.missing.contains(&failure) {
            self.missing.push(failure);
        }
    }

    /// A part of the authority answered, even if it gave no row.
    pub(super) fn part_answered(&mut self) {
        self.answered_in_part = true;
    }

    pub(super) fn into_answer(self) -> Answer {
        let nothing = self.content.rows.is_empty() && self.content.facts.is_empty();
        match self.missing.first() {
            None if nothing => Answer::NothingFound,
            None => Answer::Answered(self.content),
            Some(first) if nothing && !self.answered_in_part => Answer::Failed(first.clone()),
            Some(_) => Answer::Partly { content: self.content, missing: self.missing },
        }
    }
}

/// A failure with the authority's code, if the code is one that can be shown: short, and without anything that could be a
/// person's number.
pub(super) fn failure(kind: FailureKind, code: Option<&str>) -> Failure {
    Failure { kind, code: code.and_then(presentable) }
}

/// The answer was not of the agreed form.
pub(super) const MALFORMED: Failure = Failure { kind: FailureKind::Malformed, code: None };

fn presentable(code: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let code = code.trim();
    let plain = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    (!code.is_empty() && code.len() <= LONGEST && plain && digits < 6).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap() -> Failure {
        failure(FailureKind::Refused, Some("INTERNT_FEL"))
    }

    #[test]
    fn absence_has_its_kinds() {
        assert_eq!(Gathered::default().into_answer(), Answer::NothingFound);

        let mut failed = Gathered::default();
        failed.gap(gap());
        assert_eq!(failed.into_answer(), Answer::Failed(gap()));

        let mut silent_part = Gathered::default();
        silent_part.gap(gap());
        silent_part.part_answered();
        assert_eq!(silent_part.into_answer(), Answer::Partly { content: Content::default(), missing: vec![gap()] });

        let mut facts = Gathered::default();
        facts.fact(Fact::UnderWay { label: "Aktivitetsstöd".to_owned() });
        assert!(matches!(facts.into_answer(), Answer::Answered(content) if content.facts.len() == 1));
    }

    #[test]
    fn a_row_that_cannot_be_read_is_a_gap_told_once() {
        let mut gathered = Gathered::default();
        gathered.row(None);
        gathered.row(None);
        assert_eq!(gathered.into_answer(), Answer::Failed(MALFORMED));
    }

    #[test]
    fn a_code_that_could_tell_of_a_person_is_left_out() {
        for code in ["199006022397", "900602-2397", "Anna Svensson\n", "ä", "", &"x".repeat(41)] {
            assert_eq!(failure(FailureKind::Refused, Some(code)).code, None, "{code}");
        }
        assert_eq!(failure(FailureKind::Refused, Some(" BT-502 ")).code.as_deref(), Some("BT-502"));
    }
}
