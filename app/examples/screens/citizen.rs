//! The citizen's pages with invented people and amounts.

use app::citizen::port::{Home, NextStep, Progress, Start, Window};
use app::citizen::{home, start};
use app::document::Viewer;
use app::port::{
    CaseNumber, ContactWays, DecisionBrief, Outcome, Payee, Payout, PayoutMethod, PayoutState, PersonName, Phrase,
    Signature, SignatureState,
};
use domain::id::{DecisionId, PayoutId, RenewalId};
use domain::{Money, NormMonth, PersonNumber};
use jiff::civil::{Date, date, datetime};
use uuid::Uuid;

use super::{Screen, petra};

pub(crate) fn screens() -> Vec<Screen> {
    let anonymous = |name: &str, page| Screen { name: name.to_owned(), viewer: Viewer::Anonymous, page };
    let citizen = |name: &str, page| Screen { name: name.to_owned(), viewer: Viewer::Citizen { name: petra() }, page };
    let mut screens = vec![
        anonymous("start", start::page(Start { open: Some(window()), contact: contact() })),
        anonymous("start-closed", start::page(Start { open: None, contact: contact() })),
    ];
    for (name, next) in [
        ("home", NextStep::Begin { window: window(), previous: Some(month(11)) }),
        ("home-continue", NextStep::Continue { window: window(), saved: datetime(2026, 11, 23, 20, 5, 0, 0) }),
        ("home-cosign", NextStep::CoSign { month: month(12), applicant: "Johan".to_owned(), until: None }),
        ("home-wait", NextStep::Wait { month: month(12), opens: date(2026, 11, 15) }),
    ] {
        screens.push(citizen(name, home::page(the_home(next))));
    }
    let nothing_yet = Home {
        progress: None,
        planned: Vec::new(),
        made: Vec::new(),
        caseworker: None,
        ..the_home(NextStep::Begin { window: window(), previous: None })
    };
    screens.push(citizen("home-empty", home::page(nothing_yet)));
    screens
}

fn month(number: i8) -> NormMonth {
    NormMonth::of(date(2026, number, 1)).unwrap_or_else(|error| unreachable!("{error}"))
}

fn window() -> Window {
    Window { month: month(12), until: date(2026, 12, 10) }
}

fn contact() -> ContactWays {
    ContactWays {
        phone: Some("0123-456 00".to_owned()),
        phone_hours: Some("Vardagar 9\u{2013}12".to_owned()),
        visit: Some("Medborgarhuset, Storgatan 1".to_owned()),
        post: Some("Exempelby kommun, 123 45 Exempelby".to_owned()),
    }
}

fn the_home(next: NextStep) -> Home {
    Home {
        person: petra(),
        case_number: CaseNumber("2024-0173".to_owned()),
        caseworker: Some("Sara Lind".to_owned()),
        next,
        progress: Some(Progress {
            renewal: RenewalId(Uuid::nil()),
            month: month(11),
            received: datetime(2026, 11, 3, 9, 12, 0, 0),
            signatures: vec![signed("Petra", true), signed("Johan", false)],
            decision: Some(DecisionBrief {
                id: DecisionId(Uuid::nil()),
                outcome: Outcome::PartlyGranted,
                decided: date(2026, 11, 6),
                read: Some(date(2026, 11, 6)),
                appeal_until: Some(date(2026, 11, 27)),
            }),
            payout: Some((PayoutState::Planned, date(2026, 11, 24))),
        }),
        planned: vec![payout(PayoutState::Planned, 8_412, date(2026, 11, 24), None)],
        made: vec![
            payout(PayoutState::Paid, 8_412, date(2026, 10, 27), None),
            payout(PayoutState::Paid, 412, date(2026, 10, 27), Some("Exempelby Energi")),
            payout(PayoutState::Paid, 7_958, date(2026, 9, 25), None),
        ],
        unread_messages: 1,
    }
}

fn signed(given: &str, is_viewer: bool) -> Signature {
    Signature {
        name: PersonName { given: given.to_owned(), family: "Nilsson".to_owned() },
        number: PersonNumber::parse("199006022397").unwrap_or_else(|error| unreachable!("{error}")),
        is_viewer,
        state: SignatureState::Signed { at: datetime(2026, 11, 3, 9, 12, 0, 0) },
    }
}

fn payout(state: PayoutState, kronor: i64, pay_date: Date, third_party: Option<&str>) -> Payout {
    Payout {
        id: PayoutId(Uuid::nil()),
        benefit: Phrase::new("benefit-economic-assistance"),
        month: month(pay_date.month()),
        state,
        amount: Money::from_kronor(kronor),
        pay_date,
        method: match third_party {
            Some(_) => PayoutMethod::Slip,
            None => PayoutMethod::Account { bank: "SEB".to_owned(), ending: "4821".to_owned() },
        },
        payee: match third_party {
            Some(name) => Payee::ThirdParty(name.to_owned()),
            None => Payee::Household(petra().full()),
        },
        decision: third_party.is_none().then_some(DecisionId(Uuid::nil())),
    }
}
