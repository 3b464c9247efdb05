//! The citizen's pages with invented people and amounts.

mod item_pages;
mod month;
mod renewal;
mod shared;

use app::citizen::model::{
    Applying, AwaitedBrief, AwaitedProof, AwaitedProofs, DecisionCalculation, DecisionPage, Decisions, Ended,
    EndedCase, Home, ListedDecision, Message, Messages, MoveApart, NewMessage, NextStep, NotAvailable, Opening, Past,
    Payouts, RenewalProgress, SaidApart, Start, TakingOver, Told,
};
use app::citizen::{
    awaited_proofs, calculation, decision, decisions, home, messages, move_apart, not_available, openings, past,
    payouts, start,
};
use app::document::{Page, Viewer};
use app::model::{CaseNumber, DecisionBrief, Form, Outcome, PayoutState, Phrase, ProofFiles};
use app::sessions::{self, ListedSession, Sessions};
use domain::id::{DecisionId, MessageId, RenewalId, SeparationId, SessionId, StatementId};
use domain::message::MessageSubject;
use domain::opening::{OpeningGround, OpeningPurpose};
use jiff::civil::{date, datetime};
use uuid::Uuid;

use super::{Screen, petra};
use crate::proofs::files;
use renewal::window;
use shared::{LONG, at, contact, form, johan, kronor, month, payout, signed};

pub(crate) fn screens() -> Vec<Screen> {
    let anonymous = |name: &str, page| Screen { name: name.to_owned(), viewer: Viewer::Anonymous, page };
    let citizen = |name: &str, page| Screen { name: name.to_owned(), viewer: Viewer::Citizen { name: petra() }, page };
    let mut screens = vec![
        anonymous("start", start::page(Start { open: Some(window()), contact: contact() })),
        anonymous("start-closed", start::page(Start { open: None, contact: contact() })),
        citizen("not-available", not_available::page(NotAvailable { contact: contact() })),
    ];
    let ended = |number: &str, ended| EndedCase { number: CaseNumber(number.to_owned()), ended };
    let apart = |is_own_word, is_disputed| {
        let said = SaidApart { separation: SeparationId(Uuid::nil()), is_own_word, is_disputed };
        Ended::Left { on: date(2026, 11, 9), apart: Some(said) }
    };
    let past = |cases| past::page(Past { cases, contact: contact() });
    let closed = ended("2021-0411", Ended::Closed(date(2023, 3, 31)));
    screens.push(citizen("past-closed", past(vec![closed.clone()])));
    screens.push(citizen("past-apart", past(vec![ended("2024-0173", apart(false, false)), closed])));
    screens.push(citizen("past-disputed", past(vec![ended("2024-0173", apart(true, true))])));
    for (name, stays) in [("apart-stays", true), ("apart-leaves", false)] {
        let question = MoveApart { other: "Johan".to_owned(), stays, contact: contact() };
        screens.push(citizen(name, move_apart::page(question)));
    }
    screens.push(citizen("decisions", decisions::page(Decisions { decisions: decided() })));
    screens.push(citizen("decisions-none", decisions::page(Decisions { decisions: Vec::new() })));
    screens.push(citizen("openings", openings::page(looked())));
    screens.push(citizen("openings-none", openings::page(Vec::new())));
    screens.push(citizen("sessions", sessions::page(logged_in(2))));
    screens.push(citizen("sessions-only-this", sessions::page(logged_in(0))));
    screens.extend(homes().into_iter().map(|(name, page)| citizen(name, page)));
    screens.extend(renewal::pages().into_iter().map(|(name, page)| citizen(name, page)));
    screens.extend(outcomes().into_iter().map(|(name, page)| citizen(name, page)));
    screens.extend(message_pages().into_iter().map(|(name, page)| citizen(name, page)));
    screens
}

fn decided() -> Vec<ListedDecision> {
    let one = |of, outcome| ListedDecision { month: month(of), renewal: RenewalId(Uuid::nil()), brief: brief(outcome) };
    vec![one(11, Outcome::PartlyGranted), one(10, Outcome::Granted), one(9, Outcome::Rejected)]
}

fn looked() -> Vec<Opening> {
    let one = |who: &str, day, ground, purpose| Opening { who: who.to_owned(), day, ground, purpose };
    let words = Some("Du ringde och Sara var upptagen.".to_owned());
    vec![
        one("Ylva Ek", date(2026, 11, 24), OpeningGround::Second, None),
        one("Karl Ström", date(2026, 11, 20), OpeningGround::Purpose, Some((OpeningPurpose::Contact, words))),
        one("Karl Ström", date(2026, 11, 19), OpeningGround::Substitute, None),
        one("Sara Lind", date(2026, 11, 17), OpeningGround::Responsible, None),
    ]
}

