use std::collections::HashMap;

use domain::form::{TooLongToKeep, Typed};
use domain::id::StaffId;
use domain::norm::set_lines::{LineKey, TypedLine, settable};
use jiff::civil::Date;

use crate::case::calculation::Review;
use crate::case::decision_draft::{DecisionDraft, LineConflict};

/// The form, as posted. A field that is missing is empty.
pub(super) struct Posted(HashMap<String, String>);

impl From<Vec<(String, String)>> for Posted {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl Posted {
    /// Whether the caseworker pressed to decide, and not to calculate again.
    pub(super) fn decides(&self) -> bool {
        self.0.get("act").is_none_or(|act| act != "calculate")
    }

    /// The words to the person.
    pub(super) fn note(&self) -> &str {
        self.0.get("note").map_or("", String::as_str)
    }

    /// The sum that the page showed.
    pub(super) fn seen(&self) -> &str {
        self.0.get("seen").map_or("", String::as_str)
    }

    /// Puts everything in its place in the draft. Where the page was stale and another window had typed something else, that is
    /// kept beside it. Tells whether the page was stale.
    pub(super) fn put(
        mut self,
        draft: &mut DecisionDraft,
        revision: i32,
        review: &Review,
        by: StaffId,
        today: Date,
    ) -> Result<bool, TooLongToKeep> {
        let stale = self.take("revision").parse() != Ok(revision);
        draft.deciding = self.decides();
        draft.pressed |= draft.deciding;
        // A conflict stands until somebody posts from the page that shows it.
        let mut conflicts = if stale { std::mem::take(&mut draft.conflicts) } else { Vec::new() };
        let mut put = |field: String, there: &mut Typed, posted: String| {
            let other = there.replace(posted, stale)?;
            conflicts.extend(other.map(|other| LineConflict { field, other }));
            Ok(())
        };
        put("outcome".to_owned(), &mut draft.outcome, self.take("outcome"))?;
        put("reason".to_owned(), &mut draft.reason, self.take("reason"))?;
        put("note".to_owned(), &mut draft.note, self.take("note"))?;
        put("amount".to_owned(), &mut draft.amount, self.take("amount"))?;
        for line in review.outcome.iter().flat_map(|made| settable(&made.result)) {
            let key = LineKey::of(&line.subject);
            let (value, why) = (self.take(&key.value_field()), self.take(&key.why_field()));
            let mut typed = TypedLine::typed(draft.lines.remove(&key), line, (&value, &why), by, today);
            put(key.value_field(), &mut typed.value, value)?;
            put(key.why_field(), &mut typed.why, why)?;
            if !typed.is_blank() {
                draft.lines.insert(key, typed);
            }
        }
        draft.conflicts = conflicts;
        Ok(stale)
    }

    fn take(&mut self, field: &str) -> String {
        self.0.remove(field).unwrap_or_default()
    }
}
