//! Own incomes and expenses: the lists, the form of one, and the question before one is removed.

use app::citizen::port::{Direction, Item, ItemForm, Items, RemoveItem};
use app::port::{Choice, Form, Phrase, Source};
use domain::Money;
use domain::form::read as read_typed;
use domain::id::StatementId;
use domain::norm::item_preview::List;
use domain::renewal::Context;
use domain::renewal::draft::ItemDraft;
use domain::renewal::judge::{self, AMOUNT_LIMIT};
use uuid::Uuid;

use super::parts::Work;
use super::phrases::field_error;
use super::{CitizenReader, ReadError};
use crate::case::{answers, calculation, earlier};
use crate::citizen::save_items::{list, section};

impl CitizenReader {
    pub(super) async fn read_items(&self, direction: Direction) -> Result<Items, ReadError> {
        let mut tx = self.tx().await?;
        let mut work = self.work(&mut tx).await?;
        let part = section(direction);
        let errors = list_errors(&work, direction);
        let month = work.renewal().month();
        let of_list: Vec<_> = errors.iter().filter(|error| error.item.is_none()).copied().collect();
        let mut form = work.form(part, &of_list);
        let wrong = errors.iter().filter(|error| error.item.is_some());
        form.errors.extend(wrong.filter_map(|error| {
            Some(app::port::FieldError { field: error.item?.to_string(), message: field_error(error).message })
        }));
        let items = self.items_of(&work, direction);
        let sum = items.iter().filter_map(|item| item.amount).fold(Money::ZERO, |sum, amount| sum + amount);
        let asked = answers::newest(&mut tx, work.renewal().id()).await?;
        let done = list(&mut work.open.stored.draft, direction).done;
        let about = about(direction, &work.context);
        Ok(Items {
            direction,
            month,
            about,
            form,
            items,
            sum,
            more: if done { "no".to_owned() } else { String::new() },
            fetched: earlier::rows_of_month(&asked, about, direction),
            history: earlier::stated(&mut tx, self.actor.case(), month, direction, &work.members).await?,
        })
    }

    pub(super) fn items_of(&self, work: &Work, direction: Direction) -> Vec<Item> {
        let items = match direction {
            Direction::Income => &work.draft().incomes.items,
            Direction::Expense => &work.draft().expenses.items,
        };
        let errors = list_errors(work, direction);
        items.iter().map(|item| self.item(work, direction, item, &errors)).collect()
    }

    fn item(&self, work: &Work, direction: Direction, item: &ItemDraft, errors: &[judge::FieldError]) -> Item {
        let amount = read_typed::amount(&item.amount, AMOUNT_LIMIT).ok();
        let (first, last) = (work.context.first_day(), work.context.last_day());
        Item {
            id: item.id,
            label: kind_label(direction, item.kind.as_str()),
            amount,
            typed_amount: item.amount.as_str().to_owned(),
            date: read_typed::day(item.date.as_str()).filter(|day| (first..=last).contains(day)),
            source: Source::Applicant(self.actor.name().given),
            note: item.note.as_str().to_owned(),
            has_errors: errors.iter().any(|error| error.item == Some(item.id)),
        }
    }

    pub(super) async fn read_item_form(
        &self,
        direction: Direction,
        id: Option<StatementId>,
    ) -> Result<ItemForm, ReadError> {
        let mut tx = self.tx().await?;
        let work = self.work(&mut tx).await?;
        let items = match direction {
            Direction::Income => &work.draft().incomes,
            Direction::Expense => &work.draft().expenses,
        };
        let item = match id {
            Some(id) => Some(items.get(id).ok_or(ReadError::NotFound)?),
            None => None,
        };
        let errors = list_errors(&work, direction).into_iter().filter(|error| error.item.is_some() && error.item == id);
        let part = section(direction);
        let form = Form { errors: errors.map(|error| field_error(&error)).collect(), ..work.form(part, &[]) };
        let typed = |field: fn(&ItemDraft) -> &domain::form::Typed| {
            item.map_or_else(String::new, |item| field(item).as_str().to_owned())
        };
        let asked = answers::newest(&mut tx, work.renewal().id()).await?;
        let edited = (preview_list(direction), id.unwrap_or(StatementId(Uuid::nil())));
        let (case, renewal) = (self.actor.case(), work.renewal());
        let preview =
            calculation::item_preview(&mut tx, case, renewal, &work.members, &asked, work.draft(), edited).await?;
        Ok(ItemForm {
            direction,
            id,
            preview,
            about: about(direction, &work.context),
            form,
            kind: typed(|item| &item.kind),
            amount: typed(|item| &item.amount),
            date: typed(|item| &item.date),
            person: typed(|item| &item.person),
            note: typed(|item| &item.note),
            people: work
                .members
                .iter()
                .map(|member| Choice {
                    value: member.person.to_string(),
                    label: Phrase::verbatim(member.name.given.as_str()),
                })
                .collect(),
        })
    }

    pub(super) async fn read_remove_item(
        &self,
        direction: Direction,
        id: StatementId,
    ) -> Result<RemoveItem, ReadError> {
        let mut tx = self.tx().await?;
        let work = self.work(&mut tx).await?;
        let item = self.items_of(&work, direction).into_iter().find(|item| item.id == id).ok_or(ReadError::NotFound)?;
        Ok(RemoveItem { direction, item, form: work.form(section(direction), &[]) })
    }
}

/// Incomes are those of the month before; expenses those of the month applied for.
const fn preview_list(direction: Direction) -> List {
    match direction {
        Direction::Income => List::Incomes,
        Direction::Expense => List::Expenses,
    }
}

fn about(direction: Direction, context: &Context) -> domain::NormMonth {
    match direction {
        Direction::Income => context.incomes_about(),
        Direction::Expense => context.expenses_about(),
    }
}

fn kind_label(direction: Direction, kind: &str) -> Phrase {
    let group = match direction {
        Direction::Income => "income-kind",
        Direction::Expense => "expense-kind",
    };
    let known = direction.kinds().contains(&kind);
    Phrase::new(if known { format!("{group}-{kind}") } else { "kind-not-chosen".to_owned() })
}

fn list_errors(work: &Work, direction: Direction) -> Vec<judge::FieldError> {
    match direction {
        Direction::Income => judge::judge_incomes(&work.draft().incomes, &work.context).err(),
        Direction::Expense => judge::judge_expenses(&work.draft().expenses, &work.context).err(),
    }
    .unwrap_or_default()
}
