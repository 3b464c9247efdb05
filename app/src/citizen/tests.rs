//! What the citizen's pages promise, read from the HTML.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::authority::{Agency, Answer, AuthorityRow, Content, Failure, FailureKind, NotAsked, RowKind, RowState};
use domain::id::{DecisionId, RenewalId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::LineSection;
use domain::renewal::draft::ItemList;
use domain::renewal::{Part, Section};
use domain::{Money, NormMonth};
use jiff::civil::{date, datetime};
use uuid::Uuid;

use super::model::{
    ActivityFields, Authorities, Check, DecisionCalculation, HouseholdChanges, HouseholdSection, Item, ItemForm, Items,
    OpenMonth, OtherAdult, OtherSum, PayoutWay, Receipt, SectionError,
};
use super::{answers, authorities, calculation, check, household, item_form, items, receipt};
use crate::document::{Assets, Frame, Page, Viewer, render};
use crate::i18n::Catalogue;
use crate::model::{
    AnswerState, AuthorityName, Calculation, CalculationLine, CalculationOutcome, Choice, Conflict, DecisionBrief,
    FieldError, Finality, Form, LineState, Outcome, PersonName, Phrase, ShownPayoutMethod, ShownSignatureState,
    Signature, SigningState, SourceAnswer, SourceChip,
};

fn html(page: Page) -> String {
    let catalogue = Catalogue::load().unwrap();
    let assets = ["/assets/style.css", "/assets/icon.svg", "islands.0123", "calculating.4567"].map(str::to_owned);
    let [css, icon, islands, calculating] = assets;
    let frame = Frame {
        texts: catalogue.texts("sv").unwrap(),
        languages: Vec::new(),
        municipality: "Exempelby kommun".to_owned(),
        viewer: Viewer::Citizen { name: petra() },
        demo: false,
        path: "/home".to_owned(),
        nonce: "nonce".to_owned(),
        assets: Arc::new(Assets { css, icon, islands, calculating }),
        session: None,
    };
    // Without the marks that Leptos writes between texts, which no reader sees.
    render(frame, page).replace("<!>", "")
}

fn petra() -> PersonName {
    PersonName::new("Petra", "Nilsson")
}

fn month() -> NormMonth {
    NormMonth::new(2026, 12).unwrap()
}

fn form() -> Form {
    Form { revision: 7, ..Form::default() }
}

fn no_changes() -> HouseholdChanges {
    HouseholdChanges { month: month(), drafts: Vec::new(), people: Vec::new(), told: Vec::new(), other: None }
}

fn the_household() -> HouseholdSection {
    HouseholdSection {
        part: Part::Whole,
        month: month(),
        form: form(),
        phone: String::new(),
        email: String::new(),
        answer: "changed".to_owned(),
        changes: no_changes(),
        change: "</textarea><script>alert(1)</script>".to_owned(),
        address: Vec::new(),
        members: Vec::new(),
    }
}

fn the_check() -> Check {
    Check {
        gone: Vec::new(),
        window: OpenMonth { month: month(), until: date(2026, 12, 10) },
        revision: 7,
        of: String::new(),
        errors: Vec::new(),
        changes: Vec::new(),
        previous: None,
        household: the_household(),
        activity: ActivityFields::default(),
        answers: Vec::new(),
        other: None,
        incomes: Vec::new(),
        expenses: Vec::new(),
        payout: PayoutWay {
            method: ShownPayoutMethod::PaymentSlip,
            payee: petra().full(),
            phone: "0123-45 67 89".to_owned(),
        },
        message: String::new(),
        preliminary: CalculationOutcome::NoFigure(Phrase::new("calculation-no-settings")),
        signatures: vec![Signature {
            name: petra(),
            number: "199006022397".parse().unwrap(),
            is_viewer: true,
            state: ShownSignatureState::NotYet,
        }],
        signing: SigningState::Ready,
    }
}

fn a_line(label: &'static str, state: LineState) -> CalculationLine {
    CalculationLine {
        section: LineSection::Incomes,
        label: Phrase::new(label),
        person: Some("Petra".to_owned()),
        from: Some(Money::from_kronor(500)),
        amount: Money::ZERO,
        state,
        source: None,
        rules: Vec::new(),
        why: None,
        date: None,
        paragraph: None,
    }
}

fn a_calculation(finality: Finality, lines: Vec<CalculationLine>) -> Calculation {
    Calculation {
        month: month(),
        table: Phrase::verbatim("riksnorm"),
        lines,
        norm: Money::from_kronor(4_000),
        expenses: Money::ZERO,
        incomes: Money::ZERO,
        balance: Money::from_kronor(-4_000),
        payable: Money::from_kronor(4_000),
        finality,
    }
}

fn calculated(finality: Finality, lines: Vec<CalculationLine>) -> String {
    html(calculation::page(DecisionCalculation {
        decision: DecisionId(Uuid::nil()),
        outcome: Outcome::Granted,
        calculation: a_calculation(finality, lines),
    }))
}

fn failure(kind: FailureKind) -> Failure {
    Failure { kind, code: Some("internal-4711".to_owned()) }
}

fn states() -> Vec<AnswerState> {
    let at = datetime(2026, 11, 24, 9, 14, 0, 0);
    let answers = [
        Answer::Answered(Content::default()),
        Answer::NothingFound,
        Answer::Partly { content: Content::default(), missing: vec![failure(FailureKind::Refused)] },
        Answer::Failed(failure(FailureKind::TimedOut)),
        Answer::Failed(failure(FailureKind::Refused)),
        Answer::Failed(failure(FailureKind::Malformed)),
        Answer::NotAsked(NotAsked::SwitchedOff),
        Answer::NotAsked(NotAsked::NotApplicable),
    ];
    let done = answers.into_iter().map(|answer| AnswerState::Done { answer, at });
    done.chain([AnswerState::Waiting]).collect()
}

fn the_authorities(pending: u32) -> Authorities {
    let answers = states().into_iter();
    let answers =
        answers.map(|state| SourceAnswer { authority: AuthorityName::Agency(Agency::Fk), state, marks: Vec::new() });
    Authorities {
        part: Part::Whole,
        month: month(),
        reference_month: month().previous(),
        form: form(),
        asked: datetime(2026, 11, 24, 9, 14, 0, 0),
        pending,
        may_ask_again: true,
        answers: answers.collect(),
        gone: Vec::new(),
        other: None,
        history: Vec::new(),
    }
}

#[test]
fn every_way_of_having_no_row_has_words_of_its_own() {
    let texts = Catalogue::load().unwrap().texts("sv").unwrap();
    let words: BTreeSet<_> = states().iter().map(|state| answers::in_short(&texts, state)).collect();
    assert_eq!(words.len(), states().len(), "{words:?}");
}

#[test]
fn what_an_authority_calls_its_failure_is_not_shown() {
    assert!(!html(authorities::page(the_authorities(0))).contains("4711"));
}

#[test]
fn answers_are_waited_for_only_while_some_are_awaited() {
    let waits = |html: &str| html.contains("data-component=\"AnswersArriving_");
    assert!(!waits(&html(authorities::page(the_authorities(0)))));
    let waiting = html(authorities::page(the_authorities(2)));
    assert!(waits(&waiting) && waiting.contains("href=\"/renewal/authorities\""), "{waiting}");
}

#[test]
fn a_renewal_with_errors_cannot_be_signed_and_says_where_to_mend() {
    let whole = html(check::page(the_check()));
    assert!(whole.contains("action=\"/renewal/sign\"") && whole.contains("name=\"revision\" value=\"7\""), "{whole}");
    let id = StatementId(Uuid::from_u128(5));
    let message = Phrase::new("error-amount-missing");
    let error = FieldError { field: "amount".to_owned(), message };
    let errors = vec![SectionError { section: Section::Incomes, item: Some(id), error }];
    let lacking = html(check::page(Check { errors, ..the_check() }));
    assert!(!lacking.contains("action=\"/renewal/sign\""), "{lacking}");
    assert!(lacking.contains(&format!("href=\"/renewal/incomes/{id}#amount\"")), "{lacking}");
    assert!(lacking.contains("<title>Fel: "), "{lacking}");
}

#[test]
fn an_interrupted_signing_says_that_nothing_was_sent() {
    let ready = html(check::page(the_check()));
    let interrupted = html(check::page(Check { signing: SigningState::Interrupted, ..the_check() }));
    assert!(interrupted.contains("Skriv under igen") && interrupted.contains("Inget har skickats"), "{interrupted}");
    assert!(!ready.contains("Skriv under igen"), "{ready}");
}

#[test]
fn what_is_declared_is_what_is_signed() {
    let texts = Catalogue::load().unwrap().texts("sv").unwrap();
    let page = html(check::page(the_check()));
    for key in ["signed-honour", "signed-consent"] {
        assert!(page.contains(&texts.get(key)), "{key}");
    }
}

#[test]
fn what_was_typed_is_shown_and_runs_nowhere() {
    for page in [household::page(the_household()), check::page(the_check())] {
        let html = html(page);
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert_eq!(html.matches("<script").count(), 1, "the islands' own alone: {html}");
    }
}

#[test]
fn two_windows_are_told_in_words_and_not_in_codes() {
    let conflict = Conflict { field: "kind".to_owned(), other: "gift".to_owned() };
    let item = ItemForm {
        part: Part::Whole,
        which: ItemList::Incomes,
        id: StatementId(Uuid::nil()),
        is_new: true,
        about: month().previous(),
        form: Form { conflicts: vec![conflict], ..form() },
        kind: "wage".to_owned(),
        amount: String::new(),
        date: String::new(),
        month: String::new(),
        months: Vec::new(),
        person: String::new(),
        payer: String::new(),
        note: String::new(),
        proofs: crate::model::ProofFiles::default(),
        proofs_at: String::new(),
        people: vec![Choice { value: "a".to_owned(), label: Phrase::verbatim("Petra") }],
        preview: None,
        figure_without: None,
    };
    let html = html(item_form::page(item));
    assert!(html.contains("<p class=\"prose\">Gåva</p>"), "{html}");
    assert!(
        html.contains("<input type=\"hidden\" name=\"person\" value=\"a\">"),
        "one alone is not asked about: {html}"
    );
}

#[test]
fn links_that_look_alike_are_told_apart() {
    let item = |id| Item {
        id: StatementId(Uuid::from_u128(id)),
        label: Phrase::new("income-kind-wage"),
        amount: Some(Money::from_kronor(100)),
        typed_amount: "100".to_owned(),
        date: None,
        month: None,
        source: SourceChip::Stated("Petra".to_owned()),
        since: None,
        payer: String::new(),
        note: String::new(),
        proofs: Vec::new(),
        is_proof_later: false,
    };
    let page = html(items::page(Items {
        part: Part::Whole,
        which: ItemList::Incomes,
        month: month(),
        about: month().previous(),
        form: form(),
        items: vec![item(1), item(2)],
        sum: Money::from_kronor(200),
        more: String::new(),
        fetched: Vec::new(),
        history: Vec::new(),
    }));
    for name in ["inkomst 1, Lön", "inkomst 2, Lön"] {
        assert_eq!(page.matches(name).count(), 2, "to change and to remove: {page}");
    }
}

#[test]
fn what_only_belongs_to_other_months_is_folded_after_the_rest_of_its_section() {
    let planned = Phrase::new("calculation-income-planned").with("known_on", date(2026, 11, 18));
    let counted = CalculationLine {
        rules: vec![Phrase::new("calculation-income-counted"), planned],
        ..a_line("income-kind-wage", LineState::Counted)
    };
    let of_others = ["income-kind-study-aid", "income-kind-child-benefit"];
    let mut lines: Vec<_> = of_others.map(|label| a_line(label, LineState::OtherMonth)).into();
    lines.push(counted);
    let html = calculated(Finality::Decided, lines);
    let (before, folded) = html.split_once("<details").unwrap();
    let (folded, _) = folded.split_once("</details>").unwrap();
    assert!(before.contains("Lön, Petra") && !before.contains("Studiemedel"), "{before}");
    assert!(before.contains("Inkomsten räknas helt. Utbetalningen är planerad."), "every rule is told: {before}");
    assert!(folded.contains("2 uppgifter från andra månader räknas inte"), "{folded}");
    assert!(
        folded.contains("Studiemedel") && folded.contains("500\u{a0}kr") && !folded.contains(">0\u{a0}kr<"),
        "{folded}"
    );
}

#[test]
fn a_decided_calculation_is_final_and_a_draft_is_not() {
    let draft = calculated(Finality::Draft { open_lines: 1 }, vec![a_line("income-kind-gift", LineState::AsksHuman)]);
    for told in ["Underskott, preliminärt", "avgörs", "En handläggare behöver ta ställning"] {
        assert!(draft.contains(told), "{told}: {draft}");
    }
    let decided = calculated(Finality::Decided, vec![a_line("income-kind-gift", LineState::LeftOut)]);
    assert!(decided.contains("Räknades inte") && decided.contains(">0\u{a0}kr<"), "{decided}");
    for waits in ["preliminär", "avgörs", "behöver ta ställning"] {
        assert!(!decided.contains(waits), "{waits}: {decided}");
    }
}

#[test]
fn what_an_authority_reported_is_folded_on_the_check_page_and_all_of_it_there() {
    let row = |label: &str, kind, day: i8, state| AuthorityRow {
        label: label.to_owned(),
        kind,
        amount: Money::from_kronor(1_900),
        pay_date: Some(date(2026, 11, day)),
        period: Some((date(2026, 11, 1), date(2026, 11, 30))),
        state,
    };
    let benefit = RowKind::Income(IncomeKind::HousingBenefit);
    let bill = RowKind::Expense(ExpenseKind::Electricity);
    let rows = vec![row("Bostadsbidrag", benefit, 20, RowState::Paid), row("Elnät", bill, 27, RowState::Paid)];
    let done = |answer| AnswerState::Done { answer, at: datetime(2026, 11, 24, 9, 14, 0, 0) };
    let answer = |agency, answer| SourceAnswer {
        authority: AuthorityName::Agency(agency),
        state: done(answer),
        marks: Vec::new(),
    };
    let answers = vec![
        answer(Agency::Csn, Answer::NothingFound),
        answer(Agency::Fk, Answer::Answered(Content { rows, facts: Vec::new() })),
        answer(Agency::Pm, Answer::NothingFound),
    ];
    let html = html(check::page(Check { answers, ..the_check() }));
    let (summary, rest) = html.split_once("<summary>").unwrap().1.split_once("</summary>").unwrap();
    assert!(summary.contains("Försäkringskassan") && summary.contains("2 uppgifter"), "{summary}");
    let folded = rest.split("</details>").next().unwrap();
    for told in
        ["1\u{a0}900\u{a0}kr", "utbetald 20\u{a0}november, för november", "betald 27\u{a0}november, för november"]
    {
        assert!(folded.contains(told), "{told}: {folded}");
    }
    assert!(!folded.contains("att betala") && !folded.contains("Försäkringskassan"), "{folded}");
    assert!(rest.contains("CSN, Pensionsmyndigheten"), "those that said the same stand together: {rest}");
}

#[test]
fn the_receipt_of_a_decided_application_says_so_and_no_longer_what_is_to_come() {
    let receipt = |decision| Receipt {
        renewal: RenewalId(Uuid::nil()),
        month: month(),
        reference: "KVH-0YW-11A".to_owned(),
        received: datetime(2026, 11, 18, 18, 1, 0, 0),
        signatures: the_check().signatures,
        caseworker: Some("David Nilsson".to_owned()),
        decided_by: Some(date(2026, 11, 28)),
        decision,
    };
    let decision = DecisionBrief {
        id: DecisionId(Uuid::nil()),
        outcome: Outcome::Granted,
        decided: date(2026, 11, 23),
        read: None,
        appeal_until: None,
    };
    assert!(html(receipt::page(receipt(None))).contains("David Nilsson går igenom den"));
    let decided = html(receipt::page(receipt(Some(decision))));
    assert!(decided.contains("Beslut: bifall") && decided.contains("href=\"/decisions/"), "{decided}");
    assert!(!decided.contains("går igenom den") && !decided.contains("Senast"), "{decided}");
}

#[test]
fn of_the_other_adult_it_is_told_who_reads_or_a_sum_and_its_ground() {
    let other = |is_asked, sum| Some(OtherAdult { name: "Johan".to_owned(), is_asked, sum });
    let shown = |other| html(authorities::page(Authorities { other, ..the_authorities(0) }));
    let ground = || "OSL 10 kap. 3 §: <parter>".to_owned();
    let sum = |amount, is_whole| Some(OtherSum { month: month().previous(), amount, is_whole, ground: ground() });
    let amount = Some(Money::from_kronor(4_012));

    assert!(!shown(None).contains("Om Johan"));
    let theirs = shown(other(true, None));
    assert!(theirs.contains("Myndigheterna har tillfrågats om Johan. Vad de svarar visas bara för Johan"), "{theirs}");
    let not_asked = shown(other(false, None));
    assert!(not_asked.contains("Ingen myndighet har tillfrågats om Johan än."), "{not_asked}");
    let told = shown(other(true, sum(amount, true)));
    for text in ["sammanlagt 4\u{a0}012\u{a0}kr i november", "OSL 10 kap. 3 §: &lt;parter&gt;"] {
        assert!(told.contains(text), "{text}: {told}");
    }
    assert!(!told.contains("kan saknas.") && !told.contains("visas bara för"), "{told}");
    assert!(shown(other(true, sum(amount, false))).contains("Något svar kan saknas."));
    let nothing = shown(other(true, sum(None, true)));
    assert!(nothing.contains("inte berättat om några pengar till Johan i november"), "{nothing}");
    assert!(!nothing.contains("0\u{a0}kr"), "absence is never zero: {nothing}");
    let before = shown(other(false, sum(None, true)));
    assert!(!before.contains("inte berättat") && before.contains("OSL 10 kap."), "nobody was asked: {before}");
}

#[test]
fn a_figure_says_without_whose_authorities_it_is_made() {
    let without = "Utan det som myndigheterna säger om Johan.";
    let sum = OtherSum { month: month().previous(), amount: None, is_whole: true, ground: "OSL 10 kap.".to_owned() };
    let shown = |other| html(check::page(Check { other, ..the_check() }));
    let other = |sum| Some(OtherAdult { name: "Johan".to_owned(), is_asked: true, sum });
    let page = shown(other(None));
    assert!(page.split_once("Preliminär beräkning").unwrap().1.contains(without), "{page}");
    assert!(!shown(other(Some(sum))).contains(without), "what is summed is counted");
    assert!(!shown(None).contains("Utan det"), "who lives alone is told nothing of the kind");
}
