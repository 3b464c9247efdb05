//! One renewal, opened, with invented amounts.

use app::caseworker::model::{Cell, ComparisonRow, Event, OpenedRenewal, RenewalHead, SignersWord};
use app::model::{
    AnswerState, AuthorityName, Calculation, CalculationLine, CalculationOutcome, CaseNumber, Finality, Finding,
    HouseholdPerson, LineState, MemberRole, Outcome, PersonAnswers, Phrase, RowDispute, RowMark, ShownPayoutMethod,
    ShownSignatureState, SignedDocument, SourceAnswer, SourceChip, Tone,
};
use domain::authority::{
    Agency, Answer, AuthorityRow, Content, Fact, Failure, FailureKind, NotAsked, RowKind, RowState,
};
use domain::form::PlainText;
use domain::id::{QueryId, RenewalId, RowId, StatementId};
use domain::kind::IncomeKind;
use domain::norm::LineSection;
use domain::renewal::Stage;
use domain::renewal::activity::{ActivityAnswer, ActivityStatement};
use domain::renewal::dispute::{DisputeReason, DisputeStatement};
use domain::renewal::episode::{Certificate, Episode, Extent};
use jiff::civil::{date, datetime};
use uuid::Uuid;

use crate::proofs::groups;

use super::{authority, finding, johan, kronor, made, month, name, number, petra, signature, signed, the_message};

pub(super) fn head() -> RenewalHead {
    RenewalHead {
        renewal: RenewalId(Uuid::from_u128(173)),
        stage: Stage::UnderReview,
        case_number: CaseNumber("2024-0173".to_owned()),
        month: month(12),
        applicant: petra(),
        co_applicant: Some(johan()),
        children: 2,
        arrived: datetime(2026, 11, 14, 9, 12, 0, 0),
        age_days: 10,
        due: Some(date(2026, 11, 24)),
        caseworker: Some("Sara Lind".to_owned()),
        signatures: vec![
            signed(petra(), datetime(2026, 11, 14, 9, 12, 0, 0)),
            signature(johan(), ShownSignatureState::Waiting),
        ],
        decision: None,
    }
}

pub(super) fn decided_head() -> RenewalHead {
    let head = head();
    RenewalHead { stage: Stage::Decided, decision: Some(made(Outcome::PartlyGranted, &head.signatures)), ..head }
}

fn single_head() -> RenewalHead {
    RenewalHead {
        co_applicant: None,
        children: 0,
        due: Some(date(2026, 12, 2)),
        caseworker: None,
        signatures: vec![signed(petra(), datetime(2026, 11, 24, 8, 1, 0, 0))],
        ..head()
    }
}

fn words() -> SignersWord {
    let message = "Hej! Studiemedlen slutade den 31 oktober.\nJag skickar papper n\u{e4}sta vecka.";
    SignersWord {
        activity: Some(ActivityStatement {
            episodes: vec![Episode::SickLeave {
                id: None,
                from: date(2026, 11, 3),
                to: date(2026, 11, 14),
                extent: Extent::Full,
                certificate: Certificate::Later,
            }],
            month: month(11),
            answer: ActivityAnswer::Partly,
            note: Some(PlainText::new("Jag var sjuk en vecka och missade två träffar.")),
        }),
        name: "Petra".to_owned(),
        phone: "070-174 06 05".to_owned(),
        email: "petra@example.org".to_owned(),
        message: Some(message.to_owned()),
    }
}

/// Both have signed, each with words of their own.
pub(super) fn both_signed() -> OpenedRenewal {
    let johan = SignersWord {
        name: "Johan".to_owned(),
        phone: String::new(),
        message: Some("Jag har fått lön den här månaden.".to_owned()),
        ..words()
    };
    OpenedRenewal { signers: vec![words(), johan], ..couple() }
}

pub(super) fn couple() -> OpenedRenewal {
    OpenedRenewal {
        revision: 0,
        head: head(),
        questions: questions(),
        comparison: comparison(),
        previous: month(11),
        people: people(),
        members: members(),
        household_changes: vec![Phrase::new("told-moved-out").with("name", "Elsa").with("date", date(2026, 12, 1))],
        household_change: Some("Elsa bor hos sin pappa varannan vecka sedan den 1 november.".to_owned()),
        signers: vec![words()],
        proofs: groups(),
        calculation: CalculationOutcome::Figure(calculation()),
        payout: account(),
        history: history(),
        messages: vec![the_message()],
        document: document(),
        second_text: None,
    }
}

