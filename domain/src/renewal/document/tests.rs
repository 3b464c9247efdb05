use jiff::civil::date;
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::*;
use crate::PersonNumber;
use crate::account::{Account, PayoutMethod};
use crate::authority::{Answer, AuthorityRow, Content, Fact, Failure, FailureKind, NotAsked, RowKind, RowState};
use crate::form::PlainText;
use crate::id::{CaseId, MunicipalityId, PersonId, RenewalId, StatementId};
use crate::kind::{ExpenseKind, IncomeKind};
use crate::money::Money;
use crate::renewal::judge::{ExpenseStatement, HouseholdStatement, IncomeStatement};
use crate::renewal::state::SignerRole;

const PETRA: PersonId = PersonId(Uuid::from_u128(0xa1));
const JOHAN: PersonId = PersonId(Uuid::from_u128(0xa2));
const RENEWAL: RenewalId = RenewalId(Uuid::from_u128(0xc0));

fn petras_account() -> PayoutMethod {
    PayoutMethod::Account { account: Account::parse("3300", "000620-5124").unwrap().0 }
}

fn text(text: &str) -> PlainText {
    PlainText::new(text)
}

fn member(person: PersonId, number: &str, name: &str, role: SignedRole) -> SignedMember {
    SignedMember { person, person_number: PersonNumber::parse(number).unwrap(), name: text(name), role }
}

/// A couple with everything that a core can hold. The identity numbers are published test numbers.
fn core() -> Core {
    let rent_benefit = AuthorityRow {
        label: "Bostadsbidrag".into(),
        kind: RowKind::Income(IncomeKind::HousingBenefit),
        amount: Money::from_kronor(1_900),
        pay_date: Some(date(2026, 11, 25)),
        period: Some((date(2026, 11, 1), date(2026, 11, 30))),
        state: RowState::Planned,
    };
    let fact = |source: &str, person, answer: &Answer, fetched: bool| AuthorityFact {
        source: text(source),
        person,
        fetched: fetched.then(|| "2026-11-24T08:14:00Z".parse().unwrap()),
        answer: answer.into(),
    };
    let failure = Failure { kind: FailureKind::TimedOut, code: Some("504".into()) };
    let job_seeker = Fact::RegisteredJobSeeker { since: date(2026, 3, 3) };
    let study = Fact::UnderWay { label: "Studiemedel".into() };
    Core {
        schema: CoreSchema::V2,
        renewal: RENEWAL,
        norm_month: "2026-12".parse().unwrap(),
        household: vec![
            member(PETRA, "199006022397", "Petra Nilsson", SignedRole::Applicant),
            member(JOHAN, "199107172380", "Johan Nilsson", SignedRole::CoApplicant),
        ],
        household_statement: HouseholdStatement::Changed { change: text("Vårt barn bor hos oss varannan vecka.") },
        authorities: vec![
            fact(
                "Försäkringskassan",
                PETRA,
                &Answer::Answered(Content { rows: vec![rent_benefit], facts: vec![] }),
                true,
            ),
            fact(
                "Arbetsförmedlingen",
                PETRA,
                &Answer::Answered(Content { rows: vec![], facts: vec![job_seeker] }),
                true,
            ),
            fact(
                "CSN",
                PETRA,
                &Answer::Partly {
                    content: Content { rows: vec![], facts: vec![study] },
                    missing: vec![failure.clone()],
                },
                true,
            ),
            fact("Skatteverket", PETRA, &Answer::NothingFound, true),
            fact("A-kassan", PETRA, &Answer::Failed(failure), false),
            fact("Försäkringskassan", JOHAN, &Answer::NotAsked(NotAsked::SwitchedOff), false),
        ],
        incomes: vec![IncomeStatement {
            id: StatementId(Uuid::from_u128(0xd1)),
            kind: IncomeKind::Wage,
            amount: Money::from_ore(305_450),
            date: date(2026, 11, 25),
            state: RowState::Planned,
            person: JOHAN,
            note: Some(text("Extra pass på lagret")),
        }],
        expenses: vec![ExpenseStatement {
            id: StatementId(Uuid::from_u128(0xd2)),
            kind: ExpenseKind::Rent,
            amount: Money::from_kronor(6_150),
            date: date(2026, 11, 30),
            state: RowState::Planned,
            person: None,
            note: None,
        }],
        payout: PayoutFact::of(&petras_account(), RENEWAL),
        declarations: Declaration::ALL.to_vec(),
    }
}

