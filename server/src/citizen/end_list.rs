//! `POST /renewal/{list}`: whether the incomes or expenses in the list are all.

use axum::extract::Path;
use axum_extra::extract::Form;
use domain::renewal::draft::ItemList;
use serde::Deserialize;

use super::save_item::list_mut;
use super::work::LockedWork;
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

/// The question under a list.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    more: String,
}

/// "Yes, more" leads to a new item; "no" closes the list, and leads on when all of it can be taken.
pub(crate) async fn act(mut visit: Visit<Citizen>, Path(which): Path<ItemList>, Form(posted): Form<Posted>) -> Reply {
    let (tx, section) = (&mut visit.tx, which.section());
    let mut work = LockedWork::lock(tx, &visit.actor, &visit.here).await?;
    work.begin_section(section);
    list_mut(&mut work, which).done = posted.more == "no";
    let page = if posted.more == "yes" {
        // Asking for one more is no answer to "are these all?", so nothing is wrong yet.
        work.stored.posted.remove(section.code());
        work.save(tx).await?;
        format!("/renewal/{}/add", section.code())
    } else {
        work.save_section(tx, section).await?
    };
    visit.see_other(&page).await
}