pub(super) fn single() -> OpenedRenewal {
    let mut calculation = calculation();
    calculation.finality = Finality::Draft { open_lines: 0 };
    calculation.lines.retain(|line| line.state != LineState::AsksHuman);
    let unchanged = comparison().into_iter().filter(|row| row.difference.is_none() && row.counted != Cell::Open);
    OpenedRenewal {
        revision: 0,
        head: single_head(),
        questions: Vec::new(),
        comparison: unchanged.collect(),
        people: people().into_iter().take(1).collect(),
        members: members().into_iter().take(1).collect(),
        household_change: None,
        signers: vec![SignersWord { email: String::new(), message: None, ..words() }],
        calculation: CalculationOutcome::Figure(calculation),
        payout: ShownPayoutMethod::PaymentSlip,
        messages: Vec::new(),
        document: SignedDocument { signatures: single_head().signatures, ..document() },
        ..couple()
    }
}

pub(super) fn without_figure() -> OpenedRenewal {
    let head = RenewalHead { due: None, ..head() };
    OpenedRenewal { head, calculation: no_figure(), comparison: Vec::new(), people: Vec::new(), ..couple() }
}

pub(super) fn decided() -> OpenedRenewal {
    OpenedRenewal { head: decided_head(), ..couple() }
}

pub(super) fn no_figure() -> CalculationOutcome {
    CalculationOutcome::NoFigure(Phrase::new("calculation-no-rules").with("month", month(12)))
}

pub(super) fn account() -> ShownPayoutMethod {
    ShownPayoutMethod::Account { bank: "SEB".to_owned(), ending: "4821".to_owned() }
}

fn questions() -> Vec<Finding> {
    let differs = Phrase::new("finding-question-differs")
        .with("authority", authority("csn"))
        .with("amount", kronor(2_012))
        .with("name", "Petra");
    let failed = Phrase::new("finding-question-failed").with("authority", authority("so")).with("name", "Petra");
    let missing = Phrase::new("finding-question-signature-missing").with("name", "Johan");
    vec![
        finding(Tone::Warning, differs),
        finding(Tone::Bad, failed),
        finding(Tone::Warning, missing),
        finding(Tone::Plain, Phrase::new("finding-question-household")),
    ]
}

fn comparison() -> Vec<ComparisonRow> {
    let row = |label: &'static str, cells: [Cell; 4], difference: Option<Finding>| {
        let [stated, authority, previous, counted] = cells;
        ComparisonRow {
            label: Phrase::new(label),
            person: None,
            note: None,
            stated,
            authority,
            previous,
            counted,
            difference,
        }
    };
    let amount = |value| Cell::Amount(kronor(value));
    let missing = |tone, key: &'static str| Cell::Missing(finding(tone, Phrase::new(key)));
    let word = |tone, key: &'static str, value| Some(finding(tone, Phrase::new(key).with("amount", kronor(value))));
    vec![
        ComparisonRow {
            person: Some("Petra".to_owned()),
            note: Some("slutade 31 oktober".to_owned()),
            ..row(
                "income-kind-study-aid",
                [amount(2_000), amount(4_012), amount(4_012), amount(4_012)],
                word(Tone::Warning, "finding-difference", 2_012),
            )
        },
        row(
            "expense-kind-rent",
            [amount(6_150), Cell::Nothing, amount(5_900), amount(6_150)],
            word(Tone::Plain, "finding-changed-up", 250),
        ),
        ComparisonRow {
            person: Some("Petra".to_owned()),
            ..row(
                "income-kind-unemployment-benefit",
                [Cell::Nothing, missing(Tone::Bad, "finding-cell-failed"), amount(0), Cell::Open],
                None,
            )
        },
        ComparisonRow {
            person: Some("Johan".to_owned()),
            ..row(
                "income-kind-wage",
                [amount(3_054), Cell::Nothing, amount(2_400), amount(3_054)],
                word(Tone::Plain, "finding-changed-up", 654),
            )
        },
        ComparisonRow {
            person: Some("Johan".to_owned()),
            ..row(
                "income-kind-sickness-benefit",
                [Cell::Nothing, missing(Tone::Warning, "finding-cell-not-asked"), Cell::Nothing, Cell::Open],
                None,
            )
        },
        row("income-kind-child-benefit", [Cell::Nothing, amount(2_650), amount(2_650), amount(2_650)], None),
        row("income-kind-housing-benefit", [Cell::Nothing, amount(1_400), amount(1_400), amount(1_400)], None),
        row("expense-kind-electricity", [amount(412), Cell::Nothing, amount(412), amount(412)], None),
        row("expense-kind-home-insurance", [amount(119), Cell::Nothing, amount(119), amount(119)], None),
    ]
}

