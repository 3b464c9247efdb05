//! What the caseworker's pages must say, whatever they look like.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::authority::{Agency, Answer, Content, Failure, FailureKind, NotAsked};
use domain::id::RenewalId;
use domain::renewal::Stage;
use domain::{Money, NormMonth, PersonNumber};
use jiff::civil::{DateTime, date, datetime};
use uuid::Uuid;

use super::model::{
    Cell, ComparisonRow, Decide, DecisionReceipt, Inbox, InboxQuery, InboxRow, InboxTab, MadeDecision, Notice,
    NoticeKind, OpenedRenewal, RenewalHead,
};
use super::{decide, inbox, notices, opened};
use crate::document::{Assets, Frame, Page, Viewer, render};
use crate::i18n::Catalogue;
use crate::model::{
    AnswerState, AuthorityName, CalculationOutcome, CaseNumber, Choice, FieldError, Finding, Form, Outcome, Party,
    PersonAnswers, PersonName, Phrase, ShownPayoutMethod, ShownSignatureState, Signature, SignedDocument, SourceAnswer,
    Tone,
};

const PETRA: &str = "19900602-2397";
const JOHAN: &str = "19910717-2380";

fn html(page: Page) -> String {
    let frame = Frame {
        texts: Catalogue::load().unwrap().texts("sv").unwrap(),
        languages: Vec::new(),
        municipality: "Exempelby kommun".to_owned(),
        viewer: Viewer::Anonymous,
        demo: false,
        path: "/staff".to_owned(),
        nonce: "n".to_owned(),
        assets: Arc::new(Assets {
            css: "/a.css".to_owned(),
            icon: "/a.svg".to_owned(),
            islands: "islands.0123".to_owned(),
            calculating: "calculating.4567".to_owned(),
        }),
        session: None,
    };
    render(frame, page)
}

fn party(given: &str, number: &str) -> Party {
    let name = PersonName::new(given, "Nilsson");
    Party { name, number: PersonNumber::parse(number).unwrap() }
}

fn arrived() -> DateTime {
    datetime(2026, 11, 14, 9, 12, 0, 0)
}

fn month() -> NormMonth {
    NormMonth::new(2026, 12).unwrap()
}

fn signatures() -> Vec<Signature> {
    let of = |party: Party, state| Signature { name: party.name, number: party.number, is_viewer: false, state };
    let signed = ShownSignatureState::Signed { at: arrived() };
    vec![of(party("Petra", PETRA), signed), of(party("Johan", JOHAN), ShownSignatureState::Waiting)]
}

fn an_inbox(rows: Vec<InboxRow>) -> Inbox {
    Inbox { query: InboxQuery { tab: InboxTab::Mine, page: 1 }, counts: [1, 2, 3, 4, 5], pages: 1, rows }
}

fn a_row() -> InboxRow {
    InboxRow {
        renewal: RenewalId(Uuid::nil()),
        case_number: CaseNumber("2024-0173".to_owned()),
        month: month(),
        signatures: signatures(),
        caseworker: None,
        proposer: None,
        arrived: arrived(),
        age_days: 10,
        due: Some(date(2026, 11, 24)),
        findings: vec![Finding { text: Phrase::new("finding-unchanged"), tone: Tone::Good }],
        decision: None,
    }
}

fn a_head(decision: Option<MadeDecision>) -> RenewalHead {
    RenewalHead {
        renewal: RenewalId(Uuid::nil()),
        stage: Stage::UnderReview,
        case_number: CaseNumber("2024-0173".to_owned()),
        month: month(),
        applicant: party("Petra", PETRA),
        co_applicant: Some(party("Johan", JOHAN)),
        children: 1,
        arrived: arrived(),
        age_days: 10,
        due: None,
        caseworker: None,
        signatures: signatures(),
        decision,
    }
}

/// Petra received it the day after; it has not reached Johan.
fn a_decision() -> MadeDecision {
    let receipt =
        |name: &str, received, appeal_until| DecisionReceipt { person: name.to_owned(), received, appeal_until };
    MadeDecision {
        outcome: Outcome::Rejected,
        decided: date(2026, 11, 24),
        receipts: vec![
            receipt("Petra", Some(date(2026, 11, 25)), Some(date(2026, 12, 16))),
            receipt("Johan", None, None),
        ],
    }
}

fn no_figure() -> CalculationOutcome {
    CalculationOutcome::NoFigure(Phrase::new("calculation-no-rules").with("month", month()))
}

