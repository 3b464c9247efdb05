//! Whatever is written, and whatever becomes of it.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// The applicant's annex of the form that goes with the core.
fn annex_beside(core: &Core) -> Annex {
    match core.schema.annex() {
        AnnexSchema::V1 => first_annex(SignerRole::Applicant),
        AnnexSchema::V2 => second_annex(SignerRole::Applicant),
        AnnexSchema::V3 => third_annex(SignerRole::Applicant),
        AnnexSchema::V4 => fourth_annex(SignerRole::Applicant),
        AnnexSchema::V5 => {
            let mut annex = annex(SignerRole::Applicant);
            // What was made up has other rows than the sample shows proof of.
            annex.proofs = annex.proofs.only_of(&[SICK_LEAVE]);
            annex
        }
    }
}

/// Every leaf of a document, as a path of keys and indices.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| leaves(item, &format!("{path}/{index}"), found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(key, field)| leaves(field, &format!("{path}/{key}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => found.push(path.to_owned()),
    }
}

fn spelt(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).unwrap()
}

fn any_text() -> impl Strategy<Value = PlainText> {
    ".{0,20}".prop_map(|typed| PlainText::new(&typed))
}

fn any_income() -> impl Strategy<Value = IncomeStatement> {
    (
        any::<u128>(),
        prop::sample::select(IncomeKind::ALL),
        1i64..=100_000_000,
        0i32..400,
        any::<bool>(),
        prop::option::of(any_text()),
    )
        .prop_map(|(id, kind, ore, days, johan, note)| IncomeStatement {
            id: StatementId(Uuid::from_u128(id)),
            kind,
            amount: Money::from_ore(ore),
            date: date(2025, 11, 1).saturating_add(jiff::ToSpan::days(days)),
            state: if days > 388 { RowState::Planned } else { RowState::Paid },
            person: if johan { JOHAN } else { PETRA },
            payer: None,
            note,
            carried: None,
        })
}

/// A core of the second schema with so many answers, or of the newest.
fn any_core() -> impl Strategy<Value = Core> {
    let answers = prop::option::of(0usize..6);
    (prop::collection::vec(any_income(), 0..4), prop::option::of(any_text()), any_text(), answers).prop_map(
        |(incomes, change, label, answers)| {
            let mut core = if answers.is_some() { second_core() } else { core() };
            core.incomes = incomes;
            core.household_statement = change.map_or(HouseholdStatement::Same, |change| HouseholdStatement::Changed {
                changes: Vec::new(),
                change: Some(change),
            });
            if let Some((authorities, answers)) = core.authorities.as_mut().zip(answers) {
                if let AnswerFact::Answered { rows, .. } = &mut authorities[0].answer {
                    rows[0].label = label;
                }
                authorities.truncate(answers);
            }
            core
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(core in any_core()) {
        let bytes = core.to_bytes().unwrap();
        prop_assert_eq!(read::<Core>(&bytes), Ok(core));
    }

    #[test]
    fn two_cores_have_one_digest_only_when_they_are_one(one in any_core(), other in any_core()) {
        prop_assert_eq!(one == other, one.digest().unwrap() == other.digest().unwrap());
    }

    #[test]
    fn any_edit_of_a_value_gives_another_digest(core in any_core(), which: prop::sample::Index, with in ".{0,6}") {
        let mut value = serde_json::to_value(&core).unwrap();
        let mut found = Vec::new();
        leaves(&value, "", &mut found);
        let leaf = value.pointer_mut(&found[which.index(found.len())]).unwrap();
        prop_assume!(*leaf != Value::String(with.clone()));
        *leaf = Value::String(with);
        prop_assert_ne!(Digest::of(&spelt(&value)), core.digest().unwrap());
    }

    #[test]
    fn any_row_taken_away_or_moved_gives_another_digest(core in any_core(), which: prop::sample::Index) {
        prop_assume!(!core.incomes.is_empty());
        let mut shorter = core.clone();
        let row = shorter.incomes.remove(which.index(core.incomes.len()));
        prop_assert_ne!(shorter.digest().unwrap(), core.digest().unwrap());
        shorter.incomes.push(row);
        prop_assert_eq!(shorter.incomes == core.incomes, shorter.digest().unwrap() == core.digest().unwrap());
    }

    #[test]
    fn any_change_of_a_byte_is_seen(core in any_core(), place: prop::sample::Index, byte: u8, annex_too: bool) {
        let mut stored = Stored::new(&core, &annex_beside(&core));
        let manifest = Manifest::new(binding(), &stored.originals()).unwrap();
        let bytes = if annex_too { &mut stored.annex } else { &mut stored.core };
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        let expected = if annex_too { DocumentError::AnnexDiffers } else { DocumentError::CoreDiffers };
        prop_assert_eq!(manifest.verify(&stored.originals()), Err(expected));
        if let Ok(read_anyway) = read::<Core>(&stored.core) {
            prop_assert_eq!(read_anyway.to_bytes().unwrap(), stored.core);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = (read::<Core>(&bytes), read::<Annex>(&bytes), read::<Manifest>(&bytes));
    }

    #[test]
    fn another_nonce_makes_another_manifest(one: [u8; 16], other: [u8; 16]) {
        let stored = Stored::new(&core(), &annex(SignerRole::Applicant));
        let signed = |nonce| {
            let binding = Binding { nonce: Nonce::from_random(nonce), ..binding() };
            Manifest::new(binding, &stored.originals()).unwrap().digest().unwrap()
        };
        prop_assert_eq!(one == other, signed(one) == signed(other));
    }
}
