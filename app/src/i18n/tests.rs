//! Every language says the same things, every key that the code asks for exists, and no text lies about unused.

use std::collections::{BTreeMap, BTreeSet};

use domain::authority::{Agency, ProbeStage};
use domain::decision::Reason;
use domain::decision::{AloneUpTo, TakesTwo};
use domain::kind::{ExpenseKind, IncomeKind, KindGroup};
use domain::message::MessageSubject;
use domain::opening::{OpeningPurpose, UnusualKind};
use domain::renewal::activity::ActivityAnswer;
use domain::renewal::dispute::DisputeReason;
use domain::renewal::episode::{AbsenceReason, Certificate, EpisodeKind, Extent};
use domain::renewal::household_change::{ChangeKind, Relation, Sharing, Tenure};
use domain::staff::RelationKind;
use domain::{Money, NormMonth};
use fluent_syntax::ast;
use jiff::civil::{date, datetime};

use super::Catalogue;
use crate::model::{Outcome, PayoutState};
use crate::problem::ProblemPage;
use crate::source_rules::{production_sources, repository_sources};

/// Keys that are put together from a code: each is read from a type or written by another crate, so no literal of it stands here.
const COMPOSED: &[&str] = &[
    "absence-",
    "activity-",
    "agency-",
    "asset-kind-",
    "benefit-",
    "calculation-",
    "certificate-",
    "change-kind-",
    "decision-",
    "dispute-at-",
    "dispute-reason-",
    "episode-kind-",
    "error-",
    "event-",
    "expense-kind-",
    "extent-",
    "file-problem-",
    "finding-",
    "home-progress-payout-",
    "inbox-caption-",
    "inbox-empty-",
    "inbox-tab-",
    "income-kind-",
    "job-cause-",
    "job-reason-",
    "kind-group-",
    "language-",
    "moved-in-relation-",
    "outcome-",
    "problem-",
    "proof-media-",
    "provision-",
    "purpose-",
    "relation-",
    "sharing-",
    "signed-",
    "source-note-",
    "source-problem-",
    "source-stage-",
    "subject-",
    "takes-two-",
    "tenure-",
    "unusual-",
];

/// Keys of one language with their placeholders.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn keys_of(language: &str) -> (Keys, BTreeSet<String>) {
    let mut keys = Keys::new();
    let mut referred = BTreeSet::new();
    for (path, source) in repository_sources(&format!("locales/{language}"), "ftl") {
        let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{path}: {errors:?}"));
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            let mut found = Found { placeholders: BTreeSet::new(), referred: &mut referred };
            found.pattern(&message.value.unwrap_or_else(|| panic!("{path}: {} has no text", message.id.name)));
            keys.insert(message.id.name, found.placeholders);
        }
    }
    (keys, referred)
}

/// Walks a text for the placeholders that it uses and the texts that it refers to.
struct Found<'a> {
    placeholders: BTreeSet<String>,
    referred: &'a mut BTreeSet<String>,
}

impl Found<'_> {
    fn pattern(&mut self, pattern: &ast::Pattern<String>) {
        for element in &pattern.elements {
            if let ast::PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &ast::Expression<String>) {
        match expression {
            ast::Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
            ast::Expression::Inline(inline) => self.inline(inline),
        }
    }

    fn inline(&mut self, inline: &ast::InlineExpression<String>) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                self.placeholders.insert(id.name.clone());
            }
            ast::InlineExpression::MessageReference { id, .. } => {
                self.referred.insert(id.name.clone());
            }
            ast::InlineExpression::Placeable { expression } => self.expression(expression),
            ast::InlineExpression::StringLiteral { .. }
            | ast::InlineExpression::NumberLiteral { .. }
            | ast::InlineExpression::TermReference { .. }
            | ast::InlineExpression::FunctionReference { .. } => {}
        }
    }
}

