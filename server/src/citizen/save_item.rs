//! `POST /renewal/{list}/{id}`: an income or expense is saved as typed.

use std::collections::HashMap;

use domain::form::Typed;
use domain::id::StatementId;
use domain::renewal::Section;
use domain::renewal::draft::ItemList;
use domain::renewal::draft::{ItemDraft, ListDraft};
use domain::renewal::judge::{judge_expense, judge_income};
use serde::Deserialize;

use super::locked_work::LockedWork;
use super::proof_files;
use super::shown_revision::ShownRevision;
use crate::http::{Fields, Files, Path, Reply, Visit};
use crate::session::policy::Citizen;

/// The form of one item.
#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    month: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    payer: String,
    #[serde(default)]
    note: String,
    /// Proof is to come later.
    later: Option<String>,
    /// One more is to be added after this.
    more: Option<String>,
    /// Made with the page of a new item: the same form sent twice is one item.
    pub key: Option<StatementId>,
    /// Which files are to be removed.
    #[serde(flatten)]
    others: HashMap<String, String>,
}

/// An item that there is.
pub(crate) async fn act(
    visit: Visit<Citizen>,
    Path((which, id)): Path<(ItemList, StatementId)>,
    files: Files,
    Fields(posted): Fields<Posted>,
) -> Reply {
    save(visit, which, id, posted, &files).await
}

/// The list of incomes or of expenses, to be changed.
pub(super) fn list_mut(work: &mut LockedWork, which: ItemList) -> &mut ListDraft {
    match which {
        ItemList::Incomes => &mut work.stored.draft.incomes,
        ItemList::Expenses => &mut work.stored.draft.expenses,
    }
}

/// Saves an item as typed. With something wrong in it the item's own page is shown again; it stays in the list all the same.
pub(super) async fn save(
    mut visit: Visit<Citizen>,
    which: ItemList,
    id: StatementId,
    posted: Posted,
    files: &Files,
) -> Reply {
    let (tx, section) = (&mut visit.tx, which.section());
    let mut work = LockedWork::lock(tx, &visit.actor, &visit.here).await?;
    let stale = work.is_stale(&posted.revision)?;
    work.settle_conflicts(section);
    let (is_more, is_later) = (posted.more.is_some(), posted.later.is_some());
    let removed = proof_files::removed(&posted.others);
    let mut item = ItemDraft {
        id,
        kind: Typed::new(posted.kind)?,
        amount: Typed::new(posted.amount)?,
        date: Typed::new(posted.date)?,
        month: Typed::new(posted.month)?,
        person: Typed::new(posted.person)?,
        payer: Typed::new(posted.payer)?,
        note: Typed::new(posted.note)?,
        carried: None,
    };
    let list = list_mut(&mut work, which);
    // What is saved as it stood is carried over still.
    let carried = list.get(id).and_then(|there| there.carried);
    if list.get(id).is_some_and(|there| *there == ItemDraft { carried, ..item.clone() }) {
        item.carried = carried;
    }
    let before = list.get_mut(id).map(|there| std::mem::replace(there, item.clone()));
    // A full list refuses one more; the list's page says so.
    if before.is_none() && list.add(item.clone()).is_err() {
        return visit.see_other(&format!("/renewal/{}", section.code())).await;
    }
    if let (true, Some(before)) = (stale, before) {
        keep_others(&mut work, section, &before, &item);
    }
    let are_taken = work.put_files(tx, id, "proof", files, &removed).await?;
    work.set_later(id, is_later);
    let wrong = match which {
        ItemList::Incomes => judge_income(&item, &work.context).is_err(),
        ItemList::Expenses => judge_expense(&item, &work.context).is_err(),
    };
    let list = format!("/renewal/{}", section.code());
    let page = if wrong || !are_taken || work.has_conflicts(section) {
        format!("{list}/{id}")
    } else if is_more {
        format!("{list}/add")
    } else if list_mut(&mut work, which).done {
        work.page_after(section)
    } else {
        list
    };
    work.save(tx).await?;
    visit.see_other(&page).await
}

fn keep_others(work: &mut LockedWork, section: Section, before: &ItemDraft, now: &ItemDraft) {
    let fields = [
        ("kind", &before.kind, &now.kind),
        ("amount", &before.amount, &now.amount),
        ("date", &before.date, &now.date),
        ("month", &before.month, &now.month),
        ("person", &before.person, &now.person),
        ("payer", &before.payer, &now.payer),
        ("note", &before.note, &now.note),
    ];
    work.keep_others(section, &fields);
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn two_windows_lose_no_words(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (citizen, person) = (&stage.home.citizen, stage.home.person.to_string());
        stage.begun(citizen).await;
        let typed = |amount, note| {
            [("kind", "wage"), ("amount", amount), ("date", "2026-11-20"), ("person", &*person), ("note", note)]
        };
        stage.save(citizen, "/renewal/incomes/add", &typed("tolv", "")).await;
        let list = stage.page(citizen, "/renewal/incomes").await;
        let id = list.split("/renewal/incomes/").find_map(|rest| rest.get(..36)?.parse::<uuid::Uuid>().ok()).unwrap();
        let path = format!("/renewal/incomes/{id}");
        let first = [&[("revision", "2")], &typed("3000", "Lön")[..]].concat();
        assert_eq!(stage.send(citizen, &path, &first).await.led_to(), "/renewal/incomes");
        let second = [&[("revision", "2")], &typed("4000", "Lön")[..]].concat();
        assert_eq!(stage.send(citizen, &path, &second).await.led_to(), path, "the page was stale");
        let form = stage.page(citizen, &path).await;
        assert!(form.contains("value=\"4000\"") && form.contains("3000"), "both are shown: {form}");
        assert_eq!(stage.save(citizen, &path, &typed("4000", "Lön")).await.led_to(), "/renewal/incomes");
        let list = stage.page(citizen, "/renewal/incomes").await;
        assert!(list.contains("4 000 kr") && list.matches("/remove\"").count() == 1, "{list}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn another_adults_item_is_not_ones_own_to_change(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        let added = stage.save(&mira, "/renewal/incomes/add", &[("kind", "wage"), ("amount", "tolv")]).await;
        let fields = [("revision", "2"), ("kind", "wage"), ("amount", "elva")];
        assert_eq!(stage.send(&johan, added.led_to(), &fields).await.led_to(), "/home");
        let form = stage.page(&mira, added.led_to()).await;
        assert!(form.contains("value=\"tolv\"") && !form.contains("elva"), "{form}");
    }
}