fn annex(role: SignerRole) -> Annex {
    Annex {
        schema: AnnexSchema::V1,
        renewal: core().renewal,
        role,
        phone: Some(text("070-123 45 67")),
        email: None,
        message: Some(text("CSN ska betala tillbaka.\nJag slutade läsa den 31 oktober.")),
    }
}

fn binding() -> Binding {
    Binding {
        municipality: MunicipalityId(Uuid::from_u128(0xe0)),
        case: CaseId(Uuid::from_u128(0xe1)),
        locale: "sv".parse().unwrap(),
        nonce: Nonce::from_random([7; 16]),
    }
}

struct Stored {
    core: Vec<u8>,
    annex: Vec<u8>,
}

impl Stored {
    fn new(core: &Core, annex: &Annex) -> Self {
        Self { core: core.to_bytes().unwrap(), annex: annex.to_bytes().unwrap() }
    }

    fn originals(&self) -> Originals<'_> {
        Originals {
            core: &self.core,
            annex: &self.annex,
            swedish_text: "Ansökan för december",
            shown_text: "Application for December",
            sign_message: "Jag skriver under ansökan för december.",
        }
    }
}

/// As the first schema had it: the end of an account binds nothing.
fn first_core() -> Core {
    let PayoutFact::Account { bank, account, .. } = core().payout else { unreachable!("it goes to an account") };
    Core { schema: CoreSchema::V1, payout: PayoutFact::Account { bank, account, digest: None }, ..core() }
}

/// The spelling of each schema is kept for as long as a signature may be questioned. Whoever needs another form makes one more schema
/// beside it.
#[test]
fn every_schema_is_kept() {
    for (core, kept) in [
        (first_core(), include_str!("../../../testdata/renewal-core-1.json")),
        (core(), include_str!("../../../testdata/renewal-core-2.json")),
    ] {
        assert_eq!(String::from_utf8(core.to_bytes().unwrap()).unwrap(), kept);
        assert_eq!(read::<Core>(kept.as_bytes()), Ok(core));
    }
    let stored = Stored::new(&first_core(), &annex(SignerRole::Applicant));
    let manifest = Manifest::new(binding(), &stored.originals()).unwrap();
    let kept = include_bytes!("../../../testdata/renewal-manifest-1.json");
    assert_eq!(String::from_utf8(manifest.to_bytes().unwrap()).unwrap(), String::from_utf8_lossy(kept));
    assert_eq!(read::<Manifest>(kept), Ok(manifest));
}

#[test]
fn money_goes_where_the_core_says_and_nowhere_else() {
    let core = core();
    assert!(core.pays_to(&petras_account()));
    // The same bank and the same last digits.
    let another = PayoutMethod::Account { account: Account::parse("3300", "920106-6124").unwrap().0 };
    assert_eq!(first_core().payout, {
        let PayoutFact::Account { bank, account, .. } = PayoutFact::of(&another, RENEWAL) else { unreachable!() };
        PayoutFact::Account { bank, account, digest: None }
    });
    for elsewhere in [another, PayoutMethod::PaymentSlip] {
        assert!(!core.pays_to(&elsewhere), "{elsewhere:?}");
    }
    assert!(!first_core().pays_to(&petras_account()), "the first schema binds no account");
    let slip = Core { payout: PayoutFact::PaymentSlip, ..first_core() };
    assert!(slip.pays_to(&PayoutMethod::PaymentSlip) && !slip.pays_to(&petras_account()));
}

