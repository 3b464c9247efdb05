//! What somebody's month has been, as sentences.

use domain::renewal::episode::{AbsenceReason, Episode};
use jiff::civil::Date;

use super::{Phrase, Value};

/// One episode in a sentence.
pub fn told(episode: &Episode) -> Phrase {
    let key = |key: &'static str| Value::Key(key.into());
    match episode {
        Episode::Work { place, from, to } => {
            lasting("told-work", "told-work-on", *from, *to).with("place", place.as_str())
        }
        Episode::Study { place, from, to } => {
            lasting("told-study", "told-study-on", *from, *to).with("place", place.as_str())
        }
        Episode::SickLeave { from, to, extent, certificate, .. } => Phrase::new("told-sick-leave")
            .with("from", *from)
            .with("to", *to)
            .with("extent", key(extent.key()))
            .with("certificate", key(certificate.key())),
        Episode::ParentalLeave { from, to, extent } => {
            lasting("told-parental-leave", "told-parental-leave-on", *from, *to).with("extent", key(extent.key()))
        }
        Episode::Activity { what, planned, done } => Phrase::new("told-activity")
            .with("what", what.as_str())
            .with("planned", i64::from(planned.0))
            .with("done", i64::from(done.0)),
        Episode::Absence { from, to, reason, why } => {
            let phrase = match (reason, why) {
                (AbsenceReason::Other, Some(why)) => Phrase::new("told-absence-other").with("why", why.as_str()),
                (_, Some(why)) => Phrase::new("told-absence-why").with("why", why.as_str()),
                (_, None) => Phrase::new("told-absence"),
            };
            phrase.with("from", *from).with("to", *to).with("reason", key(reason.key()))
        }
    }
}

/// One text for what has ended, another for what goes on.
fn lasting(ended: &'static str, goes_on: &'static str, from: Date, to: Option<Date>) -> Phrase {
    match to {
        Some(to) => Phrase::new(ended).with("from", from).with("to", to),
        None => Phrase::new(goes_on).with("from", from),
    }
}
