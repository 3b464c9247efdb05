//! The lists of incomes and expenses, and the form of one of them.

use app::citizen::model::{Item, ItemForm, Items, RemoveItem};
use app::citizen::{item_form, items, remove_item};
use app::document::Page;
use app::model::{Choice, Conflict, Form, Phrase, ProofFiles};
use domain::id::StatementId;
use domain::renewal::Part;
use domain::renewal::draft::ItemList;
use jiff::civil::date;
use uuid::Uuid;

use super::shared::{LONG, expenses, form, history, incomes, item, kronor, month};
use crate::proofs::{PROOFS_AT, files};

pub(super) fn list(which: ItemList, items: Vec<Item>) -> Items {
    let sum = items.iter().filter_map(|item| item.amount).fold(kronor(0), |sum, amount| sum + amount);
    Items {
        which,
        part: Part::Whole,
        month: month(12),
        about: if which == ItemList::Incomes { month(11) } else { month(12) },
        form: form(&[]),
        items,
        sum,
        more: String::new(),
        fetched: Vec::new(),
        history: Vec::new(),
    }
}

fn with_errors() -> Items {
    let faulty = Item {
        amount: None,
        typed_amount: "tre tusen spänn".to_owned(),
        date: None,
        ..item(5, "income-kind-other", 0, date(2026, 11, 24), LONG)
    };
    let mut items = incomes();
    items.push(faulty);
    let id = StatementId(Uuid::from_u128(5)).to_string();
    let errors = [(id.as_str(), Phrase::new("error-amount-not-a-number")), ("more", Phrase::new("error-more-missing"))];
    Items { form: form(&errors), history: history(), ..list(ItemList::Incomes, items) }
}

fn item_form(which: ItemList, id: Option<StatementId>) -> ItemForm {
    let person = |value: &str, name: &str| Choice { value: value.to_owned(), label: Phrase::verbatim(name) };
    ItemForm {
        part: Part::Whole,
        which,
        id: id.unwrap_or(StatementId(Uuid::nil())),
        is_new: id.is_none(),
        about: month(11),
        form: form(&[]),
        kind: String::new(),
        amount: String::new(),
        date: String::new(),
        month: "2026-12".to_owned(),
        months: if which == ItemList::Expenses { vec![month(12), month(11), month(10)] } else { Vec::new() },
        person: String::new(),
        payer: String::new(),
        note: String::new(),
        proofs: ProofFiles::default(),
        proofs_at: PROOFS_AT.to_owned(),
        people: vec![person("a", "Petra"), person("b", "Johan"), person("c", "Elsa")],
        preview: None,
        figure_without: None,
    }
}

pub(super) fn item_pages() -> Vec<(&'static str, Page)> {
    let id = Some(StatementId(Uuid::from_u128(5)));
    let fetched = history().remove(0).rows;
    let known = Items { fetched, history: history(), ..list(ItemList::Incomes, Vec::new()) };
    let first = Phrase::new("error-date-too-early").with("first", date(2025, 11, 1));
    let errors = [
        ("kind", Phrase::new("error-kind-missing")),
        ("amount", Phrase::new("error-amount-not-a-number")),
        ("date", first),
        ("person", Phrase::new("error-person-missing")),
        ("note", Phrase::new("error-note-missing")),
        ("proof", Phrase::new("file-problem-unknown").with("name", "anteckning.docx")),
        ("proof", Phrase::new("file-problem-too-large").with("name", "film.mov")),
    ];
    let wrong = ItemForm {
        form: form(&errors),
        amount: "tre tusen spänn".to_owned(),
        date: "i förrgår".to_owned(),
        payer: "Lagret AB".to_owned(),
        proofs: files(true),
        ..item_form(ItemList::Incomes, id)
    };
    let conflict = Conflict { field: "kind".to_owned(), other: "gift".to_owned() };
    let two_windows = ItemForm {
        form: Form { conflicts: vec![conflict], ..form(&[]) },
        kind: "wage".to_owned(),
        amount: "3 200".to_owned(),
        ..item_form(ItemList::Incomes, id)
    };
    let remove = |which, item| RemoveItem { which, item, form: form(&[]) };
    let rent = item(3, "expense-kind-rent", 6_150, date(2026, 11, 30), LONG);
    vec![
        ("incomes-none", items::page(known)),
        ("incomes", items::page(list(ItemList::Incomes, incomes()))),
        ("incomes-errors", items::page(with_errors())),
        ("expenses-none", items::page(list(ItemList::Expenses, Vec::new()))),
        ("expenses", items::page(list(ItemList::Expenses, expenses()))),
        ("income-add", item_form::page(item_form(ItemList::Incomes, None))),
        ("income-errors", item_form::page(wrong)),
        ("income-two-windows", item_form::page(two_windows)),
        ("expense-add", item_form::page(item_form(ItemList::Expenses, None))),
        ("income-remove", remove_item::page(remove(ItemList::Incomes, incomes().remove(0)))),
        ("expense-remove", remove_item::page(remove(ItemList::Expenses, rent))),
    ]
}