#[test]
fn the_digest_of_an_account_can_be_taken_by_hand() {
    let PayoutMethod::Account { account } = petras_account() else { unreachable!("it is an account") };
    let lines = "00000000-0000-0000-0000-0000000000c0\n3300\n0006205124\n";
    assert_eq!(account_digest(&account, RENEWAL), Digest::of(lines.as_bytes()));
    assert_ne!(account_digest(&account, RenewalId(Uuid::from_u128(0xc1))), Digest::of(lines.as_bytes()));
}

#[test]
fn each_schema_binds_an_account_in_its_own_way() {
    let (first, second) = (first_core(), core());
    assert_eq!(Core { schema: CoreSchema::V2, ..first }.to_bytes(), Err(DocumentError::Account));
    assert_eq!(Core { schema: CoreSchema::V1, ..second }.to_bytes(), Err(DocumentError::Account));
}

#[test]
fn both_sign_the_same_facts_and_each_their_own_annex() {
    let applicant = Stored::new(&core(), &annex(SignerRole::Applicant));
    let other_annex = Annex { message: None, ..annex(SignerRole::CoApplicant) };
    let co_applicant = Stored::new(&core(), &other_annex);
    let first = Manifest::new(binding(), &applicant.originals()).unwrap();
    let second = Manifest::new(binding(), &co_applicant.originals()).unwrap();
    assert_eq!((first.core, first.municipality, first.case), (second.core, second.municipality, second.case));
    assert_ne!(first.annex, second.annex);
    assert_eq!((first.role, second.role), (SignerRole::Applicant, SignerRole::CoApplicant));
    assert_eq!(first.verify(&applicant.originals()), Ok((core(), annex(SignerRole::Applicant))));
    assert_eq!(first.verify(&co_applicant.originals()), Err(DocumentError::AnnexDiffers));
    let edited = Core { incomes: vec![], ..core() };
    let edited = Stored::new(&edited, &annex(SignerRole::CoApplicant));
    assert_ne!(first.core, Manifest::new(binding(), &edited.originals()).unwrap().core);
}

#[test]
fn every_part_is_covered() {
    let stored = Stored::new(&core(), &annex(SignerRole::Applicant));
    let originals = stored.originals();
    let manifest = Manifest::new(binding(), &originals).unwrap();
    let other =
        Stored::new(&Core { expenses: vec![], ..core() }, &Annex { phone: None, ..annex(SignerRole::Applicant) });
    for (changed, error) in [
        (Originals { core: &other.core, ..originals }, DocumentError::CoreDiffers),
        (Originals { annex: &other.annex, ..originals }, DocumentError::AnnexDiffers),
        (Originals { swedish_text: "Ansökan för november", ..originals }, DocumentError::SwedishTextDiffers),
        (Originals { shown_text: "", ..originals }, DocumentError::ShownTextDiffers),
        (
            Originals { sign_message: "Jag skriver under ansökan för december", ..originals },
            DocumentError::SignMessageDiffers,
        ),
    ] {
        assert_eq!(manifest.verify(&changed), Err(error));
    }
}

#[test]
fn what_does_not_belong_together_gets_no_manifest() {
    let of_another = Annex { renewal: RenewalId(Uuid::from_u128(0xff)), ..annex(SignerRole::Applicant) };
    let alone = Core { household: vec![core().household.remove(0)], authorities: vec![], incomes: vec![], ..core() };
    for stored in [Stored::new(&core(), &of_another), Stored::new(&alone, &annex(SignerRole::CoApplicant))] {
        assert_eq!(Manifest::new(binding(), &stored.originals()), Err(DocumentError::Misfit));
    }
    let stored = Stored::new(&core(), &annex(SignerRole::Applicant));
    let manifest = Manifest::new(binding(), &stored.originals()).unwrap();
    let swapped = Manifest { role: SignerRole::CoApplicant, ..manifest.clone() };
    assert_eq!(swapped.verify(&stored.originals()), Err(DocumentError::Misfit));
    let elsewhere = Manifest { renewal: RenewalId(Uuid::from_u128(0xff)), ..manifest };
    assert_eq!(elsewhere.verify(&stored.originals()), Err(DocumentError::Misfit));
}