/// Where Petra is logged in: here, and in so many other places.
fn logged_in(others: u128) -> Sessions {
    let session = |number: u128| ListedSession {
        id: SessionId(Uuid::from_u128(number)),
        begun: datetime(2026, 11, 24, 8, 12, 0, 0),
        seen: datetime(2026, 11, 24, 9, 40, 0, 0),
        is_this: number == 0,
    };
    Sessions { sessions: (0..=others).map(session).collect(), end: "/sessions/end".to_owned() }
}

fn homes() -> Vec<(&'static str, Page)> {
    let nothing_yet = Home {
        progress: None,
        planned: Vec::new(),
        made: Vec::new(),
        caseworker: None,
        ..the_home(NextStep::Begin { window: window(), previous: None })
    };
    let saved = datetime(2026, 11, 23, 20, 5, 0, 0);
    vec![
        ("home", home::page(the_home(NextStep::Begin { window: window(), previous: Some(month(11)) }))),
        ("home-continue", home::page(the_home(NextStep::Continue { window: window(), saved }))),
        ("home-cosign", {
            let applicant = "Johan".to_owned();
            home::page(the_home(NextStep::CoSign { month: month(12), applicant }))
        }),
        ("home-other-began", {
            let began = NextStep::OtherBegan {
                window: window(),
                other: "Johan".to_owned(),
                applying: Applying::NotSaid,
                shows_sum: false,
                taking_over: TakingOver::Now,
            };
            let told = Told { name: "Johan".to_owned(), month: month(12), at: saved, took_over: true };
            home::page(Home { told: Some(told), ..the_home(began) })
        }),
        ("home-other-applies", {
            let began = NextStep::OtherBegan {
                window: window(),
                other: "Johan".to_owned(),
                applying: Applying::Writing,
                shows_sum: false,
                taking_over: TakingOver::Later,
            };
            home::page(the_home(began))
        }),
        ("home-apart", {
            let wait = NextStep::Wait { month: month(12), opens: date(2026, 11, 15) };
            home::page(Home { is_shared: false, apart: Some(date(2026, 11, 9)), ..the_home(wait) })
        }),
        ("home-awaited", {
            let wait = NextStep::Wait { month: month(12), opens: date(2026, 11, 15) };
            let awaited = AwaitedBrief { renewal: RenewalId(Uuid::nil()), month: month(11), due: date(2026, 12, 8) };
            home::page(Home { awaited: Some(awaited), ..the_home(wait) })
        }),
        ("awaited-proofs", awaited_proofs::page(the_awaited(false))),
        ("awaited-proofs-errors", awaited_proofs::page(the_awaited(true))),
        ("home-wait", home::page(the_home(NextStep::Wait { month: month(12), opens: date(2026, 11, 15) }))),
        ("home-empty", home::page(nothing_yet)),
    ]
}

fn the_awaited(wrong: bool) -> AwaitedProofs {
    let what = Phrase::new("proof-what-sick-leave").with("from", date(2026, 11, 3)).with("to", date(2026, 11, 14));
    let of = StatementId(Uuid::from_u128(9));
    let files = if wrong { files(true) } else { ProofFiles::default() };
    let errors = files.errors(&format!("proof-{of}"));
    let proof = AwaitedProof { of, what, due: date(2026, 12, 8), has_come: wrong, files };
    let form = Form { errors, ..Form::default() };
    AwaitedProofs { renewal: RenewalId(Uuid::nil()), month: month(11), proofs: vec![proof], form }
}

fn the_home(next: NextStep) -> Home {
    Home {
        person: petra(),
        case_number: CaseNumber("2024-0173".to_owned()),
        caseworker: Some("Sara Lind".to_owned()),
        is_shared: true,
        apart: None,
        told: None,
        awaited: None,
        next,
        progress: Some(RenewalProgress {
            renewal: RenewalId(Uuid::nil()),
            month: month(11),
            received: datetime(2026, 11, 3, 9, 12, 0, 0),
            signatures: vec![signed(petra()), signed(johan())],
            decision: Some(brief(Outcome::PartlyGranted)),
            payout: Some((PayoutState::Planned, date(2026, 11, 24))),
        }),
        planned: vec![payout(PayoutState::Planned, 8_412, date(2026, 11, 24), None)],
        made: vec![
            payout(PayoutState::Paid, 8_412, date(2026, 10, 27), None),
            payout(PayoutState::Paid, 412, date(2026, 10, 27), Some("Exempelby Energi")),
            payout(PayoutState::Paid, 7_958, date(2026, 9, 25), None),
        ],
    }
}