fn a_renewal(comparison: Vec<ComparisonRow>, answers: Vec<Answer>) -> OpenedRenewal {
    let source = |answer| SourceAnswer {
        authority: AuthorityName::Agency(Agency::Fk),
        state: AnswerState::Done { answer, at: arrived() },
        marks: Vec::new(),
    };
    OpenedRenewal {
        revision: 0,
        head: a_head(None),
        questions: Vec::new(),
        comparison,
        previous: NormMonth::new(2026, 11).unwrap(),
        people: vec![PersonAnswers { person: "Petra".to_owned(), answers: answers.into_iter().map(source).collect() }],
        members: Vec::new(),
        household_changes: Vec::new(),
        household_change: None,
        signers: Vec::new(),
        proofs: Vec::new(),
        calculation: no_figure(),
        payout: ShownPayoutMethod::PaymentSlip,
        history: Vec::new(),
        messages: Vec::new(),
        document: SignedDocument {
            month: month(),
            reference: "FN-1".to_owned(),
            signatures: signatures(),
            text: "Jag ansöker <b>nu</b>".to_owned(),
            language: "sv".to_owned(),
            digest: "00".to_owned(),
        },
        second_text: None,
    }
}

fn a_form(decision: Option<MadeDecision>) -> Decide {
    Decide {
        head: a_head(decision),
        form: Form::default(),
        outcome: "rejected".to_owned(),
        reason: "other".to_owned(),
        note: "Se samtalet.".to_owned(),
        seen: String::new(),
        not_kept: None,
        worksheet: None,
        amount: None,
        lines: Vec::new(),
        outcomes: vec![Outcome::Granted, Outcome::Rejected],
        reasons: vec![(
            Outcome::Rejected,
            Choice { value: "other".to_owned(), label: Phrase::new("decision-reason-other") },
        )],
        calculation: no_figure(),
        payout: None,
        who: None,
        presenter: None,
    }
}