fn people() -> Vec<PersonAnswers> {
    let done = |agency, answer| SourceAnswer {
        authority: AuthorityName::Agency(agency),
        state: AnswerState::Done { answer, at: datetime(2026, 11, 14, 9, 2, 0, 0) },
        marks: Vec::new(),
    };
    let row = |label: &str, kind, kronor_paid, state| AuthorityRow {
        label: label.to_owned(),
        kind: RowKind::Income(kind),
        amount: kronor(kronor_paid),
        pay_date: Some(date(2026, 11, 20)),
        period: Some((date(2026, 11, 1), date(2026, 11, 30))),
        state,
    };
    let benefits = Content {
        rows: vec![
            row("Barnbidrag", IncomeKind::ChildBenefit, 2_650, RowState::Paid),
            row("Bostadsbidrag", IncomeKind::HousingBenefit, 1_400, RowState::Planned),
        ],
        facts: vec![Fact::UnderWay { label: "Tillf\u{e4}llig f\u{f6}r\u{e4}ldrapenning".to_owned() }],
    };
    let registered = Content { rows: Vec::new(), facts: vec![Fact::RegisteredJobSeeker { since: date(2026, 3, 2) }] };
    let study =
        Content { rows: vec![row("Studiemedel", IncomeKind::StudyAid, 4_012, RowState::Paid)], facts: Vec::new() };
    let failure = |kind, code: Option<&str>| Failure { kind, code: code.map(str::to_owned) };
    let refused = failure(FailureKind::Refused, Some("PM-502"));
    let row = RowId { query: QueryId(Uuid::from_u128(0x51)), index: 1 };
    let said = DisputeStatement {
        id: StatementId(Uuid::from_u128(0x52)),
        row,
        reason: DisputeReason::Different,
        amount: Some(kronor(1_100)),
        date: None,
        why: PlainText::new("De räknar med hyran på min gamla lägenhet.\nJag flyttade i oktober."),
    };
    let marks = vec![
        RowMark { row: RowId { index: 0, ..row }, dispute: None },
        RowMark { row, dispute: Some(RowDispute::Said(said)) },
    ];
    vec![PersonAnswers {
        person: "Petra".to_owned(),
        answers: vec![
            SourceAnswer { marks, ..done(Agency::Fk, Answer::Answered(benefits)) },
            done(Agency::Csn, Answer::Partly { content: study, missing: vec![refused] }),
            done(Agency::Af, Answer::Answered(registered)),
            done(Agency::So, Answer::Failed(failure(FailureKind::TimedOut, None))),
            done(Agency::Pm, Answer::NothingFound),
            done(Agency::Skv, Answer::NotAsked(NotAsked::SwitchedOff)),
            SourceAnswer {
                authority: AuthorityName::Named("Exempelby Energi".to_owned()),
                state: AnswerState::Waiting,
                marks: Vec::new(),
            },
        ],
    }]
}

fn members() -> Vec<HouseholdPerson> {
    let member = |party: app::model::Party, role| HouseholdPerson { name: party.name, number: party.number, role };
    vec![
        member(petra(), MemberRole::Applicant),
        member(johan(), MemberRole::CoApplicant),
        HouseholdPerson {
            name: name("Elsa", "Nilsson"),
            number: number("201703152395"),
            role: MemberRole::PartTimeChild { days: 15 },
        },
        HouseholdPerson { name: name("Olle", "Nilsson"), number: number("202003122385"), role: MemberRole::Child },
    ]
}

