//! `GET /renewal/{list}`: own incomes or expenses.

use app::citizen::items;
use app::citizen::model::{Item, Items};
use app::model::{FieldError, Phrase};
use domain::form::read as read_typed;
use domain::renewal::Context;
use domain::renewal::draft::ItemList;
use domain::renewal::draft::{ItemDraft, ListDraft};
use domain::renewal::judge::{self, AMOUNT_LIMIT};
use domain::{Money, NormMonth};

use super::work::Work;
use crate::case::statements;
use crate::case::{answers, earlier, signed};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

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
    let mut own = answers::newest(tx, work.renewal.id()).await?;
    own.retain(|asked| asked.person == actor.person());
    let earlier: Vec<_> = work.earlier.iter().take(EARLIER).collect();
    let ids: Vec<_> = earlier.iter().map(|renewal| renewal.id()).collect();
    let signed = signed::facts_of(tx, &ids).await?;
    let history = |renewal: &&OwnRenewal| {
        let stated = signed.get(&renewal.id()).map(|signed| signed.read_by(actor.person())).unwrap_or_default();
        earlier::stated(renewal.month(), &stated, which, &work.members, renewal.begun_by())
    };
    Ok(Items {
        which,
        part: work.part(),
        month: work.renewal.month(),
        about,
        form,
        sum: items.iter().filter_map(|item| item.amount).fold(Money::ZERO, |sum, amount| sum + amount),
        items,
        more: if list(&work, which).done { "no".to_owned() } else { String::new() },
        fetched: earlier::rows_of_month(&own, about, which),
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
    let context = &work.context;
    let (date, month) = match which {
        ItemList::Incomes => {
            let date = judge::income_date(item, context).ok();
            (date, date.and_then(|date| NormMonth::of(date).ok()))
        }
        ItemList::Expenses => {
            let date = judge::expense_date(item, context).ok().flatten();
            // A day that cannot be read tells no month.
            let is_said = date.is_some() || !item.month.is_blank();
            (date, judge::expense_month(item, context).ok().filter(|_| is_said))
        }
    };
    Item {
        id: item.id,
        label: kind_label(which, item.kind.as_str()),
        amount: read_typed::amount(&item.amount, AMOUNT_LIMIT).ok(),
        typed_amount: item.amount.as_str().to_owned(),
        month,
        date,
        source: statements::source(&work.members, work.writer),
        since: item.carried,
        payer: item.payer.as_str().to_owned(),
        note: item.note.as_str().to_owned(),
        proofs: work.draft().proofs.of(item.id).map(|proof| proof.name.as_str().to_owned()).collect(),
        is_proof_later: work.draft().proofs.is_later(item.id),
    }
}

/// Incomes are those of the month before; expenses those of the month applied for.
pub(super) fn about(which: ItemList, context: &Context) -> NormMonth {
    match which {
        ItemList::Incomes => context.incomes_about(),
        ItemList::Expenses => context.expenses_about(),
    }
}

pub(super) fn kind_label(which: ItemList, kind: &str) -> Phrase {
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

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use domain::kind::{ExpenseKind, IncomeKind};
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, add_answer, add_source, day, reported};

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_known_stated_and_earlier_stands_apart(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, person) = (&stage.home, stage.home.person.to_string());
        let november = Statement {
            incomes: vec![(IncomeKind::Gift, 2_222, day(10, 20))],
            expenses: vec![(ExpenseKind::Rent, 6_666, day(11, 1))],
            ..Statement::default()
        };
        stage.signed(home.case, "2026-11", &november).await;
        let draft = stage.begun(&home.citizen).await;
        let mut tx = stage.tx(home).await;
        let (fk, csn) = (add_source(&mut tx, Agency::Fk).await, add_source(&mut tx, Agency::Csn).await);
        let benefit = |month, kronor| reported(IncomeKind::HousingBenefit, kronor, day(month, 12));
        add_answer(&mut tx, draft, home.person, fk, day(11, 20), &benefit(11, 1_400)).await;
        add_answer(&mut tx, draft, home.person, csn, day(11, 20), &benefit(10, 1_300)).await;
        tx.commit().await.unwrap();
        for amount in ["3000", "500", "tolv"] {
            let fields = [("kind", "wage"), ("amount", amount), ("date", "2026-11-20"), ("person", &*person)];
            stage.save(&home.citizen, "/renewal/incomes/add", &fields).await;
        }

        let incomes = stage.page(&home.citizen, "/renewal/incomes").await;
        let (known, rest) = incomes.split_once("Dina egna inkomster").unwrap();
        let (stated, earlier) = rest.split_once("Tidigare månader").unwrap();
        assert!(known.contains("1 400 kr") && !known.contains("1 300 kr"), "paid in November: {known}");
        for text in ["3 000 kr", "500 kr", "tolv", "3 500 kr", "Skriv beloppet med siffror"] {
            assert!(stated.contains(text), "{text}: {stated}");
        }
        assert!(earlier.contains("2 222 kr") && !incomes.contains("6 666 kr"), "{earlier}");
        let expenses = stage.page(&home.citizen, "/renewal/expenses").await;
        assert!(expenses.contains("6 666 kr") && !expenses.contains("3 000 kr") && !expenses.contains("1 400 kr"));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn no_other_household_is_shown_and_no_other_list_is_there(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let rich = Statement { incomes: vec![(IncomeKind::Wage, 9_999, day(10, 20))], ..Statement::default() };
        stage.signed(couple.case, "2026-11", &rich).await;
        let draft = stage.begun(&mira).await;
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        let benefit = reported(IncomeKind::HousingBenefit, 8_888, day(11, 12));
        add_answer(&mut tx, draft, couple.mira, fk, day(11, 20), &benefit).await;
        tx.commit().await.unwrap();
        stage.begun(&stage.home.citizen).await;
        let own = stage.page(&stage.home.citizen, "/renewal/incomes").await;
        assert!(!own.contains("8 888 kr") && !own.contains("9 999 kr"), "{own}");
        assert_eq!(stage.look(&johan, "/renewal/incomes").await.led_to(), "/home", "the draft is the other adult's");
        assert_eq!(stage.look(&mira, "/renewal/loans").await.status, StatusCode::NOT_FOUND);
    }
}