fn brief(outcome: Outcome) -> DecisionBrief {
    DecisionBrief {
        id: DecisionId(Uuid::nil()),
        outcome,
        decided: date(2026, 11, 6),
        read: Some(date(2026, 11, 6)),
        appeal_until: (outcome != Outcome::Granted).then(|| date(2026, 11, 27)),
    }
}

fn the_decision(outcome: Outcome, reason: &'static str) -> DecisionPage {
    let grants = matches!(outcome, Outcome::Granted | Outcome::PartlyGranted);
    DecisionPage {
        brief: brief(outcome),
        month: month(11),
        case_number: CaseNumber("2024-0173".to_owned()),
        arrived: date(2026, 11, 3),
        decided_by: "Sara Lind".to_owned(),
        presented_by: Some("Karl Ström".to_owned()),
        granted: grants.then(|| kronor(8_412)),
        reason: Phrase::new(reason),
        note: (outcome == Outcome::PartlyGranted).then(|| LONG.to_owned()),
        provisions: vec!["12 kap. 1 \u{a7} socialtj\u{e4}nstlagen (2025:400)".to_owned()],
        has_calculation: outcome != Outcome::Dismissed,
        payouts: if grants { vec![payout(PayoutState::Planned, 8_412, date(2026, 11, 24), None)] } else { Vec::new() },
        contact: contact(),
    }
}

fn outcomes() -> Vec<(&'static str, Page)> {
    let all = Payouts {
        planned: vec![
            payout(PayoutState::Planned, 8_412, date(2026, 11, 24), None),
            payout(PayoutState::Planned, 6_150, date(2026, 11, 24), Some("Fastighetsaktiebolaget Exempelbyhus")),
        ],
        past: vec![
            payout(PayoutState::Stopped, 8_412, date(2026, 10, 27), None),
            payout(PayoutState::Cancelled, 412, date(2026, 10, 27), Some("Exempelby Energi")),
            payout(PayoutState::Paid, 1_007_958, date(2026, 9, 25), None),
        ],
    };
    let counted = DecisionCalculation {
        decision: DecisionId(Uuid::nil()),
        outcome: Outcome::PartlyGranted,
        calculation: shared::calculation(),
    };
    vec![
        ("payouts", payouts::page(all)),
        ("payouts-none", payouts::page(Payouts { planned: Vec::new(), past: Vec::new() })),
        ("decision", decision::page(the_decision(Outcome::PartlyGranted, "decision-reason-expense-too-high"))),
        ("decision-granted", decision::page(the_decision(Outcome::Granted, "decision-reason-need-by-norm"))),
        ("decision-rejected", decision::page(the_decision(Outcome::Rejected, "decision-reason-income-covers-need"))),
        ("decision-dismissed", decision::page(the_decision(Outcome::Dismissed, "decision-reason-already-tried"))),
        ("calculation", calculation::page(counted)),
    ]
}

fn message_pages() -> Vec<(&'static str, Page)> {
    let written = |day, subject, body: &str| Message { sent: at(day, 10, 4), subject, body: body.to_owned() };
    let thread = vec![
        written(22, MessageSubject::Meeting, "Kan jag f\u{e5} en tid p\u{e5} torsdag?"),
        written(3, MessageSubject::Changed, LONG),
    ];
    let to_whom = |caseworker: Option<&str>, form: Form, thread| Messages {
        new: Some(NewMessage {
            form,
            subject: String::new(),
            body: String::new(),
            caseworker: caseworker.map(str::to_owned),
            key: MessageId(Uuid::nil()),
        }),
        thread,
    };
    let messages = |form: Form, thread| to_whom(Some("Sara Lind"), form, thread);
    let errors = [("subject", Phrase::new("error-subject-missing")), ("body", Phrase::new("error-body-missing"))];
    vec![
        ("messages", messages::page(messages(form(&[]), thread.clone()))),
        ("messages-none", messages::page(to_whom(None, form(&[]), Vec::new()))),
        ("messages-past", messages::page(Messages { new: None, thread: thread.clone() })),
        ("messages-errors", messages::page(messages(form(&errors), thread))),
    ]
}
