//! A renewal from before it is begun to the receipt.

use app::citizen::model::TaskState::{Done, Fetching, Incomplete, NotBegun, Optional};
use app::citizen::model::{
    ActivityFields, Authorities, BeforeRenewal, Check, CoSign, DisputeForm, GoneRow, HouseholdChanges,
    HouseholdSection, ListedSection, MessageSection, OpenMonth, OtherAdult, OtherSum, OwnPart, PayoutWay, Receipt,
    Renewal, SectionError, SignedPage, SumChange, TaskState, Written,
};
use app::citizen::{authorities, begin, check, cosign, dispute, household, message, receipt, renewal, signed};
use app::document::Page;
use app::model::{
    AuthorityName, CalculationOutcome, Choice, Conflict, FieldError, Form, Outcome, Phrase, ProofFiles,
    ShownSignatureState, SignedDocument, SigningState, SourceAnswer, SourceChip,
};
use domain::authority::{Agency, AuthorityRow, RowKind, RowState};
use domain::form::Typed;
use domain::id::{RenewalId, StatementId};
use domain::kind::IncomeKind;
use domain::renewal::block::Block;
use domain::renewal::episode::{Certificate, Episode, Extent};
use domain::renewal::household_change::{ChangeDraft, ChangeKind};
use domain::renewal::{Part, Section};
use jiff::civil::{Date, date};
use uuid::Uuid;

use super::item_pages::item_pages;
use super::shared::{
    LONG, absences, account, answered, at, calculation, disputed, expenses, form, history, incomes, johan, kronor,
    members, month, row_id, signature, signed,
};
use crate::petra;
use crate::proofs::{PROOFS_AT, files};

pub(super) fn pages() -> Vec<(&'static str, Page)> {
    let mut pages = Vec::new();
    pages.extend(lists());
    pages.extend(sections());
    pages.extend(super::month::pages());
    pages.extend(authority_pages());
    pages.extend(item_pages());
    pages.extend(last_pages());
    pages
}

pub(super) fn window() -> OpenMonth {
    OpenMonth { month: month(12), until: date(2026, 12, 10) }
}

fn lists() -> Vec<(&'static str, Page)> {
    let whole = |co_applicant: Option<&str>| Written::Whole { co_applicant: co_applicant.map(ToOwned::to_owned) };
    let own = |is_signed| Written::Own { other: "Johan".to_owned(), is_signed };
    let list = |states: &[TaskState], written: Written| Renewal {
        window: window(),
        saved: at(24, 9, 31),
        sections: Section::ALL
            .iter()
            .zip(states.iter().copied())
            .map(|(section, state)| ListedSection { section: *section, state })
            .collect(),
        ready: states.iter().all(|state| matches!(state, Done | Optional)),
        written,
    };
    let begun = [NotBegun, Fetching, NotBegun, NotBegun, Optional];
    let under_way = [Done, Done, Incomplete, Done, Optional];
    let ready = [Done, Done, Done, Done, Done];
    vec![
        ("renewal-before", begin::page(BeforeRenewal { window: window(), previous: Some(month(11)) })),
        ("renewal-before-first", begin::page(BeforeRenewal { window: window(), previous: None })),
        ("renewal-begun", renewal::page(list(&begun, whole(Some("Johan"))))),
        ("renewal-under-way", renewal::page(list(&under_way, whole(None)))),
        ("renewal-ready", renewal::page(list(&ready, whole(Some("Johan"))))),
        ("own-part-begun", renewal::page(list(&[Done, Optional, Optional, Optional, Optional], own(false)))),
        ("own-part-under-way", renewal::page(list(&[Done, NotBegun, Done, Incomplete, Optional], own(true)))),
        ("own-part-ready", renewal::page(list(&[Done; 5], own(true)))),
    ]
}

/// These changes, and the blank one of each kind.
fn household_changes(said: &[ChangeDraft]) -> HouseholdChanges {
    let mut number = 0xc0;
    let mut blank = |kind| {
        number += 1;
        ChangeDraft::new(StatementId(Uuid::from_u128(number)), kind)
    };
    let mut drafts = said.to_vec();
    drafts.extend(ChangeKind::ALL.iter().map(|kind| match kind {
        ChangeKind::PartTime => ChangeDraft { person: typed("elsa"), ..blank(*kind) },
        kind => blank(*kind),
    }));
    let choice = |value: &str, name: &str| Choice { value: value.to_owned(), label: Phrase::verbatim(name) };
    HouseholdChanges {
        month: month(12),
        drafts,
        people: vec![choice("johan", "Johan"), choice("elsa", "Elsa")],
        told: Vec::new(),
        other: Some("Johan".to_owned()),
    }
}

