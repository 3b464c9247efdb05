//! `/renewal/{list}/{id}/remove`: an income or expense is removed, after a question.

use app::citizen::model::RemoveItem;
use app::citizen::remove_item;
use axum::extract::Path;
use domain::id::StatementId;
use domain::renewal::draft::ItemList;

use super::items;
use super::save_item::list_mut;
use super::work::{LockedWork, Work};
use crate::http::{Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// `GET`: the question before it.
pub(crate) async fn page(mut visit: Visit<Citizen>, Path((which, id)): Path<(ItemList, StatementId)>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let items = items::of_work(&work, which);
    let item = items.into_iter().find(|item| item.id == id).ok_or(Problem::NotFound)?;
    let question = RemoveItem { which, item, form: work.form(which.section(), &[]) };
    visit.page(remove_item::page(question)).await
}

/// `POST`: it is gone. Removed twice, it is gone once.
pub(crate) async fn act(mut visit: Visit<Citizen>, Path((which, id)): Path<(ItemList, StatementId)>) -> Reply {
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    list_mut(&mut work, which).remove(id);
    work.save(&mut visit.tx).await?;
    visit.see_other(&format!("/renewal/{}", which.section().code())).await
}
