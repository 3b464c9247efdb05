//! `GET /renewal/{list}`: own incomes or expenses.

use app::citizen::items;
use app::citizen::model::{Item, Items};
use app::model::{FieldError, Phrase};
use axum::extract::Path;
use domain::form::read as read_typed;
use domain::renewal::Context;
use domain::renewal::draft::ItemList;
use domain::renewal::draft::{ItemDraft, ListDraft};
use domain::renewal::judge::{self, AMOUNT_LIMIT};
use domain::{Money, NormMonth};

use super::work::Work;
use crate::case::statements::{self, Stated};
use crate::case::{answers, earlier, signed};
use crate::http::{Problem, Reply, Visit};
use crate::session::policy::{Citizen, OwnRenewal};

/// How many earlier months are shown.
const EARLIER: usize = 3;

/// The list with its question, what authorities have reported already, and earlier months.
pub(crate) async fn page(mut visit: Visit<Citizen>, Path(which): Path<ItemList>) -> Reply {
    let items = read(&mut visit, which).await?;
    visit.page(items::page(items)).await
}

async fn read(visit: &mut Visit<Citizen>, which: ItemList) -> Result<Items, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let work = Work::read(tx, actor, here).await?;
    let errors = list_errors(&work, which);
    let of_list: Vec<_> = errors.iter().filter(|error| error.item.is_none()).copied().collect();
    let mut form = work.form(which.section(), &of_list);
    let wrong = errors.iter().filter(|error| error.item.is_some());
    form.errors.extend(wrong.filter_map(|error| Some(FieldError::new(error.item?.to_string(), &error.problem))));
    let items = of_work(&work, which);
    let about = about(which, &work.context);
    let asked = answers::newest(tx, work.renewal.id()).await?;
    let earlier: Vec<_> = work.earlier.iter().take(EARLIER).collect();
    let ids: Vec<_> = earlier.iter().map(|renewal| renewal.id()).collect();
    let cores = signed::cores(tx, &ids).await?;
    let history = |renewal: &&OwnRenewal| {
        let stated = cores.get(&renewal.id()).map(Stated::from).unwrap_or_default();
        earlier::stated(renewal.month(), stated, which, &work.members, renewal.begun_by())
    };
    Ok(Items {
        which,
        month: work.renewal.month(),
        about,
        form,
        sum: items.iter().filter_map(|item| item.amount).fold(Money::ZERO, |sum, amount| sum + amount),
        items,
        more: if list(&work, which).done { "no".to_owned() } else { String::new() },
        fetched: earlier::rows_of_month(&asked, about, which),
        history: earlier.iter().map(history).collect(),
    })
}

/// The list of incomes or of expenses.
pub(super) fn list(work: &Work, which: ItemList) -> &ListDraft {
    match which {
        ItemList::Incomes => &work.draft().incomes,
        ItemList::Expenses => &work.draft().expenses,
    }
}

/// The items of a draft as pages show them.
pub(super) fn of_work(work: &Work, which: ItemList) -> Vec<Item> {
    list(work, which).items.iter().map(|item| shown(work, which, item)).collect()
}

fn shown(work: &Work, which: ItemList, item: &ItemDraft) -> Item {
    let (first, last) = (work.context.first_day(), work.context.last_day());
    Item {
        id: item.id,
        label: kind_label(which, item.kind.as_str()),
        amount: read_typed::amount(&item.amount, AMOUNT_LIMIT).ok(),
        typed_amount: item.amount.as_str().to_owned(),
        date: read_typed::day(item.date.as_str()).filter(|day| (first..=last).contains(day)),
        source: statements::source(&work.members, work.renewal.begun_by()),
        note: item.note.as_str().to_owned(),
    }
}

/// Incomes are those of the month before; expenses those of the month applied for.
pub(super) fn about(which: ItemList, context: &Context) -> NormMonth {
    match which {
        ItemList::Incomes => context.incomes_about(),
        ItemList::Expenses => context.expenses_about(),
    }
}

fn kind_label(which: ItemList, kind: &str) -> Phrase {
    let known = which.kinds().into_iter().find(|(code, _)| *code == kind);
    Phrase::new(known.map_or("kind-not-chosen", |(_, key)| key))
}

/// What is wrong with a list and the items in it.
pub(super) fn list_errors(work: &Work, which: ItemList) -> Vec<judge::DraftError> {
    match which {
        ItemList::Incomes => judge::judge_incomes(&work.draft().incomes, &work.context).err(),
        ItemList::Expenses => judge::judge_expenses(&work.draft().expenses, &work.context).err(),
    }
    .unwrap_or_default()
}