fn ill() -> Episode {
    Episode::SickLeave {
        id: None,
        from: date(2026, 11, 3),
        to: date(2026, 11, 14),
        extent: Extent::Full,
        certificate: Certificate::Later,
    }
}

fn typed(text: &str) -> Typed {
    Typed::new(text).unwrap_or_default()
}

fn the_household() -> HouseholdSection {
    HouseholdSection {
        month: month(12),
        part: Part::Whole,
        form: form(&[]),
        phone: "070-174 06 05".to_owned(),
        email: "petra@exempel.se".to_owned(),
        answer: "same".to_owned(),
        changes: household_changes(&[]),
        change: String::new(),
        address: vec!["Storgatan 12 B lgh 1102".to_owned(), "123 45 Exempelby".to_owned()],
        members: members(),
    }
}

pub(super) fn the_payout() -> PayoutWay {
    PayoutWay { method: account(), payee: petra().full(), phone: "0123-456 00".to_owned() }
}

fn sections() -> Vec<(&'static str, Page)> {
    let errors = form(&[
        ("household-change", Phrase::new("error-household-change-missing")),
        ("phone", Phrase::new("error-phone-form")),
    ]);
    let wrong = HouseholdSection {
        form: errors,
        phone: "ring min mamma".to_owned(),
        answer: "changed".to_owned(),
        ..the_household()
    };
    let moved_in = |name: &str, id: u128| ChangeDraft {
        name: typed(name),
        choice: typed("child"),
        date: typed("3/12"),
        ..ChangeDraft::new(StatementId(Uuid::from_u128(id)), ChangeKind::MovedIn)
    };
    let told = HouseholdSection {
        form: form(&[(&format!("name-{}", StatementId(Uuid::from_u128(2))), Phrase::new("error-name-missing"))]),
        answer: "changed".to_owned(),
        changes: household_changes(&[moved_in("Alva Nilsson", 1), moved_in("", 2)]),
        ..the_household()
    };
    let conflict = |field: &str, other: &str| Conflict { field: field.to_owned(), other: other.to_owned() };
    let two_windows = HouseholdSection {
        form: Form {
            conflicts: vec![
                conflict("household", "changed"),
                conflict("household-change", LONG),
                conflict("phone", "08-1"),
            ],
            ..form(&[])
        },
        ..the_household()
    };
    let written = |message: &str, caseworker: Option<&str>| MessageSection {
        month: month(12),
        part: Part::Whole,
        form: form(&[]),
        message: message.to_owned(),
        caseworker: caseworker.map(ToOwned::to_owned),
    };
    let too_long = Phrase::new("error-text-too-long").with("max", 4_000i64).with("length", 4_312i64);
    let long = MessageSection { form: form(&[("message", too_long)]), ..written(LONG, None) };
    vec![
        ("household", household::page(the_household())),
        ("household-errors", household::page(wrong)),
        ("household-told", household::page(told)),
        ("own-part-contact", household::page(HouseholdSection { part: Part::Own, ..the_household() })),
        ("household-two-windows", household::page(two_windows)),
        ("message", message::page(written("", Some("Sara Lind")))),
        ("message-errors", message::page(long)),
    ]
}

/// What is said of the other adult.
pub(super) fn other(sum: Option<OtherSum>) -> OtherAdult {
    OtherAdult { name: "Johan".to_owned(), is_asked: true, sum }
}

fn not_asked() -> OtherAdult {
    OtherAdult { is_asked: false, ..other(None) }
}

fn sum() -> OtherSum {
    OtherSum {
        month: month(11),
        amount: Some(kronor(6_144)),
        is_whole: false,
        ground: "Offentlighets- och sekretesslagen 10 kap. 3 §: båda vuxna är parter i ärendet.".to_owned(),
    }
}

