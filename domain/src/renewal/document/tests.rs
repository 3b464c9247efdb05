use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::PersonNumber;
use crate::account::{Account, PayoutMethod};
use crate::authority::{Answer, AuthorityRow, Content, Fact, Failure, FailureKind, NotAsked, RowKind, RowState};
use crate::form::PlainText;
use crate::id::{CaseId, MunicipalityId, PersonId, ProofId, QueryId, RenewalId, RowId, StatementId};
use crate::kind::{ExpenseKind, IncomeKind};
use crate::money::Money;
use crate::renewal::activity::{ActivityAnswer, ActivityStatement};
use crate::renewal::dispute::{DisputeReason, DisputeStatement};
use crate::renewal::episode::{AbsenceReason, Certificate, Episode, Extent};
use crate::renewal::household_change::{HouseholdChange, HouseholdStatement, Relation, Sharing, Tenure};
use crate::renewal::judge::{ExpenseStatement, IncomeStatement, OwnRows};
use crate::renewal::proof::{Media, Proof, Proofs};
use crate::renewal::small_count::SmallCount;
use crate::renewal::state::SignerRole;

mod properties;
mod samples;

use samples::{
    SICK_LEAVE, Stored, annex, answered, binding, core, disputed, fifth_core, first_annex, first_core, fourth_annex,
    fourth_core, member, petras_account, rows_of, second_annex, second_core, text, third_annex, third_core,
};

const PETRA: PersonId = PersonId(Uuid::from_u128(0xa1));
const JOHAN: PersonId = PersonId(Uuid::from_u128(0xa2));
const RENEWAL: RenewalId = RenewalId(Uuid::from_u128(0xc0));

#[test]
fn a_changed_household_says_how_as_its_schema_has_it() {
    let wrong = Err(DocumentError::HouseholdChanges);
    let with = |changes: &[HouseholdChange], change: Option<&str>, core: Core| {
        let statement = HouseholdStatement::Changed { changes: changes.to_vec(), change: change.map(text) };
        Core { household_statement: statement, ..core }.to_bytes().map(|_| ())
    };
    let shared = [HouseholdChange::SharedHome { sharing: Sharing::Free, persons: SmallCount(3) }];
    for core in [first_core(), second_core(), third_core(), fourth_core()] {
        assert_eq!(with(&shared, Some("Vi är fler."), core.clone()), wrong);
        assert_eq!(with(&[], None, core), wrong);
    }
    assert_eq!(with(&[], None, core()), wrong);
    assert_eq!(with(&shared, None, core()), Ok(()));
    assert_eq!(with(&[], Some("Vi är fler."), core()), Ok(()));
    let stranger = [HouseholdChange::MovedOut { person: PersonId(Uuid::from_u128(0x99)), date: date(2026, 12, 1) }];
    assert_eq!(with(&stranger, None, core()), Err(DocumentError::UnknownPerson));
}

