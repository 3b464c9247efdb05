//! `GET /renewal/receipt`: that a renewal has arrived.

use app::citizen::model::Receipt;
use app::citizen::receipt;

use super::work::newest_submitted;
use crate::case::{decisions, head, signers};
use crate::db::DbError;
use crate::http::{Problem, Reply, Visit};
use crate::session::policy::{Citizen, OwnRenewal};

/// The receipt of the newest renewal that has been submitted.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let renewal = newest_submitted(&renewals).ok_or_else(|| Problem::see_other("/home"))?;
    let inconsistent = || DbError::Inconsistent { column: "renewal.submitted_at" };
    let received = here.local(renewal.arrived().ok_or_else(inconsistent)?);
    let signers = signers::of_renewal(tx, renewal.id()).await?;
    let receipt = Receipt {
        renewal: renewal.id(),
        month: renewal.month(),
        reference: renewal.reference().ok_or_else(inconsistent)?.to_owned(),
        received,
        signatures: signers.iter().map(|signer| signer.shown(true, Some(actor.person()))).collect(),
        caseworker: head::of_case(tx, actor.case()).await?.caseworker(),
        decided_by: here.site.municipality.due(received.date()),
        decision: renewal.decision().map(decisions::own_brief),
    };
    visit.page(receipt::page(receipt)).await
}
