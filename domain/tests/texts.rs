//! Everything that the rules say to people has a text in Swedish and English, with the values that the rules give.

use std::collections::{BTreeMap, BTreeSet};

use domain::Money;
use domain::decision::{Decision, DecisionError, Outcome, Provision, Reason};
use domain::form::{Arg, FormProblem};
use jiff::civil::date;

macro_rules! locale {
    ($language:literal, $file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../app/locales/", $language, "/", $file))
    };
}

const ERRORS: [&str; 2] = [locale!("sv", "errors.ftl"), locale!("en", "errors.ftl")];
const DECISIONS: [&str; 2] = [locale!("sv", "decisions.ftl"), locale!("en", "decisions.ftl")];

/// The keys of a file, each with the names of the values inside its text. Every text of these files stands on one line.
fn texts(file: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (key, text) = line.split_once(" = ").unwrap_or((line, ""));
            let values = text.split("{ $").skip(1).filter_map(|rest| rest.split_once(" }").map(|(name, _)| name));
            (key, values.collect())
        })
        .collect()
}

fn names(args: &[(&'static str, Arg)]) -> BTreeSet<&'static str> {
    args.iter().map(|(name, _)| *name).collect()
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_values() {
    for [swedish, english] in [ERRORS, DECISIONS] {
        assert_eq!(texts(swedish), texts(english));
    }
}

#[test]
fn every_problem_has_a_text_with_the_values_that_it_gives() {
    let day = date(2026, 11, 24);
    let with_values = [
        FormProblem::AmountTooLarge { limit: Money::LIMIT },
        FormProblem::DateMissing { example: day },
        FormProblem::DateNotADate { example: day },
        FormProblem::DateNotInCalendar { last: day },
        FormProblem::DateTooEarly { first: day },
        FormProblem::DateTooLate { last: day },
        FormProblem::LastDayBeforeFirst { first: day },
        FormProblem::TextTooLong { max: 500, length: 612 },
        FormProblem::TextTooShort { min: 10 },
        FormProblem::CountNotInRange { least: 2, most: 30 },
        FormProblem::ListTooLong { max: 50 },
        FormProblem::TextNotKept { max: 10_000 },
    ];
    for file in ERRORS {
        let texts = texts(file);
        for key in FormProblem::KEYS {
            let problem = with_values.iter().find(|problem| problem.key() == *key);
            let values = problem.map(|problem| names(&problem.args())).unwrap_or_default();
            assert_eq!(texts.get(key), Some(&values), "{key}");
        }
    }
}

#[test]
fn everything_in_a_decision_has_a_text() {
    for file in DECISIONS {
        let texts = texts(file);
        let meanings = Outcome::ALL.iter().map(|outcome| format!("{}-meaning", outcome.key()));
        let codes = Outcome::ALL.iter().map(|outcome| outcome.key());
        let codes = codes.chain(Reason::ALL.iter().map(|reason| reason.key()));
        let codes = codes.chain(Provision::ALL.iter().map(|provision| provision.key())).map(String::from);
        for key in codes.chain(meanings) {
            assert_eq!(texts.get(key.as_str()), Some(&BTreeSet::new()), "{key}");
        }
    }
}

#[test]
fn everything_wrong_with_a_decision_has_a_text_with_its_values() {
    let payable = Money::from_kronor(8_662);
    let errors = [
        DecisionError::NegativeBasis,
        DecisionError::QuestionsOpen { count: 2 },
        DecisionError::NothingNeeded,
        DecisionError::NotThePayable { payable },
        DecisionError::LeavesOut { left_out: payable },
        DecisionError::LeavesOutNothing,
        DecisionError::AmountMissing,
        DecisionError::GrantAmount,
        DecisionError::TooManyGrants,
        DecisionError::GrantWithoutGranting,
        DecisionError::ReasonMissing,
        DecisionError::ReasonUnfit(Reason::Other),
        DecisionError::ReasonContradicted(Reason::IncomeCoversNeed),
        DecisionError::NoteMissing,
        DecisionError::NoteMissingForAmount,
        DecisionError::NoteTooLong,
        DecisionError::ProvisionMissing,
        DecisionError::NameMissing,
        DecisionError::DeciderTwice,
    ];
    for file in DECISIONS {
        let texts = texts(file);
        for error in errors {
            assert_eq!(texts.get(error.key()), Some(&names(&error.args())), "{error:?}");
        }
    }
    assert_eq!(DecisionError::TooManyGrants.args(), [("max", Arg::Count(Decision::GRANTS_MAX))]);
}
