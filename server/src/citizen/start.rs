//! `GET /`: the start page, for somebody whose case is not known.

use app::citizen::model::{OpenMonth, Start};
use app::citizen::start;
use axum::response::Response;
use domain::renewal::window::Offer;

use crate::http::Here;

/// The month that somebody who has renewed nothing could apply for.
pub(crate) async fn page(here: Here) -> Response {
    let municipality = &here.site.municipality;
    let open = match municipality.window.offer(here.today(), |_| false) {
        Some(Offer::Renew { month, until, .. }) => Some(OpenMonth { month, until }),
        Some(Offer::Wait { .. }) | None => None,
    };
    here.page(start::page(Start { open, contact: municipality.contact.clone() })).await
}
