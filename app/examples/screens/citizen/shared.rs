//! People, rows and amounts that several screens show.

use app::citizen::model::{History, HistoryRow, Item};
use app::model::{
    AnswerState, AuthorityName, Calculation, CalculationLine, ContactWays, FieldError, Finality, Form, HouseholdPerson,
    LineState, MemberRole, Payee, Payout, PayoutState, PersonName, Phrase, RowDispute, RowMark, ShownPayoutMethod,
    ShownSignatureState, Signature, SourceAnswer, SourceChip,
};
use domain::authority::{
    Agency, Answer, AuthorityRow, Content, Fact, Failure, FailureKind, NotAsked, RowKind, RowState,
};
use domain::form::PlainText;
use domain::id::{DecisionId, QueryId, RowId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::LineSection;
use domain::renewal::dispute::{DisputeReason, DisputeStatement};
use domain::{Money, NormMonth, PersonNumber};
use jiff::civil::{Date, DateTime, date, datetime};
use uuid::Uuid;

use crate::petra;

/// Words without a place to break, as some people type.
pub(super) const LONG: &str = "Jag fick hyran höjd och har bråkat med Fastighetsaktiebolaget Exempelbyhus om det sedan i \
somras.\n\nSe https://exempel.se/hyreshojning/2026/overklagande/arende-som-aldrig-tar-slut?nummer=0123456789012345678901234567890123456789 \
<b>så fick jag svar</b>.";

pub(super) fn month(number: i8) -> NormMonth {
    NormMonth::of(date(2026, number, 1)).unwrap_or_else(|error| unreachable!("{error}"))
}

pub(super) const fn kronor(amount: i64) -> Money {
    Money::from_kronor(amount)
}

pub(super) fn number(text: &str) -> PersonNumber {
    PersonNumber::parse(text).unwrap_or_else(|error| unreachable!("{error}"))
}

pub(super) fn contact() -> ContactWays {
    ContactWays {
        phone: "0123-456 00".to_owned(),
        phone_hours: "Vardagar 9\u{2013}12".to_owned(),
        visit: "Medborgarhuset, Storgatan 1".to_owned(),
        post: "Exempelby kommun, 123 45 Exempelby".to_owned(),
    }
}

pub(super) fn johan() -> PersonName {
    PersonName::new("Johan", "Nilsson")
}

pub(super) fn signature(name: PersonName, state: ShownSignatureState) -> Signature {
    let is_viewer = name.called() == "Petra";
    let number = number(if is_viewer { "199006022397" } else { "199107172380" });
    Signature { name, number, is_viewer, state }
}

pub(super) fn signed(name: PersonName) -> Signature {
    signature(name, ShownSignatureState::Signed { at: datetime(2026, 11, 24, 9, 12, 0, 0) })
}

pub(super) fn form(errors: &[(&str, Phrase)]) -> Form {
    let errors = errors.iter();
    let errors = errors.map(|(field, message)| FieldError { field: (*field).to_owned(), message: message.clone() });
    Form { revision: 7, errors: errors.collect(), ..Form::default() }
}

pub(super) fn members() -> Vec<HouseholdPerson> {
    let member = |given: &str, family: &str, digits, role| HouseholdPerson {
        name: PersonName::new(given, family),
        number: number(digits),
        role,
    };
    vec![
        member("Petra", "Nilsson", "199006022397", MemberRole::Applicant),
        member("Johan", "Nilsson", "199107172380", MemberRole::CoApplicant),
        member(
            "Maximiliana-Alexandra",
            "von Wachenfeldt-Gyllenstierna",
            "201703152395",
            MemberRole::PartTimeChild { days: 14 },
        ),
    ]
}

pub(super) fn fetched(label: &str, amount: i64, state: RowState, day: Date) -> AuthorityRow {
    AuthorityRow {
        label: label.to_owned(),
        kind: RowKind::Income(IncomeKind::HousingBenefit),
        amount: kronor(amount),
        pay_date: Some(day),
        period: None,
        state,
    }
}

fn done(answer: Answer) -> AnswerState {
    AnswerState::Done { answer, at: datetime(2026, 11, 24, 9, 14, 0, 0) }
}

fn source(agency: Agency, state: AnswerState) -> SourceAnswer {
    said(AuthorityName::Agency(agency), state)
}

/// What an authority said, of whose rows nothing has been said yet.
fn said(authority: AuthorityName, state: AnswerState) -> SourceAnswer {
    let content = match &state {
        AnswerState::Done { answer, .. } => answer.content(),
        AnswerState::Waiting => None,
    };
    let rows = content.map_or(0, |content| content.rows.len());
    let marks = (0..rows).map(|index| RowMark { row: row_id(index), dispute: None }).collect();
    SourceAnswer { authority, state, marks }
}

/// How a row is called.
pub(super) fn row_id(index: usize) -> RowId {
    RowId { query: QueryId(Uuid::from_u128(0x51)), index }
}

/// What is wrong with a row, as somebody has said.
fn different(why: &str) -> RowDispute {
    RowDispute::Said(DisputeStatement {
        id: StatementId(Uuid::from_u128(0x52)),
        row: row_id(0),
        reason: DisputeReason::Different,
        amount: Some(kronor(1_500)),
        date: Some(date(2026, 11, 27)),
        why: PlainText::new(why),
    })
}

/// Petra's authorities, of whose rows two are said to be wrong.
pub(super) fn disputed() -> Vec<SourceAnswer> {
    let mut answers = answered();
    answers[0].marks[0].dispute =
        Some(different("De räknar med hyran på min gamla lägenhet.\nJag flyttade i oktober."));
    answers[0].marks[1].dispute = Some(RowDispute::Unfinished);
    answers
}

fn failed(kind: FailureKind) -> Failure {
    Failure { kind, code: Some("503".to_owned()) }
}

fn from_fk() -> Content {
    let planned = AuthorityRow {
        period: Some((date(2026, 11, 1), date(2026, 11, 30))),
        ..fetched("Bostadsbidrag", 1_900, RowState::Planned, date(2026, 11, 25))
    };
    let taken = fetched("Återkrav sjukpenning", -350, RowState::Paid, date(2026, 11, 20));
    Content {
        rows: vec![
            planned,
            fetched("Barnbidrag med flerbarnstillägg", 1_250, RowState::Paid, date(2026, 11, 20)),
            taken,
        ],
        facts: Vec::new(),
    }
}

fn job_seeker() -> Content {
    Content { rows: Vec::new(), facts: vec![Fact::RegisteredJobSeeker { since: date(2026, 3, 3) }] }
}

/// Petra's authorities: everything went well.
pub(super) fn answered() -> Vec<SourceAnswer> {
    let csn =
        Content { rows: vec![fetched("Studiemedel", 4_012, RowState::Planned, date(2026, 11, 25))], facts: Vec::new() };
    vec![
        source(Agency::Fk, done(Answer::Answered(from_fk()))),
        source(Agency::Csn, done(Answer::Answered(csn))),
        source(Agency::Af, done(Answer::Answered(job_seeker()))),
        source(Agency::So, done(Answer::NothingFound)),
        source(Agency::Pm, done(Answer::NothingFound)),
        source(Agency::Skv, done(Answer::NothingFound)),
    ]
}

/// Petra's authorities: every way of having no row, and one that is awaited.
pub(super) fn absences() -> Vec<SourceAnswer> {
    let under_way = Fact::UnderWay { label: "Ansökan om arbetslöshetsersättning".to_owned() };
    let partly = Answer::Partly {
        content: Content {
            rows: vec![fetched("Aktivitetsstöd", 6_144, RowState::Paid, date(2026, 11, 24))],
            facts: vec![under_way],
        },
        missing: vec![failed(FailureKind::Refused)],
    };
    let electricity = AuthorityRow {
        kind: RowKind::Expense(ExpenseKind::Electricity),
        ..fetched("Elräkning", 412, RowState::Planned, date(2026, 12, 1))
    };
    let energy = Content { rows: vec![electricity], facts: Vec::new() };
    let named = |name: &str, state| said(AuthorityName::Named(name.to_owned()), state);
    vec![
        source(Agency::Fk, done(partly)),
        source(Agency::Csn, done(Answer::Failed(failed(FailureKind::TimedOut)))),
        source(Agency::Af, AnswerState::Waiting),
        source(Agency::So, done(Answer::Failed(failed(FailureKind::Malformed)))),
        source(Agency::Pm, done(Answer::NotAsked(NotAsked::NotApplicable))),
        source(Agency::Skv, done(Answer::NothingFound)),
        named("Exempelby Energi", done(Answer::Answered(energy))),
        named("Bostadsförmedlingen i Exempelby", done(Answer::NotAsked(NotAsked::SwitchedOff))),
    ]
}

pub(super) fn history() -> Vec<History> {
    let row = |label: &str, amount, day, source| HistoryRow {
        label: Phrase::verbatim(label),
        amount: kronor(amount),
        date: Some(day),
        source,
    };
    let one = |number: i8| History {
        month: month(number),
        rows: vec![
            row(
                "Bostadsbidrag",
                1_900,
                date(2026, number - 1, 25),
                SourceChip::Authority(AuthorityName::Agency(Agency::Fk)),
            ),
            row("Lön", 3_200, date(2026, number - 1, 24), SourceChip::Stated("Petra".to_owned())),
        ],
    };
    vec![one(11), History { month: month(10), rows: Vec::new() }, one(9)]
}

pub(super) fn item(id: u128, label: &'static str, amount: i64, day: Date, note: &str) -> Item {
    Item {
        id: StatementId(Uuid::from_u128(id)),
        label: Phrase::new(label),
        amount: Some(kronor(amount)),
        typed_amount: amount.to_string(),
        date: Some(day),
        month: NormMonth::of(day).ok(),
        source: SourceChip::Stated("Petra".to_owned()),
        since: (id == 3).then(|| month(9)),
        payer: if id == 1 { "Lagret AB".to_owned() } else { String::new() },
        note: note.to_owned(),
        proofs: if id == 3 { vec!["IMG_2041.jpg".to_owned(), "hyresavi.pdf".to_owned()] } else { Vec::new() },
        is_proof_later: id == 4,
    }
}

pub(super) fn incomes() -> Vec<Item> {
    vec![
        item(1, "income-kind-wage", 3_200, date(2026, 11, 24), ""),
        item(2, "income-kind-gift", 500, date(2026, 11, 2), "Födelsedag, av min syster."),
    ]
}

pub(super) fn expenses() -> Vec<Item> {
    vec![
        item(3, "expense-kind-rent", 6_150, date(2026, 11, 30), LONG),
        item(4, "expense-kind-electricity", 412, date(2026, 12, 1), ""),
    ]
}

pub(super) fn account() -> ShownPayoutMethod {
    ShownPayoutMethod::Account { bank: "SEB".to_owned(), ending: "4821".to_owned() }
}

pub(super) fn payout(state: PayoutState, amount: i64, pay_date: Date, third_party: Option<&str>) -> Payout {
    Payout {
        benefit: Phrase::new("benefit-economic-assistance"),
        month: month(pay_date.month()),
        state,
        amount: kronor(amount),
        pay_date,
        method: if third_party.is_some() { ShownPayoutMethod::PaymentSlip } else { account() },
        payee: match third_party {
            Some(name) => Payee::ThirdParty(name.to_owned()),
            None => Payee::Household(petra().full()),
        },
        decision: DecisionId(Uuid::nil()),
        has_calculation: third_party.is_none(),
    }
}

pub(super) fn at(day: i8, hour: i8, minute: i8) -> DateTime {
    datetime(2026, 11, day, hour, minute, 0, 0)
}

pub(super) fn calculation() -> Calculation {
    let line = |section, label: &'static str, amount| CalculationLine {
        paragraph: Some("12 kap. 7 \u{a7} SoL".to_owned()),
        ..crate::line(section, label, kronor(amount))
    };
    let of = |person: &str, line: CalculationLine| CalculationLine { person: Some(person.to_owned()), ..line };
    let half = Phrase::new("calculation-norm-personal-partner").with("both", kronor(7_110));
    let shared = Phrase::new("calculation-norm-shared").with("persons", 3i64);
    let rent = Phrase::new("calculation-expense-above-guideline");
    let rent = rent.with("limit", kronor(6_000)).with("left", kronor(6_000));
    let wage = Phrase::new("calculation-income-counted");
    let gift = Phrase::new("calculation-income-to-judge").with("received", kronor(500));
    let petra_says = || Some(SourceChip::Stated("Petra".to_owned()));
    Calculation {
        month: month(12),
        table: Phrase::verbatim("Riksnormen 2026, version 1"),
        lines: vec![
            of(
                "Petra",
                CalculationLine { rules: vec![half.clone()], ..line(LineSection::Norm, "calculation-personal", 3_555) },
            ),
            of(
                "Johan",
                CalculationLine { rules: vec![half], ..line(LineSection::Norm, "calculation-personal", 3_555) },
            ),
            CalculationLine { rules: vec![shared], ..line(LineSection::Norm, "calculation-shared", 1_920) },
            CalculationLine {
                from: Some(kronor(6_150)),
                state: LineState::Reduced,
                source: petra_says(),
                rules: vec![rent],
                ..line(LineSection::Expenses, "expense-kind-rent", 6_000)
            },
            of(
                "Petra",
                CalculationLine {
                    source: petra_says(),
                    rules: vec![wage],
                    ..line(LineSection::Incomes, "income-kind-wage", 3_200)
                },
            ),
            of(
                "Petra",
                CalculationLine {
                    from: Some(kronor(500)),
                    state: LineState::AsksHuman,
                    source: petra_says(),
                    rules: vec![gift],
                    ..line(LineSection::Incomes, "income-kind-gift", 0)
                },
            ),
        ],
        norm: kronor(9_030),
        expenses: kronor(6_000),
        incomes: kronor(3_200),
        balance: kronor(-11_830),
        payable: kronor(11_830),
        finality: Finality::Draft { open_lines: 1 },
    }
}