/// Every address that the page leads or posts to.
fn addresses(html: &str) -> Vec<&str> {
    ["href=\"", "action=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn the_inbox_names_everyone_who_signs_with_number() {
    let html = html(inbox::page(an_inbox(vec![a_row()])));
    for told in ["Petra Nilsson", PETRA, "Johan Nilsson", JOHAN, "Johan saknas", "i dag", "ingen än", "Inget ändrat"]
    {
        assert!(html.contains(told), "{told}: {html}");
    }
    assert!(html.contains("href=\"/staff/renewals/00000000-0000-0000-0000-000000000000\""), "{html}");
    assert!(!html.contains("rel=\"next\""), "one page needs no page links: {html}");
}

#[test]
fn a_decided_row_tells_the_decision_and_not_the_day_to_decide_by() {
    let html = html(inbox::page(an_inbox(vec![InboxRow { decision: Some(a_decision()), ..a_row() }])));
    assert!(html.contains("avslag, 24\u{a0}november") && !html.contains(">i dag<"), "{html}");
    assert!(html.contains("Inte läst av Johan") && !html.contains("läst av Petra"), "{html}");
}

#[test]
fn an_empty_tab_says_so() {
    let html = html(inbox::page(an_inbox(Vec::new())));
    assert!(html.contains("Du har inga ansökningar") && !html.contains("<table"), "{html}");
}

#[test]
fn notices_can_be_marked_only_when_one_is_new() {
    let notice = |seen| Notice {
        what: NoticeKind::RenewalArrived {
            renewal: RenewalId(Uuid::nil()),
            applicant: "Petra Nilsson".to_owned(),
            month: month(),
        },
        at: arrived(),
        seen,
    };
    let new = html(notices::page(vec![notice(false), notice(true)]));
    assert_eq!(new.matches(">Ny<").count(), 1, "{new}");
    assert!(new.contains("action=\"/staff/notices\""), "{new}");
    let long = html(notices::page((0..20).map(|place| notice(place != 19)).collect()));
    let (shown, folded) = long.split_once("<details").unwrap();
    assert!(shown.contains(">Ny<") && folded.contains("7 äldre"), "what is new is never folded: {long}");
    let seen = html(notices::page(vec![notice(true)]));
    assert!(!seen.contains("action=\"/staff/notices\"") && !seen.contains(">Ny<"), "{seen}");
}

#[test]
fn the_ways_of_having_no_row_are_told_apart() {
    let failure = Failure { kind: FailureKind::TimedOut, code: None };
    let answers = vec![
        Answer::Answered(Content::default()),
        Answer::NothingFound,
        Answer::Partly { content: Content::default(), missing: vec![failure.clone()] },
        Answer::Failed(failure),
        Answer::NotAsked(NotAsked::SwitchedOff),
        Answer::NotAsked(NotAsked::NotApplicable),
    ];
    let count = answers.len();
    let html = html(opened::page(a_renewal(Vec::new(), answers)));
    let answers = html.split("Myndigheternas svar").nth(1).unwrap().split("</table>").next().unwrap();
    let words: BTreeSet<_> =
        answers.split("class=\"tag").skip(1).filter_map(|rest| rest.split(['>', '<']).nth(1)).collect();
    assert_eq!(words.len(), count, "{words:?}");
    assert!(!answers.contains("0\u{a0}kr"), "absence is never zero: {answers}");
}

#[test]
fn authorities_that_told_nothing_stand_in_one_row() {
    let nothing = || Answer::NothingFound;
    let html =
        html(opened::page(a_renewal(Vec::new(), vec![nothing(), Answer::Answered(Content::default()), nothing()])));
    let table = html.split("Myndigheternas svar").nth(1).unwrap().split("</table>").next().unwrap();
    assert_eq!(table.matches("svarade, inga uppgifter").count(), 1, "{table}");
    assert!(table.contains("Försäkringskassan, Försäkringskassan"), "each is named: {table}");
}

#[test]
fn a_decided_renewal_asks_nothing_more() {
    let opened = a_renewal(Vec::new(), Vec::new());
    assert!(html(opened::page(a_renewal(Vec::new(), Vec::new()))).contains("Att ta ställning till"));
    let decided = html(opened::page(OpenedRenewal { head: a_head(Some(a_decision())), ..opened }));
    assert!(!decided.contains("Att ta ställning till"), "{decided}");
}

#[test]
fn a_missing_value_is_a_word_and_a_silent_one_a_dash() {
    let missing = Cell::Missing(Finding { text: Phrase::new("finding-cell-failed"), tone: Tone::Bad });
    let row = ComparisonRow {
        label: Phrase::new("income-kind-wage"),
        person: Some("Petra".to_owned()),
        note: Some("slutade".to_owned()),
        stated: Cell::Nothing,
        authority: missing,
        previous: Cell::Amount(Money::default()),
        counted: Cell::Open,
        difference: None,
    };
    let html = html(opened::page(a_renewal(vec![row], Vec::new())));
    let table = html.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    for told in ["Lön, Petra", "”slutade”", ">–<", "svarade inte", "att avgöra"] {
        assert!(table.contains(told), "{told}: {table}");
    }
    assert_eq!(table.matches("0\u{a0}kr").count(), 1, "{table}");
}

#[test]
fn an_open_renewal_leads_to_the_decision_and_shows_what_was_signed_as_text() {
    let html = html(opened::page(a_renewal(Vec::new(), Vec::new())));
    assert!(html.contains("data-variant=\"primary\" href=\"/staff/renewals/00000000"), "{html}");
    assert!(html.contains("Jag ansöker &lt;b&gt;nu&lt;/b&gt;"), "{html}");
    assert!(html.contains("id=\"signed-document\"") && html.contains("#signed-document\""), "{html}");
}

#[test]
fn a_decision_is_posted_and_its_errors_stand_at_the_fields() {
    let error = FieldError { field: "reason".to_owned(), message: Phrase::new("decision-error-reason-missing") };
    let form = Form { errors: vec![error], ..Form::default() };
    let html = html(decide::page(Decide { form, ..a_form(None) }));
    let action = "action=\"/staff/renewals/00000000-0000-0000-0000-000000000000/decide\"";
    for told in [action, "name=\"outcome\"", "name=\"reason\"", "name=\"note\"", "Se samtalet.", "<title>Fel: "] {
        assert!(html.contains(told), "{told}: {html}");
    }
    assert!(html.contains("<option value=\"other\" selected"), "{html}");
    assert!(html.contains("href=\"#reason\"") && html.contains("id=\"reason-error\""), "{html}");
}

#[test]
fn a_decided_renewal_has_no_form() {
    let html = html(decide::page(a_form(Some(a_decision()))));
    assert!(!html.contains("/decide\"") && !html.contains("<textarea"), "{html}");
    for told in ["Avslag", "24\u{a0}november 2026", "Din handläggare har skrivit skälet.", "Se samtalet.", "Inte än"]
    {
        assert!(html.contains(told), "{told}: {html}");
    }
}

#[test]
fn each_adult_has_a_day_of_receipt_and_a_last_day_to_appeal_of_their_own() {
    let html = html(decide::page(a_form(Some(a_decision()))));
    let rows: Vec<_> = html.split("<dt>").skip(1).collect();
    let value = |label: &str| {
        let row = rows.iter().find(|row| row.starts_with(label)).unwrap_or_else(|| panic!("{label}: {html}"));
        row.split("<dd>").nth(1).unwrap().split('<').next().unwrap().replace('\u{a0}', " ")
    };
    assert_eq!(value("Läst av Petra"), "25 november 2026");
    assert_eq!(value("Petra kan överklaga till och med"), "16 december 2026");
    assert_eq!(value("Läst av Johan"), "Inte än");
    assert!(!html.contains("Johan kan överklaga"), "Johan's time has not begun: {html}");
}

#[test]
fn no_number_stands_in_an_address_or_in_the_title_of_a_tab() {
    for page in [
        inbox::page(an_inbox(vec![a_row()])),
        opened::page(a_renewal(Vec::new(), Vec::new())),
        decide::page(a_form(None)),
    ] {
        let html = html(page);
        let title = html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        for told in addresses(&html).into_iter().chain([title]) {
            assert!(!told.contains("1990") && !told.contains("1991") && !told.contains("Nilsson"), "{told}");
        }
    }
}