/// The spelling of each schema is kept for as long as a signature may be questioned. Whoever needs another form makes one more schema
/// beside it.
#[test]
fn every_schema_is_kept() {
    for (core, kept) in [
        (first_core(), include_str!("../../../testdata/renewal-core-1.json")),
        (second_core(), include_str!("../../../testdata/renewal-core-2.json")),
        (third_core(), include_str!("../../../testdata/renewal-core-3.json")),
        (fourth_core(), include_str!("../../../testdata/renewal-core-4.json")),
        (fifth_core(), include_str!("../../../testdata/renewal-core-5.json")),
        (core(), include_str!("../../../testdata/renewal-core-6.json")),
    ] {
        assert_eq!(String::from_utf8(core.to_bytes().unwrap()).unwrap(), kept);
        assert_eq!(read::<Core>(kept.as_bytes()), Ok(core));
    }
    let [first, second] = [SignerRole::Applicant, SignerRole::CoApplicant];
    for (own, kept) in [
        (second_annex(first), include_str!("../../../testdata/renewal-annex-2.json")),
        (
            Annex { rows: Some(rows_of(JOHAN, third_core())), ..second_annex(second) },
            include_str!("../../../testdata/renewal-annex-2-own-rows.json"),
        ),
        (third_annex(first), include_str!("../../../testdata/renewal-annex-3.json")),
        (fourth_annex(first), include_str!("../../../testdata/renewal-annex-4.json")),
        (annex(first), include_str!("../../../testdata/renewal-annex-5.json")),
        (disputed(third_annex(first)), include_str!("../../../testdata/renewal-annex-3-disputed.json")),
        (
            Annex { rows: Some(rows_of(JOHAN, fifth_core())), ..third_annex(second) },
            include_str!("../../../testdata/renewal-annex-3-own-rows.json"),
        ),
    ] {
        assert_eq!(String::from_utf8(own.to_bytes().unwrap()).unwrap(), kept);
        assert_eq!(read::<Annex>(kept.as_bytes()), Ok(own));
    }
    let stored = Stored::new(&first_core(), &first_annex(SignerRole::Applicant));
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
    let (first, second) = (first_core(), second_core());
    assert_eq!(Core { payout: first.payout.clone(), ..core() }.to_bytes(), Err(DocumentError::Account));
    assert_eq!(Core { schema: CoreSchema::V2, ..first }.to_bytes(), Err(DocumentError::Account));
    assert_eq!(Core { schema: CoreSchema::V1, ..second }.to_bytes(), Err(DocumentError::Account));
}

#[test]
fn what_authorities_answered_stands_where_the_schema_has_it() {
    let absent = Err(DocumentError::Authorities);
    let told = Annex { role: SignerRole::Applicant, ..disputed(annex(SignerRole::Applicant)) }.authorities;
    for (core, written) in [
        (Core { authorities: told, ..second_core() }, Err(DocumentError::Disputes)),
        (Core { authorities: Some(Vec::new()), ..core() }, absent),
        (Core { authorities: Some(answered()), ..core() }, absent),
        (Core { authorities: None, ..second_core() }, absent),
        (Core { authorities: None, ..first_core() }, absent),
        (Core { authorities: Some(Vec::new()), ..second_core() }, Ok(())),
    ] {
        assert_eq!(core.to_bytes().map(|_| ()), written, "{:?}", core.schema);
    }
    let role = SignerRole::Applicant;
    for (annex, written) in [
        (Annex { authorities: None, ..annex(role) }, absent),
        (Annex { authorities: Some(Vec::new()), ..first_annex(role) }, absent),
        (Annex { authorities: Some(Vec::new()), ..annex(role) }, Ok(())),
        (first_annex(role), Ok(())),
        (Annex { rows: Some(OwnRows::default()), ..first_annex(role) }, Err(DocumentError::OwnRows)),
        (Annex { schema: AnnexSchema::V2, ..annex(role) }, Err(DocumentError::OwnRows)),
        (Annex { schema: AnnexSchema::V3, ..fourth_annex(role) }, Err(DocumentError::Episodes)),
        (Annex { schema: AnnexSchema::V4, ..annex(role) }, Err(DocumentError::Episodes)),
        (Annex { schema: AnnexSchema::V5, ..fourth_annex(role) }, Err(DocumentError::Episodes)),
        (Annex { proofs: annex(role).proofs, ..fourth_annex(role) }, Err(DocumentError::Proofs)),
        (fourth_annex(role), Ok(())),
        (third_annex(role), Ok(())),
        (second_annex(role), Ok(())),
        (disputed(annex(role)), Ok(())),
        (disputed(second_annex(role)), Err(DocumentError::Disputes)),
    ] {
        assert_eq!(annex.to_bytes().map(|_| ()), written, "{:?}", annex.schema);
    }
}