fn authority_pages() -> Vec<(&'static str, Page)> {
    let asked = |answers: Vec<SourceAnswer>, other, pending, may_ask_again| Authorities {
        month: month(12),
        part: Part::Whole,
        reference_month: month(11),
        form: form(&[]),
        asked: at(24, 9, 14),
        pending,
        may_ask_again,
        answers,
        gone: Vec::new(),
        other,
        history: history(),
    };
    let first = Authorities { history: Vec::new(), ..asked(answered(), None, 0, false) };
    let row =
        |label: &str| GoneRow { id: StatementId(Uuid::from_u128(8)), label: label.to_owned(), amount: kronor(814) };
    let gone = vec![row("Tillf\u{e4}llig f\u{f6}r\u{e4}ldrapenning")];
    let wrong = Authorities { gone, ..asked(disputed(), None, 0, false) };
    vec![
        ("authorities", authorities::page(first)),
        ("authorities-disputed", authorities::page(wrong)),
        ("dispute", dispute::page(the_dispute(false))),
        ("dispute-errors", dispute::page(the_dispute(true))),
        ("authorities-absences", authorities::page(asked(absences(), Some(other(None)), 0, true))),
        ("authorities-sum", authorities::page(asked(answered(), Some(other(Some(sum()))), 0, false))),
        ("authorities-pending", authorities::page(asked(absences(), Some(not_asked()), 2, false))),
    ]
}

/// What is wrong with an amount, before anything has been said of it; else with everything wrong in what has been said.
fn the_dispute(wrong: bool) -> DisputeForm {
    let errors = [
        ("reason", Phrase::new("error-dispute-both")),
        ("amount", Phrase::new("error-amount-not-a-number")),
        ("date", Phrase::new("error-date-not-in-calendar").with("last", date(2026, 11, 30))),
        ("why", Phrase::new("error-dispute-why-missing")),
    ];
    let typed = |text: &str| if wrong { text.to_owned() } else { String::new() };
    DisputeForm {
        authority: Some(AuthorityName::Agency(Agency::Fk)),
        row: row_id(0),
        original: AuthorityRow {
            label: "Bostadsbidrag".to_owned(),
            kind: RowKind::Income(IncomeKind::HousingBenefit),
            amount: kronor(1_900),
            pay_date: Some(date(2026, 11, 25)),
            period: Some((date(2026, 11, 1), date(2026, 11, 30))),
            state: RowState::Planned,
        },
        is_new: !wrong,
        form: form(if wrong { &errors } else { &[] }),
        reason: typed("not-mine"),
        amount: typed("ett tusen"),
        date: typed("31 november"),
        why: String::new(),
        proofs: if wrong { files(true) } else { ProofFiles::default() },
        proofs_at: PROOFS_AT.to_owned(),
        example: date(2026, 11, 25),
    }
}

fn with_files(document: SignedDocument, files: ProofFiles) -> SignedPage {
    SignedPage { document, files: files.shown, files_at: PROOFS_AT.to_owned() }
}

fn changes() -> Vec<SumChange> {
    let change = |label: Phrase, before: Option<i64>, now: Option<i64>, source, section| SumChange {
        label,
        before: before.map(kronor),
        now: now.map(kronor),
        source,
        section,
    };
    let petra_says = || SourceChip::Stated("Petra".to_owned());
    let csn = SourceChip::Authority(AuthorityName::Agency(Agency::Csn));
    vec![
        change(Phrase::new("expense-kind-rent"), Some(5_900), Some(6_150), petra_says(), Section::Expenses),
        change(Phrase::verbatim("Studiemedel"), None, Some(4_012), csn, Section::Authorities),
        change(Phrase::new("income-kind-wage"), Some(1_100), None, petra_says(), Section::Incomes),
    ]
}

fn the_check() -> Check {
    Check {
        gone: Vec::new(),
        window: window(),
        revision: 7,
        of: String::new(),
        errors: Vec::new(),
        changes: changes(),
        previous: Some(month(11)),
        household: the_household(),
        activity: ActivityFields {
            answer: "partly".to_owned(),
            note: "Jag var sjuk en vecka.".to_owned(),
            told: vec![app::model::episode::told(&ill())],
        },
        answers: answered(),
        other: Some(other(None)),
        incomes: incomes(),
        expenses: expenses(),
        payout: the_payout(),
        message: LONG.to_owned(),
        preliminary: CalculationOutcome::Figure(calculation()),
        signatures: vec![
            signature(petra(), ShownSignatureState::NotYet),
            signature(johan(), ShownSignatureState::NotYet),
        ],
        signing: SigningState::Ready,
    }
}

