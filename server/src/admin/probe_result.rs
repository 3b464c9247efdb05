//! A test of a connection as it is stored, and as its page shows it.

use std::time::Duration;

use app::admin::model::{StepResult, TestStage};
use app::model::Phrase;
use domain::authority::ProbeStage;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::authority::{Note, ProbeProblem, ProbeResult, ProbeState};
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
        stages: Vec<ProbeResult>,
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
        Stored::Unusable => ProbeStage::ALL.iter().copied().map(unusable).collect(),
        Stored::Done { stages } => stages.into_iter().map(|result| shown_stage(result, &day)).collect(),
    })
}

fn unusable(stage: ProbeStage) -> TestStage {
    let problem = Phrase::new("source-problem-settings");
    let result = match stage {
        ProbeStage::Dns => StepResult::Failed { took: Duration::ZERO, problem, note: None },
        _ => StepResult::NotTried,
    };
    TestStage { stage, result }
}

fn shown_stage(tested: ProbeResult, day: &impl Fn(Timestamp) -> Date) -> TestStage {
    let took = Duration::from_millis(tested.took_ms);
    let note = tested.note.map(|note| note_phrase(note, day));
    let result = match tested.state {
        ProbeState::Ok => StepResult::Passed { took, note },
        ProbeState::Failed => {
            // A failed stage always says what is wrong.
            let problem = Phrase::new(problem_key(tested.problem.unwrap_or(ProbeProblem::SourceFailed)));
            StepResult::Failed { took, problem, note }
        }
        ProbeState::Skipped => StepResult::NotTried,
    };
    TestStage { stage: tested.stage, result }
}

const fn problem_key(problem: ProbeProblem) -> &'static str {
    match problem {
        ProbeProblem::UnknownHost => "source-problem-unknown-host",
        ProbeProblem::ForbiddenAddress => "source-problem-forbidden-address",
        ProbeProblem::NoConnection => "source-problem-no-connection",
        ProbeProblem::TimedOut => "source-problem-timed-out",
        ProbeProblem::CertificateExpired => "source-problem-certificate-expired",
        ProbeProblem::CertificateUnknown => "source-problem-certificate-unknown",
        ProbeProblem::CertificateForOther => "source-problem-certificate-for-other",
        ProbeProblem::TlsFailed => "source-problem-tls-failed",
        ProbeProblem::Denied => "source-problem-denied",
        ProbeProblem::SourceFailed => "source-problem-source-failed",
        ProbeProblem::Malformed => "source-problem-malformed",
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
            ProbeProblem::UnknownHost,
            ProbeProblem::ForbiddenAddress,
            ProbeProblem::NoConnection,
            ProbeProblem::TimedOut,
            ProbeProblem::CertificateExpired,
            ProbeProblem::CertificateUnknown,
            ProbeProblem::CertificateForOther,
            ProbeProblem::TlsFailed,
            ProbeProblem::Denied,
            ProbeProblem::SourceFailed,
            ProbeProblem::Malformed,
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
        let result = |stage, state, problem, note| ProbeResult { stage, state, took_ms: 12, problem, note };
        let stages = vec![
            result(ProbeStage::Dns, ProbeState::Ok, None, Some(Note::Addresses { count: 1 })),
            result(ProbeStage::Tcp, ProbeState::Failed, Some(ProbeProblem::NoConnection), None),
            result(ProbeStage::Tls, ProbeState::Skipped, None, None),
        ];
        let shown = shown(Stored::Done { stages }.column().unwrap(), |_| DAY).unwrap();
        let took = Duration::from_millis(12);
        let note = Phrase::new("source-note-addresses").with("count", 1_u32);
        let problem = Phrase::new("source-problem-no-connection");
        let expected = [
            TestStage { stage: ProbeStage::Dns, result: StepResult::Passed { took, note: Some(note) } },
            TestStage { stage: ProbeStage::Tcp, result: StepResult::Failed { took, problem, note: None } },
            TestStage { stage: ProbeStage::Tls, result: StepResult::NotTried },
        ];
        assert!(shown == expected);
    }

    #[test]
    fn a_test_without_stages_says_why() {
        assert!(shown(Stored::Running.column().unwrap(), |_| DAY).unwrap().is_empty());
        let unusable = shown(Stored::Unusable.column().unwrap(), |_| DAY).unwrap();
        assert_eq!(unusable.len(), ProbeStage::ALL.len());
        assert!(matches!(unusable[0].result, StepResult::Failed { .. }));
        assert!(shown(serde_json::json!([]), |_| DAY).is_err());
    }
}
