//! The islands that calculate, with every worked household: forms with what the browser is given, and what is to come out.

use app::document::Page;
use app::i18n::Texts;
use app::islands::{FigureWhileTyping, SumWhileTyping};
use app::model::Phrase;
use app::ui::PageHead;
use domain::form::Typed;
use domain::id::{PersonId, StaffId, StatementId};
use domain::norm::item_preview::ItemPreview;
use domain::norm::set_lines::{LineKey, SetLines, TypedLine, Worksheet, overrides, settable};
use domain::norm::{ExpenseRow, IncomeRow, Input, calculate};
use domain::renewal::draft::ItemDraft;
use domain::renewal::draft::ItemList;
use domain::renewal::judge::{judge_expense, judge_income};
use domain::renewal::{Context, Part};
use domain::source::Source;
use domain::{Money, wire};
use leptos::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::household_file::{BOOK_WITH_FRAGMENTS as BOOK, read};

const HOUSEHOLDS: &str = include_str!("../../../domain/tests/norm/households.toml");
const BY: StaffId = StaffId(Uuid::from_u128(7));
const ITEM: StatementId = StatementId(Uuid::from_u128(4711));

/// One form, with what is typed into it and what it is to say then.
struct Form {
    id: String,
    fields: Vec<String>,
    island: Island,
}

enum Island {
    Sum(String),
    Figure(String),
}

/// Every form on one page, and the list of what to type: `{form, typed: {field: text}, shown}`.
pub(crate) fn page(texts: &Texts) -> (Page, Vec<Value>) {
    let mut forms = Vec::new();
    let mut cases = Vec::new();
    for (number, worked) in read(HOUSEHOLDS).iter().enumerate().filter(|(_, worked)| worked.refused.is_none()) {
        let input = worked.input();
        lines(texts, number, &input, &mut forms, &mut cases);
        let adults = input.household.members.iter().filter(|member| member.role.is_adult());
        for (place, writer) in adults.enumerate() {
            for list in [ItemList::Incomes, ItemList::Expenses] {
                let id = format!("item-{number}-{place}-{list:?}").to_lowercase();
                item(texts, id, &input, writer.person, list, &mut forms, &mut cases);
            }
        }
    }
    let (money, decimal_sign) = (texts.money_pattern(), texts.decimal_sign());
    let body = move || {
        let forms = forms.into_iter().map(|form| {
            let fields = form.fields.into_iter().map(|name| {
                let label = name.clone();
                view! { <label>{label}" "<input type="text" name=name/></label> }
            });
            let fields = fields.collect_view();
            let (label, money, decimal_sign) = ("Comes to".to_owned(), money.clone(), decimal_sign.clone());
            let island = match form.island {
                Island::Sum(worksheet) => {
                    view! { <SumWhileTyping worksheet label money decimal_sign>{fields}</SumWhileTyping> }.into_any()
                }
                Island::Figure(preview) => {
                    view! { <FigureWhileTyping preview label money decimal_sign>{fields}</FigureWhileTyping> }
                        .into_any()
                }
            };
            view! { <form method="post" action="/save" id=form.id>{island}</form> }
        });
        view! { <PageHead title="Every worked household"/>{forms.collect_view()} }
    };
    (Page::new(Phrase::verbatim("Every worked household"), body).with_calculation(true), cases)
}

/// Each line that can be set, typed by itself.
fn lines(texts: &Texts, number: usize, input: &Input, forms: &mut Vec<Form>, cases: &mut Vec<Value>) {
    let Ok(shown) = calculate(&BOOK, input) else { return };
    let Ok(worksheet) = Worksheet::new(&BOOK, input.clone(), SetLines::new(), BY, input.judged_on) else { return };
    let id = format!("lines-{number}");
    let mut fields = Vec::new();
    for (place, line) in settable(&shown).enumerate() {
        let key = LineKey::of(&line.subject);
        let value = format!("{} {:03},{:02}", place + 1, place * 37 % 1000, place * 7 % 100);
        let mut set = TypedLine::new(line, BY, input.judged_on);
        set.value = typed(&value);
        set.why = typed("Enligt underlag");
        let with = Input { overrides: overrides(&SetLines::from([(key.clone(), set)])), ..input.clone() };
        let Ok(made) = calculate(&BOOK, &with) else { continue };
        cases.push(json!({
            "form": id,
            "typed": { key.value_field(): value, key.why_field(): "Enligt underlag" },
            "shown": texts.money(made.sums.payable),
        }));
        fields.extend([key.value_field(), key.why_field()]);
    }
    forms.push(Form { id, fields, island: Island::Sum(wire::write(&worksheet)) });
}

/// An income or expense of this adult, where the figure can be shown at all.
fn item(
    texts: &Texts,
    id: String,
    input: &Input,
    writer: PersonId,
    list: ItemList,
    forms: &mut Vec<Form>,
    cases: &mut Vec<Value>,
) {
    let owners = input.household.members.iter().map(|member| member.person).collect();
    let context = Context { norm_month: input.month, today: input.judged_on, part: Part::Whole, owners };
    let Some(preview) = ItemPreview::new(&BOOK, input, writer, Source::Applicant, list, ITEM, context.clone()) else {
        return;
    };
    let (kind, date) = match list {
        ItemList::Incomes => ("wage", input.month.previous().last_day()),
        ItemList::Expenses => ("rent", input.month.last_day()),
    };
    let amount = "1 234,56";
    let item = ItemDraft {
        payer: Typed::default(),
        kind: typed(kind),
        amount: typed(amount),
        date: typed(&date.to_string()),
        month: typed(""),
        carried: None,
        person: typed(&writer.to_string()),
        id: ITEM,
        note: typed(""),
    };
    let mut with = input.clone();
    match list {
        ItemList::Incomes => with.incomes.extend(
            judge_income(&item, &context).map(|income| IncomeRow::stated(&income, Source::Applicant, context.today)),
        ),
        ItemList::Expenses => with
            .expenses
            .extend(judge_expense(&item, &context).map(|expense| ExpenseRow::stated(&expense, Source::Applicant))),
    }
    let payable = calculate(&BOOK, &with).map_or(Money::ZERO, |made| made.sums.payable);
    cases.push(json!({
        "form": id,
        "typed": { "kind": kind, "amount": amount, "date": date.to_string(), "person": writer.to_string() },
        "shown": texts.money(payable),
    }));
    let fields = ["kind", "amount", "date", "person"].map(str::to_owned).to_vec();
    forms.push(Form { id, fields, island: Island::Figure(wire::write(&preview)) });
}

fn typed(text: &str) -> Typed {
    Typed::new(text).unwrap_or_default()
}
