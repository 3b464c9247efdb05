//! `GET /renewal/{list}/{id}`: the form of one income or expense.

use app::citizen::item_form;
use app::citizen::model::ItemForm;
use app::model::{FieldError, Form, ProofFiles};
use domain::form::Typed;
use domain::id::StatementId;
use domain::renewal::draft::{ItemDraft, ItemList};
use domain::renewal::{Part, judge};
use uuid::Uuid;

use super::items::{about, list, list_errors};
use super::other_adult::Seen;
use super::proof_files::{proof_files, proofs_at};
use super::work::Work;
use crate::case::answers;
use crate::case::household::HouseholdMember;
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// The form with what was typed, and what is wrong with it.
pub(crate) async fn page(visit: Visit<Citizen>, Path((which, id)): Path<(ItemList, StatementId)>) -> Reply {
    show(visit, which, Some(id)).await
}

/// The form of an item that there is, or of a new one.
pub(super) async fn show(mut visit: Visit<Citizen>, which: ItemList, id: Option<StatementId>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let item = match id {
        Some(id) => Some(list(&work, which).get(id).ok_or(Problem::NotFound)?),
        None => None,
    };
    let mut form = form(&work, which, item);
    form.proofs = proof_files(&mut visit.tx, &work, form.id).await?;
    form.form.errors.extend(form.proofs.errors("proof"));
    let form = match work.part() {
        Part::Whole => {
            let asked = answers::newest(&mut visit.tx, work.renewal.id()).await?;
            let seen = Seen::in_household(&mut visit.tx, &visit.actor, &work.members).await?;
            let known = work.known(&mut visit.tx, &visit.actor, seen.counted(asked)).await?;
            let preview = known.item_preview(which, form.id, work.context.clone());
            ItemForm { preview, figure_without: seen.figure_without(), ..form }
        }
        // A figure is the household's, of which this is a part alone.
        Part::Own => form,
    };
    visit.page(item_form::page(form)).await
}

fn form(work: &Work, which: ItemList, item: Option<&ItemDraft>) -> ItemForm {
    let id = item.map_or_else(|| StatementId(Uuid::now_v7()), |item| item.id);
    let errors = list_errors(work, which).into_iter().filter(|error| error.item == Some(id));
    let typed = |field: fn(&ItemDraft) -> &Typed| item.map_or_else(String::new, |item| field(item).as_str().to_owned());
    let (context, is_expense) = (&work.context, which == ItemList::Expenses);
    let mut months = if is_expense { context.expense_months() } else { Vec::new() };
    let month = match item {
        Some(item) if is_expense => judge::expense_month(item, context).ok(),
        Some(_) => None,
        None => is_expense.then(|| context.expenses_about()),
    };
    // What was typed for an earlier month stays to be seen.
    months.extend(month.filter(|month| !months.contains(month)));
    ItemForm {
        which,
        part: work.part(),
        id,
        is_new: item.is_none(),
        preview: None,
        figure_without: None,
        about: about(which, &work.context),
        form: Form {
            errors: errors.map(|error| FieldError::from(&error)).collect(),
            ..work.form(which.section(), &[])
        },
        kind: typed(|item| &item.kind),
        amount: typed(|item| &item.amount),
        date: typed(|item| &item.date),
        month: month.map(|month| month.to_string()).unwrap_or_default(),
        months,
        person: typed(|item| &item.person),
        payer: typed(|item| &item.payer),
        note: typed(|item| &item.note),
        proofs: ProofFiles::default(),
        proofs_at: proofs_at(work),
        people: work
            .members
            .iter()
            .filter(|one| work.context.owners.contains(&one.person))
            .map(HouseholdMember::choice)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn the_figure_while_typing_says_without_whom_it_is_made(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, _]) = stage.couple().await;
        stage.begun(&mira).await;
        stage.begun(&stage.home.citizen).await;
        let (path, without) = ("/renewal/incomes/add", "Utan det som myndigheterna säger om Johan.");
        assert!(stage.page(&mira, path).await.contains(without));
        assert!(!stage.page(&stage.home.citizen, path).await.contains("Utan det som"), "nobody else signs");
        stage.shows_sums().await;
        assert!(!stage.page(&mira, path).await.contains(without));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn an_item_is_shown_as_typed_with_what_is_wrong_and_in_its_own_list_alone(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        let johans = couple.johan.to_string();
        let fields = [("kind", "wage"), ("amount", "tre <tusen>"), ("date", "2020-10-02"), ("person", &*johans)];
        let added = stage.save(&mira, "/renewal/incomes/add", &fields).await;
        let path = added.led_to();
        let form = stage.page(&mira, path).await;
        for text in [
            "value=\"tre &lt;tusen&gt;\"",
            "Skriv beloppet med siffror",
            "eller en senare dag.",
            "value=\"wage\" selected",
            &format!("value=\"{johans}\" checked"),
            "Mira",
            "Elsa",
        ] {
            assert!(form.contains(text), "{text}: {form}");
        }
        assert!(!form.contains("Petra"), "nobody else can be chosen: {form}");
        let expense = path.replace("incomes", "expenses");
        assert_eq!(stage.look(&mira, &expense).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.look(&johan, path).await.led_to(), "/home", "the draft is the other adult's");
        stage.begun(&stage.home.citizen).await;
        assert_eq!(stage.look(&stage.home.citizen, path).await.status, StatusCode::NOT_FOUND, "another household");
    }
}