/// The keys that a source asks for by name.
fn asked(source: &str) -> Vec<String> {
    let source = source.replace("format!(", "");
    ["t!(", "Phrase::new(", "texts.get(", "texts.with(", "self.get(", "self.with("]
        .iter()
        .flat_map(|call| source.split(call).skip(1))
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'))
        .map(|(key, _)| key.to_owned())
        .collect()
}

/// The sources of the server, which tells pages what to say by the keys of their texts.
fn server_sources() -> Vec<(String, String)> {
    let mut sources = repository_sources("../server/src", "rs");
    sources.retain(|(path, _)| !path.ends_with("tests.rs") && !path.contains("/tests/"));
    sources
}

#[test]
fn every_language_has_the_same_keys_and_placeholders() {
    let catalogue = Catalogue::load().unwrap();
    let (original, _) = keys_of("sv");
    for language in catalogue.languages() {
        let (keys, _) = keys_of(language.code());
        let missing: Vec<_> = original.keys().filter(|key| !keys.contains_key(*key)).collect();
        let alone: Vec<_> = keys.keys().filter(|key| !original.contains_key(*key)).collect();
        assert!(missing.is_empty() && alone.is_empty(), "{}: lacks {missing:?}, alone has {alone:?}", language.code());
        for (key, placeholders) in &keys {
            assert_eq!(placeholders, &original[key], "{}: {key}", language.code());
        }
    }
}

#[test]
fn every_key_that_the_code_names_exists() {
    let (keys, _) = keys_of("sv");
    for (path, source) in production_sources().into_iter().chain(server_sources()) {
        // A key with a brace in it is composed of a code; the next test has those.
        for key in asked(&source).into_iter().filter(|key| !key.contains('{')) {
            assert!(keys.contains_key(&key), "{path} asks for {key}");
        }
    }
}

#[test]
fn every_key_that_is_composed_of_a_code_exists() {
    let (keys, _) = keys_of("sv");
    let agencies = Agency::ALL.iter().map(|agency| format!("agency-{}", agency.code()));
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.inline_key().to_owned());
    let states = PayoutState::ALL.iter().map(|state| format!("home-progress-payout-{}", state.code()));
    let problems = ProblemPage::ALL.iter().flat_map(|problem| problem.keys());
    let of_tests = ProbeStage::ALL.iter().map(|stage| format!("source-stage-{}", stage.code()));
    let incomes = IncomeKind::ALL.iter().map(|kind| kind.key().to_owned());
    let expenses = ExpenseKind::ALL.iter().map(|kind| kind.key().to_owned());
    let decided = Outcome::ALL
        .iter()
        .flat_map(|outcome| ["", "-meaning"].map(|part| format!("decision-outcome-{}{part}", outcome.code())));
    let reasons = Reason::ALL.iter().map(|reason| reason.key().to_owned());
    let subjects = MessageSubject::ALL.iter().map(|subject| subject.key().to_owned());
    let errors = domain::form::FormProblem::KEYS.iter().map(|key| (*key).to_owned());
    let purposes = OpeningPurpose::ALL.iter().map(|purpose| purpose.key().to_owned());
    let unusual = UnusualKind::ALL.iter().map(|kind| kind.key().to_owned());
    let relations = RelationKind::ALL.iter().map(|kind| kind.key().to_owned());
    let activities = ActivityAnswer::ALL.iter().map(|answer| answer.key().to_owned());
    let disputes = DisputeReason::ALL.iter().map(|reason| reason.key().to_owned());
    let registers = Agency::ALL.iter().map(|agency| format!("dispute-at-{}", agency.code()));
    let changes = ChangeKind::ALL.iter().map(|kind| kind.key());
    let changes = changes.chain(KindGroup::ALL.iter().map(|group| group.key()));
    let changes = changes.chain(Relation::ALL.iter().map(|relation| relation.key()));
    let changes = changes.chain(Tenure::ALL.iter().map(|tenure| tenure.key()));
    let changes = changes.chain(Sharing::ALL.iter().map(|sharing| sharing.key())).map(str::to_owned);
    let episodes = EpisodeKind::ALL.iter().map(|kind| kind.key());
    let episodes = episodes.chain(Extent::ALL.iter().map(|extent| extent.key()));
    let episodes = episodes.chain(Certificate::ALL.iter().map(|certificate| certificate.key()));
    let episodes = episodes.chain(AbsenceReason::ALL.iter().map(|reason| reason.key())).map(str::to_owned);
    let two = ["not-delegated", "amount", "by-hand", "payee", "acquaintance"];
    let two =
        two.iter().filter_map(|code| TakesTwo::from_code(code, AloneUpTo::default())).map(|why| why.key().to_owned());
    let between =
        purposes.chain(unusual).chain(relations).chain(two).chain(activities).chain(disputes).chain(registers);
    let of_app = between
        .chain(changes)
        .chain(episodes)
        .chain(agencies)
        .chain(outcomes)
        .chain(states)
        .chain(problems)
        .chain(of_tests);
    for key in of_app.chain(incomes).chain(expenses).chain(decided).chain(reasons).chain(subjects).chain(errors) {
        assert!(keys.contains_key(&key), "{key}");
    }
}

