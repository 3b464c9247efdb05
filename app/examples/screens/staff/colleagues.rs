//! Between colleagues: whose a case is, who stands in, and whom one is close to.

use app::caseworker::model::{AssignCase, OpenCase, OpenedWhat, RelationRow, Relations, SubstituteRow, Substitutes};
use app::caseworker::{assign_case, open_case, relations, substitutes};
use app::document::{Page, Viewer};
use app::model::{CaseNumber, FieldError, Form, Phrase};
use domain::id::{RenewalId, StaffId};
use domain::staff::RelationKind;
use jiff::civil::date;
use uuid::Uuid;

use super::{month, number};
use crate::Screen;

pub(super) fn screens() -> Vec<Screen> {
    let caseworker = |name: &str, page: Page| {
        let viewer =
            Viewer::Caseworker { name: "Sara Lind".to_owned(), unread: 3, has_clearance: false, unseen_readings: None };
        Screen { name: format!("staff-{name}"), viewer, page }
    };
    vec![
        caseworker("open-case", open_case::page(opening(Some("Karl Ström")))),
        caseworker("open-case-free", open_case::page(opening(None))),
        caseworker("assign-case", assign_case::page(assigning())),
        caseworker("substitutes", substitutes::page(standing_in())),
        caseworker("relations", relations::page(close_to())),
    ]
}

fn opening(responsible: Option<&str>) -> OpenCase {
    OpenCase {
        about: Uuid::from_u128(173),
        case_number: CaseNumber("2024-0173".to_owned()),
        what: OpenedWhat::Renewal(month(12)),
        responsible: responsible.map(str::to_owned),
        form: Form::default(),
        purpose: String::new(),
        words: String::new(),
    }
}

fn others() -> Vec<(StaffId, String)> {
    vec![(StaffId(Uuid::from_u128(1)), "Karl Ström".to_owned()), (StaffId(Uuid::from_u128(2)), "Ylva Ek".to_owned())]
}

fn assigning() -> AssignCase {
    let missing = FieldError::new("to", Phrase::new("error-assign-missing"));
    AssignCase {
        renewal: RenewalId(Uuid::from_u128(173)),
        case_number: CaseNumber("2024-0173".to_owned()),
        others: others(),
        form: Form { errors: vec![missing], ..Form::default() },
    }
}

fn standing_in() -> Substitutes {
    let row = |id, is_own, absent: &str, substitute: &str| SubstituteRow {
        id: Uuid::from_u128(id),
        is_own,
        absent: absent.to_owned(),
        substitute: substitute.to_owned(),
        from: date(2026, 11, 30),
        until: date(2026, 12, 4),
    };
    Substitutes {
        rows: vec![row(1, true, "Sara Lind", "Karl Ström"), row(2, false, "Ylva Ek", "Sara Lind")],
        others: others(),
        examples: [date(2026, 11, 24), date(2026, 12, 1)],
        form: Form::default(),
        substitute: String::new(),
        from: String::new(),
        until: String::new(),
    }
}

fn close_to() -> Relations {
    let row = |id, kind, digits| RelationRow {
        id: Uuid::from_u128(id),
        kind,
        number: number(digits),
        since: date(2026, 3, 2),
    };
    Relations {
        rows: vec![row(1, RelationKind::Relative, "194408139089"), row(2, RelationKind::Acquaintance, "199107172380")],
        form: Form::default(),
        number: String::new(),
        kind: String::new(),
    }
}