pub(super) fn calculation() -> Calculation {
    let line = |section, label: &'static str, amount| crate::line(section, label, kronor(amount));
    let both = Phrase::new("calculation-norm-personal-partner").with("both", kronor(6_820));
    let shared = Phrase::new("calculation-norm-shared").with("persons", 4i64);
    let guideline =
        Phrase::new("calculation-expense-above-guideline").with("limit", kronor(6_000)).with("left", kronor(6_000));
    let to_judge = Phrase::new("calculation-income-to-judge").with("received", kronor(300));
    Calculation {
        month: month(12),
        table: Phrase::new("calculation-norm"),
        lines: vec![
            CalculationLine {
                person: Some("Petra".to_owned()),
                rules: vec![both.clone()],
                why: None,
                date: None,
                paragraph: Some("SoF 12 kap. 2 \u{a7}".to_owned()),
                ..line(LineSection::Norm, "calculation-personal", 3_410)
            },
            CalculationLine {
                person: Some("Johan".to_owned()),
                rules: vec![both],
                why: None,
                date: None,
                paragraph: Some("SoF 12 kap. 2 \u{a7}".to_owned()),
                ..line(LineSection::Norm, "calculation-personal", 3_410)
            },
            CalculationLine {
                rules: vec![shared],
                why: None,
                date: None,
                paragraph: Some("SoF 12 kap. 2 \u{a7}".to_owned()),
                ..line(LineSection::Norm, "calculation-shared", 2_110)
            },
            CalculationLine {
                from: Some(kronor(6_150)),
                state: LineState::Reduced,
                source: Some(SourceChip::Stated("Petra".to_owned())),
                rules: vec![guideline],
                why: None,
                date: None,
                paragraph: Some("SoL 12 kap. 7 \u{a7}".to_owned()),
                ..line(LineSection::Expenses, "expense-kind-rent", 6_000)
            },
            CalculationLine {
                source: Some(SourceChip::Earlier(month(11))),
                rules: vec![Phrase::new("calculation-expense-reasonable")],
                ..line(LineSection::Expenses, "expense-kind-electricity", 412)
            },
            CalculationLine {
                person: Some("Petra".to_owned()),
                source: Some(SourceChip::Authority(AuthorityName::Agency(Agency::Csn))),
                rules: vec![Phrase::new("calculation-income-counted")],
                ..line(LineSection::Incomes, "income-kind-study-aid", 4_012)
            },
            CalculationLine {
                source: Some(SourceChip::Caseworker("Sara Lind".to_owned())),
                state: LineState::Overridden,
                rules: vec![Phrase::new("calculation-override-decided").with("computed", kronor(2_400))],
                ..line(LineSection::Incomes, "income-kind-wage", 3_054)
            },
            CalculationLine {
                state: LineState::AsksHuman,
                source: Some(SourceChip::Stated("Johan".to_owned())),
                rules: vec![to_judge],
                ..line(LineSection::Incomes, "income-kind-other", 0)
            },
        ],
        norm: kronor(8_930),
        expenses: kronor(6_412),
        incomes: kronor(7_066),
        balance: kronor(-8_276),
        payable: kronor(8_276),
        finality: Finality::Draft { open_lines: 1 },
    }
}

fn history() -> Vec<Event> {
    let event = |day, actor: Option<&str>, what| Event {
        at: datetime(2026, 11, day, 9, 12, 0, 0),
        actor: actor.map(str::to_owned),
        what,
    };
    let asked = Phrase::new("event-asked").with("authority", authority("csn")).with("name", "Petra");
    vec![
        event(20, Some("Sara Lind"), Phrase::new("event-opened")),
        event(14, Some("Petra Nilsson"), Phrase::new("event-signed").with("name", "Petra Nilsson")),
        event(14, None, asked),
    ]
}

fn document() -> SignedDocument {
    SignedDocument {
        month: month(12),
        reference: "FN-2026-7K3Q-9".to_owned(),
        signatures: head().signatures,
        text: "Ans\u{f6}kan om ekonomiskt bist\u{e5}nd f\u{f6}r december 2026\nTill Exempelby kommun\n\nEgna inkomster\n\u{2013} L\u{f6}n, 3 054 kr".to_owned(),
        language: "sv".to_owned(),
        digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
    }
}
