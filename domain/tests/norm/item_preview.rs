//! The figure while a citizen types: the same as when it is saved, from nothing that they may not see.

use domain::id::{PersonId, StatementId};
use domain::norm::item_preview::{ItemFields, ItemPreview};
use domain::norm::{ExpenseRow, IncomeRow, Input, RowRef, calculate};
use domain::renewal::draft::ItemDraft;
use domain::renewal::draft::ItemList;
use domain::renewal::judge::{judge_expense, judge_income};
use domain::renewal::{Context, Part};
use domain::source::Source;
use domain::wire;
use uuid::Uuid;

use crate::household_file::{BOOK_WITH_FRAGMENTS, Written};
use crate::worked::HOUSEHOLDS;

const ITEM: StatementId = StatementId(Uuid::from_u128(4711));

fn adults(input: &Input) -> impl Iterator<Item = PersonId> {
    input.household.members.iter().filter(|member| member.role.is_adult()).map(|member| member.person)
}

fn context(input: &Input) -> Context {
    Context {
        norm_month: input.month,
        today: input.judged_on,
        part: Part::Whole,
        owners: input.household.members.iter().map(|m| m.person).collect(),
    }
}

fn preview(input: &Input, writer: PersonId, list: ItemList) -> Option<ItemPreview> {
    let preview = ItemPreview::new(&BOOK_WITH_FRAGMENTS, input, writer, Source::Applicant, list, ITEM, context(input))?;
    let sent = wire::read(&wire::write(&preview)).unwrap();
    assert_eq!(sent, preview);
    Some(sent)
}

fn item(kind: &str, amount: &str, day: String, person: PersonId) -> ItemFields {
    let (kind, amount) = (kind.to_owned(), amount.to_owned());
    ItemFields { kind, amount, date: day, month: String::new(), person: person.to_string(), note: String::new() }
}

fn saved(item: &ItemFields) -> ItemDraft {
    let typed = |text: &str| text.to_owned().try_into().unwrap();
    ItemDraft {
        kind: typed(&item.kind),
        amount: typed(&item.amount),
        date: typed(&item.date),
        month: typed(&item.month),
        carried: None,
        payer: typed(""),
        person: typed(&item.person),
        id: ITEM,
        note: typed(""),
    }
}

#[test]
fn a_typed_item_comes_to_what_it_does_when_saved() {
    let mut shown = 0;
    for worked in HOUSEHOLDS.iter() {
        let input = worked.input();
        for writer in adults(&input) {
            let wage = item("wage", "1 234,50", input.month.previous().last_day().to_string(), writer);
            let rent = item("rent", "4 321,75", input.month.last_day().to_string(), writer);
            if let Some(preview) = preview(&input, writer, ItemList::Incomes) {
                let mut with = input.clone();
                let income = judge_income(&saved(&wage), &context(&input)).unwrap();
                with.incomes.push(IncomeRow::stated(&income, Source::Applicant, input.judged_on));
                let expected = calculate(&BOOK_WITH_FRAGMENTS, &with).unwrap().sums.payable;
                assert_eq!(preview.payable(wage.clone()), Some(expected), "{}", worked.name);
                shown += 1;
            }
            if let Some(preview) = preview(&input, writer, ItemList::Expenses) {
                let mut with = input.clone();
                let expense = judge_expense(&saved(&rent), &context(&input)).unwrap();
                with.expenses.push(ExpenseRow::stated(&expense, Source::Applicant));
                let expected = calculate(&BOOK_WITH_FRAGMENTS, &with).unwrap().sums.payable;
                assert_eq!(preview.payable(rent.clone()), Some(expected), "{}", worked.name);
                shown += 1;
            }
        }
    }
    assert!(shown >= 2 * HOUSEHOLDS.len(), "{shown} figures");
}

#[test]
fn what_an_authority_told_of_the_other_adult_is_not_given() {
    let mut kept = 0;
    for worked in HOUSEHOLDS.iter() {
        let input = worked.input();
        for writer in adults(&input) {
            let Some(preview) = preview(&input, writer, ItemList::Incomes) else { continue };
            let given = wire::write(&preview);
            let others = input.incomes.iter().filter(|row| row.person != Some(writer));
            let others = others.filter(|row| adults(&input).any(|adult| row.person == Some(adult)));
            for row in others {
                if matches!(row.row, RowRef::Stated(_)) {
                    continue;
                }
                assert!(!given.contains(&wire::write(&row.row)), "{}", worked.name);
                kept += 1;
            }
        }
    }
    assert!(kept > 0, "some household has such rows");
}

#[test]
fn an_item_beside_kept_back_rows_gives_no_figure() {
    let with_other = HOUSEHOLDS.iter().map(Written::input).find_map(|input| {
        let writer = adults(&input).next()?;
        let other = input.incomes.iter().find(|row| {
            matches!(row.row, RowRef::Fetched(_))
                && adults(&input).any(|adult| adult != writer && row.person == Some(adult))
        });
        let other = other?.person?;
        Some((preview(&input, writer, ItemList::Incomes)?, input.month, other))
    });
    let (preview, month, other) = with_other.unwrap();
    let theirs = item("wage", "100", month.previous().last_day().to_string(), other);
    assert_eq!(preview.payable(theirs), None);
}

#[test]
fn an_unfinished_item_gives_no_figure() {
    let input = HOUSEHOLDS[0].input();
    let writer = adults(&input).next().unwrap();
    let preview = preview(&input, writer, ItemList::Incomes).unwrap();
    assert_eq!(preview.payable(item("wage", "ett", input.month.previous().last_day().to_string(), writer)), None);
    assert_eq!(preview.payable(ItemFields::default()), None);
}
