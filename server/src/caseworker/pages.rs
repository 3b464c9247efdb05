//! The caseworker's pages: read through the port, shown by `app`.

use app::caseworker as show;
use app::caseworker::port::{CaseworkerReads as _, InboxQuery, InboxTab};
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::id::{MessageId, RenewalId};
use serde::Deserialize;

use super::read::CaseworkerReader;
use crate::http::problem::Problem;
use crate::http::visit::Visit;
use crate::login::policy::{Caseworker, Visitor};

type Answer = Result<Response, Problem>;

/// What the inbox's address says: state of work alone.
#[derive(Deserialize)]
pub struct InboxAddress {
    #[serde(default)]
    tab: String,
    #[serde(default)]
    page: u32,
}

/// `GET /staff`
pub async fn start_page(visit: Visit<Visitor>) -> Answer {
    Ok(visit.page(show::start::page()).await)
}

/// `GET /staff/inbox`
pub async fn inbox_page(visit: Visit<Caseworker>, Query(address): Query<InboxAddress>) -> Answer {
    let query = InboxQuery { tab: InboxTab::from_code(&address.tab).unwrap_or_default(), page: address.page.max(1) };
    Ok(visit.page(show::inbox::page(CaseworkerReader::new(&visit).inbox(query).await?)).await)
}

/// `GET /staff/notices`
pub async fn notices_page(visit: Visit<Caseworker>) -> Answer {
    Ok(visit.page(show::notices::page(CaseworkerReader::new(&visit).notices().await?)).await)
}

/// `GET /staff/messages/{id}`
pub async fn message_page(visit: Visit<Caseworker>, Path(id): Path<MessageId>) -> Answer {
    Ok(visit.page(show::message::page(CaseworkerReader::new(&visit).message(id).await?)).await)
}

/// `GET /staff/renewals/{id}`
pub async fn renewal_page(visit: Visit<Caseworker>, Path(id): Path<RenewalId>) -> Answer {
    Ok(visit.page(show::opened::page(CaseworkerReader::new(&visit).renewal(id).await?)).await)
}

/// `GET /staff/renewals/{id}/decide`
pub async fn decide_page(visit: Visit<Caseworker>, Path(id): Path<RenewalId>) -> Answer {
    Ok(visit.page(show::decide::page(CaseworkerReader::new(&visit).decide(id).await?)).await)
}
