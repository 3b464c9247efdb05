//! `POST /renewal/authorities/ask-again`: the sources that failed or answered in part are asked once more.

use domain::renewal::Stage;

use super::work::current_month;
use crate::case::asking;
use crate::http::{Reply, Visit};
use crate::session::policy::{Citizen, OwnRenewal};

/// Asks about the person themselves. What was signed is not asked about anew.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let month = current_month(&renewals, here);
    if let Some(renewal) = renewals.into_iter().find(|one| Some(one.month()) == month) {
        let renewal = renewal.lock(tx, actor).await?;
        if renewal.stage() == Stage::Draft {
            asking::ask_again(tx, renewal.id(), actor.person()).await?;
        }
    }
    visit.see_other("/renewal/authorities").await
}
