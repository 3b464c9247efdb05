//! What the administrator's pages have in common: names, states and times of sources, words for officials and for jobs.

use std::time::Duration;

use domain::job::{DropReason, JobCause};
use domain::staff::StaffRole;
use jiff::civil::DateTime;

use super::model::{JobKind, OfficialRow, Protocol, SourceRow};
use crate::i18n::Texts;
use crate::model::{Outcome, Tone};
use crate::ui::failure_word;

/// How a source is spoken to.
pub(super) fn protocol_name(texts: &Texts, protocol: Protocol) -> String {
    texts.get(match protocol {
        Protocol::Ssbtek => "sources-protocol-ssbtek",
        Protocol::Json => "sources-protocol-json",
    })
}

/// Whether a source is asked, with its weight.
pub(super) fn state_word(texts: &Texts, enabled: bool) -> (String, Tone) {
    if enabled { (texts.get("sources-on"), Tone::Good) } else { (texts.get("sources-off"), Tone::Warning) }
}

/// How long the service waits: for a connection, and for a whole answer.
pub(super) fn timeouts(texts: &Texts, source: &SourceRow) -> String {
    let connect = duration(texts, source.connect_timeout);
    let answer = duration(texts, source.answer_timeout);
    texts.with("sources-timeouts", &[("connect", connect.into()), ("answer", answer.into())])
}

/// When the source last answered.
pub(super) fn last_success(texts: &Texts, source: &SourceRow) -> String {
    source.last_success.map_or_else(|| texts.get("sources-never"), |at| texts.moment(at))
}

/// When the source last failed, and how.
pub(super) fn last_failure(texts: &Texts, source: &SourceRow) -> String {
    match source.last_failure {
        Some((at, kind)) => at_with(texts, at, &failure_word(texts, kind)),
        None => texts.get("sources-never"),
    }
}

fn at_with(texts: &Texts, at: DateTime, what: &str) -> String {
    texts.with("sources-failed-at", &[("at", texts.moment(at).into()), ("what", what.into())])
}

/// Questions and failures of the last 24 hours.
pub(super) fn day_count(texts: &Texts, source: &SourceRow) -> String {
    let day = source.day;
    texts.with("sources-day-count", &[("asked", day.asked.into()), ("failed", day.failed.into())])
}

/// `40 ms`, `1,9 s`, `30 s`.
pub(super) fn duration(texts: &Texts, time: Duration) -> String {
    let milliseconds = time.as_millis();
    if milliseconds < 1000 {
        return texts.with("sources-milliseconds", &[("number", milliseconds.to_string().into())]);
    }
    let tenths = (milliseconds + 50) / 100;
    let number = match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}{}{rest}", tenths / 10, texts.get("format-decimal-sign")),
    };
    texts.with("sources-seconds", &[("number", number.into())])
}

pub(super) fn role_name(texts: &Texts, role: StaffRole) -> String {
    texts.get(match role {
        StaffRole::Caseworker => "officials-caseworker",
        StaffRole::Admin => "officials-admin",
    })
}

/// What is delegated to somebody, in short.
pub(super) fn may_decide(texts: &Texts, official: &OfficialRow) -> String {
    let delegated = Outcome::ALL.iter().filter_map(|outcome| {
        let (name, up_to) = (texts.get(outcome.inline_key()), official.mandate.up_to(*outcome)?);
        let amount = [("outcome", name.as_str().into()), ("amount", up_to.into())];
        Some(if outcome.grants() { texts.with("officials-up-to", &amount) } else { name })
    });
    let delegated: Vec<_> = delegated.collect();
    if delegated.is_empty() { texts.get("officials-may-nothing") } else { delegated.join(", ") }
}

/// What somebody has more than their role.
pub(super) fn more(texts: &Texts, official: &OfficialRow) -> Vec<String> {
    let words = [(official.has_clearance, "officials-clearance"), (official.supervises, "officials-supervises")];
    words.into_iter().filter(|(has, _)| *has).map(|(_, key)| texts.get(key)).collect()
}

/// Whether somebody comes in, with its weight.
pub(super) fn official_state(texts: &Texts, official: &OfficialRow) -> (String, Tone) {
    match official.ended {
        None => (texts.get("officials-active"), Tone::Good),
        Some(_) => (texts.get("officials-ended"), Tone::Warning),
    }
}

pub(super) fn job_kind(texts: &Texts, kind: JobKind) -> String {
    texts.get(match kind {
        JobKind::AskAuthority => "jobs-kind-ask-authority",
        JobKind::Unknown => "jobs-kind-unknown",
    })
}

/// Why the latest try came to nothing.
pub(super) fn job_cause(texts: &Texts, cause: JobCause) -> String {
    texts.get(&format!("job-cause-{}", cause.code()))
}

/// Why somebody dropped it.
pub(super) fn job_reason(texts: &Texts, reason: DropReason) -> String {
    texts.get(&format!("job-reason-{}", reason.code()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Catalogue;

    #[test]
    fn times_are_as_exact_as_is_useful() {
        let texts = Catalogue::load().unwrap().texts("sv").unwrap();
        for (milliseconds, written) in [
            (0, "0\u{a0}ms"),
            (40, "40\u{a0}ms"),
            (999, "999\u{a0}ms"),
            (1_000, "1\u{a0}s"),
            (1_949, "1,9\u{a0}s"),
            (1_950, "2\u{a0}s"),
            (30_000, "30\u{a0}s"),
        ] {
            assert_eq!(duration(&texts, Duration::from_millis(milliseconds)), written);
        }
    }
}