#[test]
fn no_text_lies_about_unused() {
    let (keys, referred) = keys_of("sv");
    let sources: String = production_sources().into_iter().chain(server_sources()).map(|(_, source)| source).collect();
    let unused: Vec<_> = keys
        .keys()
        .filter(|key| !COMPOSED.iter().any(|prefix| key.starts_with(prefix)))
        .filter(|key| !referred.contains(*key) && !sources.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn amounts_are_written_as_people_write_them() {
    let texts = Catalogue::load().unwrap().texts("sv").unwrap();
    for (ore, written) in [
        (0, "0\u{a0}kr"),
        (50, "0,50\u{a0}kr"),
        (99_900, "999\u{a0}kr"),
        (841_200, "8\u{a0}412\u{a0}kr"),
        (841_205, "8\u{a0}412,05\u{a0}kr"),
        (123_456_700, "1\u{a0}234\u{a0}567\u{a0}kr"),
        (-1_021_600, "\u{2212}\u{a0}10\u{a0}216\u{a0}kr"),
    ] {
        assert_eq!(texts.money(Money::from_ore(ore)), written);
    }
}

#[test]
fn days_and_moments_are_written_in_the_readers_language() {
    let catalogue = Catalogue::load().unwrap();
    let month = NormMonth::new(2026, 12).unwrap();
    for (language, day, full, moment, of_year) in [
        ("sv", "24\u{a0}november", "24\u{a0}november 2026", "3\u{a0}november 09.12", "december 2026"),
        ("en", "24\u{a0}November", "24\u{a0}November 2026", "3\u{a0}November 09:12", "December 2026"),
    ] {
        let texts = catalogue.texts(language).unwrap();
        assert_eq!(texts.day(date(2026, 11, 24)), day);
        assert_eq!(texts.date(date(2026, 11, 24)), full);
        assert_eq!(texts.moment(datetime(2026, 11, 3, 9, 12, 0, 0)), moment);
        assert_eq!(texts.month_of_year(month), of_year);
    }
}

#[test]
fn a_browser_gets_the_language_that_it_likes_best() {
    let catalogue = Catalogue::load().unwrap();
    for (header, language) in [
        ("en-GB,en;q=0.9", "en"),
        ("fi,en;q=0.5", "en"),
        ("sv-FI", "sv"),
        ("fi", "sv"),
        ("", "sv"),
        ("*", "sv"),
        (";;,,\u{7f}", "sv"),
    ] {
        assert_eq!(catalogue.negotiate(header).language().code(), language, "{header}");
    }
}

#[test]
fn plural_forms_follow_the_number() {
    let texts = Catalogue::load().unwrap().texts("sv").unwrap();
    assert_eq!(texts.with("check-rows", &[("count", 1i64.into())]), "1 uppgift");
    assert_eq!(texts.with("check-rows", &[("count", 2i64.into())]), "2 uppgifter");
}
