//! What is read for somebody whose case is not known.

use app::citizen::port::{NotAvailable, Start, Window};
use app::port::ContactWays;
use domain::renewal::window::Offer;

use super::draft;
use crate::db::DbError;
use crate::http::visit::Visit;
use crate::login::policy::Visitor;
use crate::municipality::Municipality;

/// The start page: the month that somebody who has renewed nothing could apply for.
pub(super) fn read(visit: &Visit<Visitor>) -> Result<Start, DbError> {
    let municipality = &visit.site.municipality;
    let open = match draft::window(municipality)?.offer(visit.today(), |_| false) {
        Some(Offer::Renew { month, until, .. }) => Some(Window { month, until }),
        Some(Offer::Wait { .. }) | None => None,
    };
    Ok(Start { open, contact: contact(municipality) })
}

/// The page for everybody whom this service is not for; the same for all, so that it tells nobody why.
pub(super) fn not_available(visit: &Visit<Visitor>) -> NotAvailable {
    NotAvailable { contact: contact(&visit.site.municipality) }
}

/// Other ways to reach the municipality.
pub(super) fn contact(municipality: &Municipality) -> ContactWays {
    let row = &municipality.row;
    ContactWays {
        phone: Some(row.phone.clone()),
        phone_hours: Some(row.phone_hours.clone()),
        visit: Some(row.visiting_address.clone()),
        post: Some(row.postal_address.clone()),
    }
}
