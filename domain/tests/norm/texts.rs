//! Every explanation has words in every language, and the words ask for no argument that it does not have.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::{AssetKind, Certainty, Explanation, LineSection, Standing, calculate};
use domain::source::Source;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::household_file::BOOK_WITH_FRAGMENTS;
use crate::worked::HOUSEHOLDS;

fn locales() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/locales");
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
}

fn bundle(locale: &Path) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = locale.file_name().unwrap().to_str().unwrap().parse().unwrap();
    let mut bundle = FluentBundle::new(vec![language]);
    for file in ["calculation.ftl", "kind.ftl"] {
        let text = std::fs::read_to_string(locale.join(file)).unwrap();
        bundle.add_resource(FluentResource::try_new(text).unwrap()).unwrap();
    }
    bundle
}

/// The text of a key with every argument filled in; fails when it is missing or asks for another argument.
fn text(bundle: &FluentBundle<FluentResource>, key: &str, arguments: &[&str]) -> String {
    let message = bundle.get_message(key).unwrap_or_else(|| panic!("no text for {key}"));
    let mut args = FluentArgs::new();
    for argument in arguments {
        args.set(*argument, "5");
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(message.value().unwrap(), Some(&args), &mut errors).into_owned();
    assert!(errors.is_empty(), "{key}: {errors:?}");
    text
}

#[test]
fn every_explanation_has_words_in_every_language() {
    assert!(locales().len() >= 2);
    for locale in locales() {
        let bundle = bundle(&locale);
        for (key, arguments) in Explanation::KEYS {
            text(&bundle, &format!("calculation-{key}"), arguments);
        }
    }
}

#[test]
fn every_heading_kind_and_mark_has_words_in_every_language() {
    for locale in locales() {
        let bundle = bundle(&locale);
        let incomes = IncomeKind::ALL.iter().map(|kind| format!("income-kind-{}", kind.code()));
        let expenses = ExpenseKind::ALL.iter().map(|kind| format!("expense-kind-{}", kind.code()));
        let assets = AssetKind::ALL.iter().map(|kind| format!("asset-kind-{}", kind.code()));
        for key in incomes.chain(expenses).chain(assets) {
            text(&bundle, &key, &[]);
        }
        let sections = LineSection::ALL.iter().map(|section| section.text_key());
        let standings = [Standing::Counted, Standing::NotCounted, Standing::AsksHuman].map(Standing::text_key);
        let certainties = [Certainty::Official, Certainty::Derived, Certainty::Unverified].map(Certainty::text_key);
        let sources = Source::ALL.iter().map(|source| source.text_key());
        for key in sections.chain(standings).chain(certainties).chain(sources) {
            text(&bundle, key, &[]);
        }
    }
}

#[test]
fn every_line_has_a_name_and_the_arguments_that_its_words_ask_for() {
    for locale in locales() {
        let bundle = bundle(&locale);
        for worked in HOUSEHOLDS.iter() {
            for line in calculate(&BOOK_WITH_FRAGMENTS, &worked.input()).unwrap().lines {
                text(&bundle, line.subject.text_key(), &["from"]);
                for because in std::iter::once(line.because).chain(line.also) {
                    let arguments: Vec<_> = because.arguments().into_iter().map(|(name, _)| name).collect();
                    text(&bundle, because.text_key(), &arguments);
                }
            }
        }
    }
}

#[test]
fn keys_stand_once_and_are_spelled_alike() {
    let keys: BTreeSet<_> = Explanation::KEYS.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys.len(), Explanation::KEYS.len());
    assert!(keys.iter().all(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
}

#[test]
fn sentences_are_short() {
    for locale in locales() {
        let bundle = bundle(&locale);
        for (key, arguments) in Explanation::KEYS {
            let text = text(&bundle, &format!("calculation-{key}"), arguments);
            let longest = text.split(['.', ':']).map(|sentence| sentence.split_whitespace().count()).max();
            assert!(longest <= Some(20), "{key}: {text}");
        }
    }
}
