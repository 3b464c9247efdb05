//! Officials and what they may decide.

use app::admin::model::{DecidingAlone, DelegationForm, OfficialRow, OpenedOfficial, OtherAdultSetting};
use app::admin::{decision_rule, end_official, official, officials, other_adult_rule};
use app::document::Page;
use app::model::{FieldError, Form, Outcome, Phrase};
use domain::Money;
use domain::decision::{AloneUpTo, Delegation, Mandate};
use domain::form::Typed;
use domain::id::StaffId;
use domain::other_adult::{LegalGround, OtherAdultRule};
use domain::staff::StaffRole;
use jiff::civil::{DateTime, datetime};
use uuid::Uuid;

use crate::Screen;

const SAID: DateTime = datetime(2026, 11, 20, 13, 5, 0, 0);

pub(super) fn screens(administrator: impl Fn(&str, Page) -> Screen) -> Vec<Screen> {
    let [rut, maja, ali, yusuf, nils] = people();
    vec![
        administrator("officials", officials::page(people().into())),
        administrator("official", official::page(opened(rut, Form::default()))),
        administrator("official-errors", official::page(opened(maja.clone(), wrong()))),
        administrator("official-administrator", official::page(opened(yusuf, Form::default()))),
        administrator(
            "official-oneself",
            official::page(OpenedOfficial { is_viewer: true, ..opened(ali, Form::default()) }),
        ),
        administrator("official-ended", official::page(opened(nils, Form::default()))),
        administrator("end-official", end_official::page(maja)),
        administrator("decisions", decision_rule::page(deciding(true, Form::default()))),
        administrator("decisions-none", decision_rule::page(deciding(false, Form::default()))),
        administrator("other-adult", other_adult_rule::page(other_adult(true))),
        administrator("other-adult-none", other_adult_rule::page(other_adult(false))),
    ]
}

/// A supervisor with clearance, a caseworker, two administrators, and one who has left.
fn people() -> [OfficialRow; 5] {
    let one = |index, name: &str, role, kronor: i64| OfficialRow {
        id: StaffId(Uuid::from_u128(index)),
        name: name.to_owned(),
        role,
        mandate: mandate(kronor),
        has_clearance: false,
        supervises: false,
        is_known: false,
        ended: None,
    };
    let rut = one(1, "Rut Alm", StaffRole::Caseworker, 50_000);
    let nils = one(5, "Nils-Alexander Wallin-Hammarskj\u{f6}ld", StaffRole::Caseworker, 0);
    [
        OfficialRow { has_clearance: true, supervises: true, ..rut },
        one(2, "Maja Holm", StaffRole::Caseworker, 15_000),
        one(3, "Ali Demir", StaffRole::Admin, 0),
        one(4, "Yusuf Hassan", StaffRole::Admin, 0),
        OfficialRow { ended: Some(("Ali Demir".to_owned(), SAID)), ..nils },
    ]
}

fn mandate(kronor: i64) -> Mandate {
    let up_to = |outcome: Outcome| Money::from_kronor(if outcome.grants() { kronor } else { 0 });
    let delegated = Outcome::ALL.iter().filter(|_| kronor > 0);
    Mandate::new(delegated.map(|outcome| Delegation { outcome: *outcome, up_to: up_to(*outcome) }).collect())
}

fn opened(official: OfficialRow, form: Form) -> OpenedOfficial {
    let typed = |outcome: Outcome| match official.mandate.up_to(outcome) {
        _ if outcome == Outcome::PartlyGranted && !form.errors.is_empty() => "15000,50".to_owned(),
        Some(up_to) if outcome.grants() => (up_to.ore() / 100).to_string(),
        Some(_) => "yes".to_owned(),
        None => "no".to_owned(),
    };
    let typed = Outcome::ALL.iter().map(|outcome| (*outcome, typed(*outcome))).collect();
    OpenedOfficial {
        official,
        is_viewer: false,
        number: (String::new(), Form::default()),
        delegations: DelegationForm { typed, seen: String::new(), form },
    }
}

fn wrong() -> Form {
    let errors = vec![
        FieldError::new("granted", Phrase::new("error-said-elsewhere")),
        FieldError::new("partly-granted", Phrase::new("error-amount-not-whole")),
    ];
    Form { errors, ..Form::default() }
}

fn deciding(is_said: bool, form: Form) -> DecidingAlone {
    let alone = AloneUpTo { amount: Money::from_kronor(15_000), by_hand: Money::from_kronor(2_000) };
    let typed = |kronor: &str| if is_said { kronor.to_owned() } else { String::new() };
    DecidingAlone {
        now: is_said.then(|| (alone, "Ali Demir".to_owned(), SAID)),
        amount: typed("15000"),
        by_hand: typed("2000"),
        form,
    }
}

fn other_adult(is_said: bool) -> OtherAdultSetting {
    const GROUND: &str = "Offentlighets- och sekretesslagen 10 kap. 3 §: båda vuxna är parter i ärendet.";
    let ground = || LegalGround::read(&Typed::new(GROUND).ok()?).ok();
    let typed = |text: &str| if is_said { text.to_owned() } else { String::new() };
    OtherAdultSetting {
        now: ground().filter(|_| is_said).map(|ground| (OtherAdultRule::Sum(ground), "Ali Demir".to_owned(), SAID)),
        shows_sum: typed("yes"),
        ground: typed(GROUND),
        form: Form::default(),
    }
}
