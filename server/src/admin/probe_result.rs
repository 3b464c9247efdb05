//! A test of a connection as it is stored, and as the port tells of it.

use std::time::Duration;

use app::admin::port::{Stage, StageResult, TestStage};
use app::port::Phrase;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::authority::{self, Note, Problem, StageState};
use crate::db::DbError;

/// How it stands with a test: the column `source_test.stages`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(super) enum Stored {
    /// It runs, or the service was stopped while it did.
    Running,
    /// No source can be made of the settings; why stands in the log.
    Unusable,
    /// It has been run.
    Done {
        /// Every stage in order.
        stages: Vec<authority::StageResult>,
    },
}

impl Stored {
    /// As the column holds it.
    pub(super) fn column(&self) -> Result<serde_json::Value, DbError> {
        serde_json::to_value(self).map_err(|_| DbError::Inconsistent { column: "source_test.stages" })
    }
}

/// The stages of a stored test. `day` says on which day of people's calendar an instant falls.
pub(super) fn shown(column: serde_json::Value, day: impl Fn(Timestamp) -> Date) -> Result<Vec<TestStage>, DbError> {
    let stored = serde_json::from_value(column).map_err(|_| DbError::Inconsistent { column: "source_test.stages" })?;
    Ok(match stored {
        Stored::Running => Vec::new(),
        Stored::Unusable => Stage::ALL.into_iter().map(unusable).collect(),
        Stored::Done { stages } => stages.into_iter().map(|result| shown_stage(result, &day)).collect(),
    })
}

fn unusable(stage: Stage) -> TestStage {
    let problem = Phrase::new("source-problem-settings");
    let result = match stage {
        Stage::Address => StageResult::Failed { took: Duration::ZERO, problem, note: None },
        _ => StageResult::NotTried,
    };
    TestStage { stage, result }
}

fn shown_stage(tested: authority::StageResult, day: &impl Fn(Timestamp) -> Date) -> TestStage {
    let took = Duration::from_millis(tested.took_ms);
    let note = tested.note.map(|note| note_phrase(note, day));
    let result = match tested.state {
        StageState::Ok => StageResult::Passed { took, note },
        StageState::Failed => {
            // A failed stage always says what is wrong.
            let problem = Phrase::new(problem_key(tested.problem.unwrap_or(Problem::SourceFailed)));
            StageResult::Failed { took, problem, note }
        }
        StageState::Skipped => StageResult::NotTried,
    };
    TestStage { stage: shown_name(tested.stage), result }
}

const fn shown_name(stage: authority::Stage) -> Stage {
    match stage {
        authority::Stage::Dns => Stage::Address,
        authority::Stage::Tcp => Stage::Connection,
        authority::Stage::Tls => Stage::Security,
        authority::Stage::Authorisation => Stage::Access,
        authority::Stage::Sample => Stage::Answer,
    }
}

const fn problem_key(problem: Problem) -> &'static str {
    match problem {
        Problem::UnknownHost => "source-problem-unknown-host",
        Problem::ForbiddenAddress => "source-problem-forbidden-address",
        Problem::NoConnection => "source-problem-no-connection",
        Problem::TimedOut => "source-problem-timed-out",
        Problem::CertificateExpired => "source-problem-certificate-expired",
        Problem::CertificateUnknown => "source-problem-certificate-unknown",
        Problem::CertificateForOther => "source-problem-certificate-for-other",
        Problem::TlsFailed => "source-problem-tls-failed",
        Problem::Denied => "source-problem-denied",
        Problem::SourceFailed => "source-problem-source-failed",
        Problem::Malformed => "source-problem-malformed",
    }
}

fn note_phrase(note: Note, day: &impl Fn(Timestamp) -> Date) -> Phrase {
    match note {
        Note::Addresses { count } => {
            Phrase::new("source-note-addresses").with("count", u32::try_from(count).unwrap_or(u32::MAX))
        }
        Note::ValidUntil { until } => Phrase::new("source-note-valid-until").with("day", day(until)),
        Note::Code { code } => Phrase::new("source-note-code").with("code", code),
        Note::AgencyNotCalled => Phrase::new("source-note-agency-not-called"),
    }
}

#[cfg(test)]
mod tests {
    use app::i18n::Catalogue;
    use jiff::civil::date;

    use super::*;

    const DAY: Date = date(2027, 3, 1);

    fn words(phrase: &Phrase) -> String {
        let words = Catalogue::load().unwrap().original().phrase(phrase);
        assert_ne!(words, phrase.key, "the text exists");
        words
    }

    #[test]
    fn every_problem_and_note_has_words() {
        for problem in [
            Problem::UnknownHost,
            Problem::ForbiddenAddress,
            Problem::NoConnection,
            Problem::TimedOut,
            Problem::CertificateExpired,
            Problem::CertificateUnknown,
            Problem::CertificateForOther,
            Problem::TlsFailed,
            Problem::Denied,
            Problem::SourceFailed,
            Problem::Malformed,
        ] {
            words(&Phrase::new(problem_key(problem)));
        }
        words(&Phrase::new("source-problem-settings"));
        for (note, holds) in [
            (Note::Addresses { count: 2 }, "2 adresser"),
            (Note::ValidUntil { until: Timestamp::UNIX_EPOCH }, "1\u{a0}mars 2027"),
            (Note::Code { code: "http-503".to_owned() }, "http-503"),
            (Note::AgencyNotCalled, "Myndigheten"),
        ] {
            let words = words(&note_phrase(note, &|_| DAY));
            assert!(words.contains(holds), "{words}");
        }
    }

    #[test]
    fn what_is_stored_is_what_is_told() {
        let result = |stage, state, problem, note| authority::StageResult { stage, state, took_ms: 12, problem, note };
        let stages = vec![
            result(authority::Stage::Dns, StageState::Ok, None, Some(Note::Addresses { count: 1 })),
            result(authority::Stage::Tcp, StageState::Failed, Some(Problem::NoConnection), None),
            result(authority::Stage::Tls, StageState::Skipped, None, None),
        ];
        let shown = shown(Stored::Done { stages }.column().unwrap(), |_| DAY).unwrap();
        let took = Duration::from_millis(12);
        let note = Phrase::new("source-note-addresses").with("count", 1_u32);
        let problem = Phrase::new("source-problem-no-connection");
        let expected = [
            TestStage { stage: Stage::Address, result: StageResult::Passed { took, note: Some(note) } },
            TestStage { stage: Stage::Connection, result: StageResult::Failed { took, problem, note: None } },
            TestStage { stage: Stage::Security, result: StageResult::NotTried },
        ];
        assert!(shown == expected);
    }

    #[test]
    fn a_test_without_stages_says_why() {
        assert!(shown(Stored::Running.column().unwrap(), |_| DAY).unwrap().is_empty());
        let unusable = shown(Stored::Unusable.column().unwrap(), |_| DAY).unwrap();
        assert_eq!(unusable.len(), Stage::ALL.len());
        assert!(matches!(unusable[0].result, StageResult::Failed { .. }));
        assert!(shown(serde_json::json!([]), |_| DAY).is_err());
    }
}