fn check_errors() -> Vec<SectionError> {
    let error = |section, item: Option<u128>, field: &str, key: &'static str| SectionError {
        section,
        item: item.map(|id| StatementId(Uuid::from_u128(id))),
        error: FieldError { field: field.to_owned(), message: Phrase::new(key) },
    };
    vec![
        error(Section::Household, None, "household", "error-household-missing"),
        error(Section::Authorities, None, "authorities", "error-authorities-not-seen"),
        error(Section::Incomes, Some(1), "amount", "error-amount-missing"),
    ]
}

fn the_document(states: [ShownSignatureState; 2]) -> SignedDocument {
    let [first, second] = states;
    SignedDocument {
        month: month(12),
        reference: "EX-2026-12-7F3A".to_owned(),
        signatures: vec![signature(johan(), first), signature(petra(), second)],
        text: "Ansökan om ekonomiskt bistånd för december 2026\nTill Exempelby kommun\n\nHushåll\nPetra Nilsson, \
               19900602-2397, medsökande\nJohan Nilsson, 19910717-2380, sökande\nHushållet är som det är \
               registrerat.\n\nUppgifter från myndigheter\nFörsäkringskassan om Petra Nilsson:\n– Bostadsbidrag, \
               inkomst, 1 900 kr, planerad 25 november 2026\n\nPå heder och samvete\nJag försäkrar på heder och \
               samvete att uppgifterna är fullständiga och sanna."
            .to_owned(),
        language: "sv".to_owned(),
        digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
    }
}

fn last_pages() -> Vec<(&'static str, Page)> {
    let no_figure = Phrase::new("calculation-no-rules").with("month", month(12));
    let unchanged = Check {
        changes: Vec::new(),
        incomes: Vec::new(),
        expenses: Vec::new(),
        other: None,
        message: String::new(),
        preliminary: CalculationOutcome::NoFigure(no_figure),
        signatures: vec![signature(petra(), ShownSignatureState::NotYet)],
        ..the_check()
    };
    let household = HouseholdSection { answer: String::new(), phone: String::new(), ..the_household() };
    let wrong = Check { errors: check_errors(), previous: None, household, ..the_check() };
    let signed_at = ShownSignatureState::Signed { at: at(24, 9, 12) };
    let awaited = ShownSignatureState::Waiting;
    let the_cosign = |signing| CoSign {
        applicant: "Johan".to_owned(),
        document: the_document([signed_at, awaited]),
        other: Some(other(None)),
        own: OwnPart { is_begun: false, errors: Vec::new() },
        signing,
    };
    let with_own = |is_begun, errors| CoSign { own: OwnPart { is_begun, errors }, ..the_cosign(SigningState::Ready) };
    let the_receipt = |second: Option<ShownSignatureState>, decided_by: Option<Date>| Receipt {
        renewal: RenewalId(Uuid::from_u128(9)),
        month: month(12),
        reference: "EX-2026-12-7F3A".to_owned(),
        received: at(24, 9, 12),
        signatures: std::iter::once(signed(petra())).chain(second.map(|state| signature(johan(), state))).collect(),
        caseworker: decided_by.map(|_| "Sara Lind".to_owned()),
        decided_by,
        decision: None,
    };
    let day = date(2026, 12, 1);
    vec![
        ("check", check::page(the_check())),
        ("check-unchanged", check::page(unchanged)),
        ("check-errors", check::page(wrong)),
        ("check-interrupted", check::page(Check { signing: SigningState::Interrupted, ..the_check() })),
        ("check-not-used", check::page(Check { signing: SigningState::NotUsed, ..the_check() })),
        ("receipt", receipt::page(the_receipt(None, Some(day)))),
        ("receipt-waiting", receipt::page(the_receipt(Some(awaited), None))),
        (
            "receipt-decided",
            receipt::page(Receipt { decision: Some(super::brief(Outcome::Granted)), ..the_receipt(None, None) }),
        ),
        ("cosign", cosign::page(the_cosign(SigningState::Ready))),
        ("cosign-own-part", cosign::page(with_own(true, Vec::new()))),
        ("cosign-errors", cosign::page(with_own(true, check_errors()))),
        ("cosign-interrupted", cosign::page(the_cosign(SigningState::Interrupted))),
        ("cosign-not-used", cosign::page(the_cosign(SigningState::NotUsed))),
        ("signed", signed::page(with_files(the_document([signed_at, signed_at]), files(false)))),
        (
            "signed-declined",
            signed::page(with_files(
                the_document([signed_at, ShownSignatureState::Declined { at: at(25, 8, 0) }]),
                ProofFiles::default(),
            )),
        ),
    ]
}
