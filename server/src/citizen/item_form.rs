//! `GET /renewal/{list}/{id}`: the form of one income or expense.

use app::citizen::item_form;
use app::citizen::port::{Direction, ItemForm};
use app::port::{Choice, Form, Phrase};
use axum::extract::Path;
use domain::form::Typed;
use domain::id::StatementId;
use domain::norm::item_preview::List;
use domain::renewal::draft::ItemDraft;
use uuid::Uuid;

use super::check;
use super::items::{about, list, list_errors};
use super::phrases::field_error;
use super::work::Work;
use crate::case::answers;
use crate::http::{Answer, Problem, Visit};
use crate::session::policy::Citizen;

/// The form with what was typed, and what is wrong with it.
pub async fn page(visit: Visit<Citizen>, Path((direction, id)): Path<(Direction, StatementId)>) -> Answer {
    show(visit, direction, Some(id)).await
}

/// The form of an item that there is, or of a new one.
pub(super) async fn show(mut visit: Visit<Citizen>, direction: Direction, id: Option<StatementId>) -> Answer {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let item = match id {
        Some(id) => Some(list(&work, direction).get(id).ok_or(Problem::NotFound)?),
        None => None,
    };
    let asked = answers::newest(&mut visit.tx, work.renewal.id()).await?;
    let known = check::known(&mut visit.tx, &visit.actor, &work, asked).await?;
    let edited = item.map_or(StatementId(Uuid::nil()), |item| item.id);
    let preview = known.item_preview(preview_list(direction), edited, work.context.clone());
    let form = ItemForm { preview, ..form(&work, direction, item) };
    visit.page(item_form::page(form)).await
}

const fn preview_list(direction: Direction) -> List {
    match direction {
        Direction::Income => List::Incomes,
        Direction::Expense => List::Expenses,
    }
}

fn form(work: &Work, direction: Direction, item: Option<&ItemDraft>) -> ItemForm {
    let id = item.map(|item| item.id);
    let errors = list_errors(work, direction).into_iter().filter(|error| error.item.is_some() && error.item == id);
    let typed = |field: fn(&ItemDraft) -> &Typed| item.map_or_else(String::new, |item| field(item).as_str().to_owned());
    let choice = |member: &crate::case::household::HouseholdMember| Choice {
        value: member.person.to_string(),
        label: Phrase::verbatim(member.name.given.as_str()),
    };
    ItemForm {
        direction,
        id,
        preview: None,
        about: about(direction, &work.context),
        form: Form { errors: errors.map(|error| field_error(&error)).collect(), ..work.form(direction.section(), &[]) },
        kind: typed(|item| &item.kind),
        amount: typed(|item| &item.amount),
        date: typed(|item| &item.date),
        person: typed(|item| &item.person),
        note: typed(|item| &item.note),
        people: work.members.iter().map(choice).collect(),
    }
}