#[test]
fn a_core_that_contradicts_itself_is_not_written() {
    let household = core().household;
    let with = |household| Core { household, ..core() };
    let twice = |index: usize| {
        let mut members = household.clone();
        members.push(SignedMember { role: SignedRole::Other, ..household[index].clone() });
        members
    };
    let mut two_applicants = household.clone();
    two_applicants[1].role = SignedRole::Applicant;
    let third = PersonId(Uuid::from_u128(0xa3));
    let mut two_co_applicants = household.clone();
    two_co_applicants.push(member(third, "194408139089", "Ali Noor", SignedRole::CoApplicant));
    let stranger = PersonId(Uuid::from_u128(0xbad));
    let mut same_number = household.clone();
    same_number[1].person_number = household[0].person_number;
    for (core, error) in [
        (with(vec![]), DocumentError::Household),
        (with(two_applicants), DocumentError::Household),
        (with(two_co_applicants), DocumentError::Household),
        (with(twice(1)), DocumentError::Household),
        (with(same_number), DocumentError::Household),
        (with(vec![household[0].clone()]), DocumentError::UnknownPerson),
        (
            Core { expenses: vec![ExpenseStatement { person: Some(stranger), ..core().expenses.remove(0) }], ..core() },
            DocumentError::UnknownPerson,
        ),
        (Core { declarations: vec![Declaration::ConsentToCheck], ..core() }, DocumentError::Declarations),
        (Core { declarations: vec![], ..core() }, DocumentError::Declarations),
    ] {
        assert_eq!(core.to_bytes(), Err(error));
    }
}

#[test]
fn an_amount_in_another_spelling_is_refused() {
    let bytes = core().to_bytes().unwrap();
    let written = String::from_utf8(bytes).unwrap();
    for other in ["\"3054.5\"", "\"3 054.50\"", "\"3054,50\"", "\"03054.50\"", "\"3054.50 kr\""] {
        let changed = written.replace("\"3054.50\"", other);
        assert_ne!(changed, written);
        assert_eq!(read::<Core>(changed.as_bytes()), Err(DocumentError::NotCanonical), "{other}");
    }
    let number = written.replace("\"3054.50\"", "3054.50");
    assert!(matches!(read::<Core>(number.as_bytes()), Err(DocumentError::Unreadable { .. })));
}

#[test]
fn five_kinds_of_absence_stay_apart() {
    let failure = Failure { kind: FailureKind::Refused, code: None };
    let answers = [
        Answer::Answered(Content::default()),
        Answer::NothingFound,
        Answer::Partly { content: Content::default(), missing: vec![failure.clone()] },
        Answer::Failed(failure),
        Answer::NotAsked(NotAsked::SwitchedOff),
    ];
    let mut digests: Vec<_> = answers
        .iter()
        .map(|answer| {
            let mut core = core();
            core.authorities[0].answer = answer.into();
            core.digest().unwrap()
        })
        .collect();
    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), answers.len());
}

#[test]
fn locales_are_language_tags() {
    for tag in ["sv", "en", "ar", "zh-Hant", "sma", "sr-Latn-RS"] {
        assert_eq!(tag.parse::<Locale>().unwrap().as_str(), tag);
    }
    for text in ["", "s", "SV", "sv-", "sv-x", "svenska", "sv_SE", "sv se", "åå"] {
        assert!(text.parse::<Locale>().is_err(), "{text}");
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
            note,
        })
}

fn any_core() -> impl Strategy<Value = Core> {
    (prop::collection::vec(any_income(), 0..4), prop::option::of(any_text()), any_text(), 0usize..6).prop_map(
        |(incomes, change, label, answers)| {
            let mut core = core();
            core.incomes = incomes;
            core.household_statement =
                change.map_or(HouseholdStatement::Same, |change| HouseholdStatement::Changed { change });
            if let AnswerFact::Answered { rows, .. } = &mut core.authorities[0].answer {
                rows[0].label = label;
            }
            core.authorities.truncate(answers);
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
        let mut stored = Stored::new(&core, &annex(SignerRole::Applicant));
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
