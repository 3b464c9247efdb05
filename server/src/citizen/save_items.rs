//! Own incomes and expenses are added, changed, removed, and said to be all.

use app::citizen::port::Direction;
use axum::extract::Path;
use axum::response::Response;
use axum_extra::extract::Form;
use domain::form::Typed;
use domain::id::StatementId;
use domain::renewal::draft::{ItemDraft, ListDraft};
use domain::renewal::judge::{judge_expense, judge_income};
use domain::renewal::{Draft, Section};
use serde::Deserialize;
use uuid::Uuid;

use super::draft::OpenDraft;
use super::save_parts::{SaveError, context};
use crate::db::TenantTx;
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::login::policy::Citizen;

/// The form of one item.
#[derive(Deserialize)]
pub struct ItemForm {
    revision: i32,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    note: String,
}

/// The question under a list.
#[derive(Deserialize)]
pub struct MoreForm {
    #[serde(default)]
    more: String,
}

/// `POST /renewal/incomes`
pub async fn incomes(visit: Visit<Citizen>, Form(form): Form<MoreForm>) -> Result<Response, Problem> {
    more(&visit, Direction::Income, &form.more).await.or_else(SaveError::response)
}

/// `POST /renewal/expenses`
pub async fn expenses(visit: Visit<Citizen>, Form(form): Form<MoreForm>) -> Result<Response, Problem> {
    more(&visit, Direction::Expense, &form.more).await.or_else(SaveError::response)
}

/// `POST /renewal/incomes/add`
pub async fn add_income(visit: Visit<Citizen>, Form(form): Form<ItemForm>) -> Result<Response, Problem> {
    save(&visit, Direction::Income, None, form).await.or_else(SaveError::response)
}

/// `POST /renewal/expenses/add`
pub async fn add_expense(visit: Visit<Citizen>, Form(form): Form<ItemForm>) -> Result<Response, Problem> {
    save(&visit, Direction::Expense, None, form).await.or_else(SaveError::response)
}

/// `POST /renewal/incomes/{id}`
pub async fn change_income(
    visit: Visit<Citizen>,
    Path(id): Path<StatementId>,
    Form(form): Form<ItemForm>,
) -> Result<Response, Problem> {
    save(&visit, Direction::Income, Some(id), form).await.or_else(SaveError::response)
}

/// `POST /renewal/expenses/{id}`
pub async fn change_expense(
    visit: Visit<Citizen>,
    Path(id): Path<StatementId>,
    Form(form): Form<ItemForm>,
) -> Result<Response, Problem> {
    save(&visit, Direction::Expense, Some(id), form).await.or_else(SaveError::response)
}

/// `POST /renewal/incomes/{id}/remove`
pub async fn remove_income(visit: Visit<Citizen>, Path(id): Path<StatementId>) -> Result<Response, Problem> {
    remove(&visit, Direction::Income, id).await.or_else(SaveError::response)
}

/// `POST /renewal/expenses/{id}/remove`
pub async fn remove_expense(visit: Visit<Citizen>, Path(id): Path<StatementId>) -> Result<Response, Problem> {
    remove(&visit, Direction::Expense, id).await.or_else(SaveError::response)
}

/// The section that a list is.
pub(super) const fn section(direction: Direction) -> Section {
    match direction {
        Direction::Income => Section::Incomes,
        Direction::Expense => Section::Expenses,
    }
}

/// The list of a direction.
pub(super) fn list(draft: &mut Draft, direction: Direction) -> &mut ListDraft {
    match direction {
        Direction::Income => &mut draft.incomes,
        Direction::Expense => &mut draft.expenses,
    }
}

async fn lock(tx: &mut TenantTx, visit: &Visit<Citizen>) -> Result<OpenDraft, SaveError> {
    Ok(OpenDraft::lock(tx, &visit.actor, &visit.site.municipality, visit.today()).await?)
}

/// "Yes, more" leads to a new item; "no" closes the list, and leads on when all of it can be taken.
async fn more(visit: &Visit<Citizen>, direction: Direction, answer: &str) -> Result<Response, SaveError> {
    let part = section(direction);
    let mut tx = visit.tx().await?;
    let mut open = lock(&mut tx, visit).await?;
    open.begin_section(part);
    list(&mut open.stored.draft, direction).done = answer == "no";
    let context = context(&mut tx, visit, &open).await?;
    let done = open.stored.draft.status(part, &context) == domain::renewal::draft::SectionStatus::Done;
    if answer == "yes" {
        // Asking for one more is no answer to "are these all?", so nothing is wrong yet.
        open.stored.posted.remove(part.code());
    }
    open.save(&mut tx).await?;
    tx.commit().await?;
    Ok(match answer {
        "yes" => see_other(&format!("/renewal/{}/add", part.code())),
        _ if done => see_other("/renewal"),
        _ => see_other(&format!("/renewal/{}", part.code())),
    })
}

/// Saves an item as typed. With something wrong in it the item's own page is shown again; it stays in the list all the same.
async fn save(
    visit: &Visit<Citizen>,
    direction: Direction,
    id: Option<StatementId>,
    form: ItemForm,
) -> Result<Response, SaveError> {
    let part = section(direction);
    let mut tx = visit.tx().await?;
    let mut open = lock(&mut tx, visit).await?;
    let stale = open.is_stale(form.revision);
    open.stored.conflicts.retain(|conflict| conflict.section != part.code());
    let id = id.unwrap_or_else(|| StatementId(Uuid::now_v7()));
    let item = ItemDraft {
        id,
        kind: Typed::new(form.kind)?,
        amount: Typed::new(form.amount)?,
        date: Typed::new(form.date)?,
        person: Typed::new(form.person)?,
        note: Typed::new(form.note)?,
    };
    let items = list(&mut open.stored.draft, direction);
    let before = items.get_mut(id).map(|there| std::mem::replace(there, item.clone()));
    // A full list refuses one more; the list's page says so.
    if before.is_none() && items.add(item.clone()).is_err() {
        return Ok(see_other(&format!("/renewal/{}", part.code())));
    }
    if let (true, Some(before)) = (stale, before) {
        keep_others(&mut open, part, &before, &item);
    }
    let context = context(&mut tx, visit, &open).await?;
    let wrong = match direction {
        Direction::Income => judge_income(&item, &context).is_err(),
        Direction::Expense => judge_expense(&item, &context).is_err(),
    };
    let conflict = open.stored.conflicts.iter().any(|conflict| conflict.section == part.code());
    open.save(&mut tx).await?;
    tx.commit().await?;
    Ok(if wrong || conflict {
        see_other(&format!("/renewal/{}/{id}", part.code()))
    } else {
        see_other(&format!("/renewal/{}", part.code()))
    })
}

fn keep_others(open: &mut OpenDraft, part: Section, before: &ItemDraft, now: &ItemDraft) {
    let fields = [
        ("kind", &before.kind, &now.kind),
        ("amount", &before.amount, &now.amount),
        ("date", &before.date, &now.date),
        ("person", &before.person, &now.person),
        ("note", &before.note, &now.note),
    ];
    for (field, other, posted) in fields {
        if !other.is_blank() && other != posted {
            open.keep_other(part, field, other.as_str());
        }
    }
}

async fn remove(visit: &Visit<Citizen>, direction: Direction, id: StatementId) -> Result<Response, SaveError> {
    let mut tx = visit.tx().await?;
    let mut open = lock(&mut tx, visit).await?;
    list(&mut open.stored.draft, direction).remove(id);
    open.save(&mut tx).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/renewal/{}", section(direction).code())))
}
