use std::collections::HashMap;

use domain::form::{TooLongToKeep, Typed};
use domain::id::StaffId;
use domain::norm::set_lines::{LineKey, TypedLine, settable};
use jiff::civil::Date;
use serde::Deserialize;

use crate::case::calculation::Review;
use crate::case::decision_draft::{DecisionDraft, LineConflict};

/// The form, as posted: what every such form has, and the fields that depend on what the page showed.
#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: i32,
    /// The sum that the page showed.
    pub seen: String,
    act: Option<Pressed>,
    /// The words to the person.
    #[serde(default)]
    pub note: String,
    /// An answer that is not chosen, or a line that the page did not show, is missing; it is empty.
    #[serde(flatten)]
    rest: HashMap<String, String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Pressed {
    Calculate,
}

impl Posted {
    /// Whether the caseworker pressed to decide, and not to calculate again.
    pub(super) fn decides(&self) -> bool {
        self.act.is_none()
    }

    /// Puts everything in its place in the draft. Where the page was stale and another window had typed something else, that is
    /// kept beside it. Tells whether the page was stale.
    pub(super) fn put(
        &mut self,
        draft: &mut DecisionDraft,
        revision: i32,
        review: &Review,
        by: StaffId,
        today: Date,
    ) -> Result<bool, TooLongToKeep> {
        let stale = self.revision != revision;
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
        put("note".to_owned(), &mut draft.note, std::mem::take(&mut self.note))?;
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
        self.rest.remove(field).unwrap_or_default()
    }
}