#[test]
fn an_expense_is_for_a_month_and_what_was_carried_over_came_before() {
    let with = |change: &dyn Fn(&mut ExpenseStatement), mut core: Core| {
        change(&mut core.expenses[0]);
        core.to_bytes().map(|_| ())
    };
    let wrong = Err(DocumentError::Statements);
    let december = Some("2026-12".parse().unwrap());
    assert_eq!(with(&|row| row.month = None, core()), wrong);
    assert_eq!(with(&|row| row.date = None, core()), Ok(()));
    assert_eq!(with(&|row| row.carried = december, core()), wrong);
    assert_eq!(with(&|row| row.month = december, third_core()), wrong);
    assert_eq!(with(&|row| row.date = None, third_core()), wrong);
    assert_eq!(with(&|row| row.carried = Some("2026-09".parse().unwrap()), third_core()), wrong);
}

#[test]
fn an_annex_tells_of_its_signer_alone() {
    let refused = |core: &Core, annex: &Annex| {
        let stored = Stored::new(core, annex);
        assert_eq!(Manifest::new(binding(), &stored.originals()), Err(DocumentError::Misfit));
        // Nor where somebody has put the digests of such originals in a manifest.
        let whole = Stored::new(&self::core(), &self::annex(annex.role));
        let manifest = Manifest::new(binding(), &whole.originals()).unwrap();
        let manifest = Manifest { core: Digest::of(&stored.core), annex: Digest::of(&stored.annex), ..manifest };
        assert_eq!(manifest.verify(&stored.originals()), Err(DocumentError::Misfit));
    };
    for role in [SignerRole::Applicant, SignerRole::CoApplicant] {
        refused(&core(), &Annex { authorities: Some(answered()), ..annex(role) });
        refused(&core(), &first_annex(role));
        let other = if role == SignerRole::Applicant { JOHAN } else { PETRA };
        refused(&core(), &Annex { rows: Some(rows_of(other, core())), ..annex(role) });
        let mut shared = rows_of(core().signer(role).unwrap().person, core());
        shared.expenses[0].person = None;
        refused(&core(), &Annex { rows: Some(shared), ..annex(role) });
        let signer = core().signer(role).unwrap().person;
        refused(&core(), &Annex { rows: Some(rows_of(signer, third_core())), ..annex(role) });
        refused(&fourth_core(), &annex(role));
        refused(&core(), &third_annex(role));
        refused(&core(), &fourth_annex(role));
        refused(&fifth_core(), &annex(role));
        let mut stray = annex(role);
        stray.proofs.later.push(StatementId(Uuid::from_u128(0xbad)));
        refused(&core(), &stray);
        let mut paid = rows_of(signer, fifth_core());
        paid.incomes[0].payer = Some(text("Lagret AB"));
        refused(&fifth_core(), &Annex { rows: Some(paid), ..fourth_annex(role) });
        refused(&third_core(), &annex(role));
        refused(&second_core(), &second_annex(role));
        refused(&first_core(), &annex(role));
    }
    let swapped = Annex { role: SignerRole::CoApplicant, ..annex(SignerRole::Applicant) };
    refused(&core(), &swapped);
}

#[test]
fn what_was_answered_about_a_signer_is_found_in_every_schema() {
    for role in [SignerRole::Applicant, SignerRole::CoApplicant] {
        let own: Vec<_> = annex(role).authorities.unwrap();
        assert!(!own.is_empty());
        for (core, annex) in [
            (first_core(), first_annex(role)),
            (second_core(), first_annex(role)),
            (third_core(), second_annex(role)),
            (fourth_core(), third_annex(role)),
            (fifth_core(), fourth_annex(role)),
            (core(), annex(role)),
        ] {
            assert_eq!(annex.own_authorities(&core).cloned().collect::<Vec<_>>(), own, "{:?}", core.schema);
        }
    }
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
    let mut edited = core();
    edited.incomes[0].amount = Money::from_kronor(1);
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
    let alone = Core {
        household: vec![core().household.remove(0)],
        household_statement: HouseholdStatement::Same,
        incomes: vec![],
        ..core()
    };
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
            Core { household: vec![household[0].clone()], incomes: vec![], ..second_core() },
            DocumentError::UnknownPerson,
        ),
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
            let mut annex = annex(SignerRole::Applicant);
            annex.authorities.as_mut().unwrap()[0].answer = answer.into();
            annex.digest().unwrap()
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
