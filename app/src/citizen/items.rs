//! Own incomes and own expenses: the list, and the question whether there are more.

use domain::NormMonth;
use domain::renewal::Part;
use domain::renewal::draft::ItemList;
use leptos::prelude::*;

use super::history::{EarlierMonths, Rows};
use super::model::{Item, Items};
use super::section::{self, BackToSections};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Form, Phrase};
use crate::t;
use crate::ui::{
    Amount, Card, ErrorSummary, PageHead, Prose, Radios, RevisionField, SelectOption, SourceChip, SubmitButton, Sum,
    Sums, field_errors, field_state, proofs_in_short,
};

/// What has been stated, what is already known, and whether there is more to add.
pub fn page(items: Items) -> Page {
    let has_errors = !items.form.errors.is_empty();
    let watched = section::watched(items.form.revision);
    let title = match items.which {
        ItemList::Incomes => "items-incomes-title",
        ItemList::Expenses => "items-expenses-title",
    };
    let body = move || {
        let texts = texts();
        let (which, form) = (items.which, items.form);
        let about = texts.month(items.about);
        let (lead, question, known) = match (which, items.items.is_empty()) {
            (ItemList::Incomes, true) => ("items-incomes-lead", "items-incomes-any", "items-incomes-known"),
            (ItemList::Incomes, false) => ("items-incomes-lead", "items-incomes-more", "items-incomes-known"),
            (ItemList::Expenses, true) => ("items-expenses-lead", "items-expenses-any", "items-expenses-known"),
            (ItemList::Expenses, false) => ("items-expenses-lead", "items-expenses-more", "items-expenses-known"),
        };
        let lead = match (which, items.part) {
            (ItemList::Expenses, Part::Own) => "items-own-expenses-lead",
            _ => lead,
        };
        let answers = vec![SelectOption::new("yes", t!("items-yes")), SelectOption::new("no", t!("items-no"))];
        let known = (!items.fetched.is_empty()).then(|| {
            view! {
                <Card title=texts.get(known)>
                    <p class="muted">{t!("items-known")}</p>
                    <Rows rows=items.fetched/>
                </Card>
            }
        });
        view! {
            <BackToSections month=items.month section=which.section()/>
            <ErrorSummary errors=field_errors(&form)/>
            <PageHead title=texts.get(title) lead=texts.with(lead, &[("month", about.as_str().into())])/>
            {known}
            <Stated which about=items.about items=items.items sum=items.sum form=form.clone()/>
            <form method="post" action=section::address(which.section())>
                <RevisionField revision=form.revision of=form.of.clone()/>
                <section class="card fields">
                    <Radios
                        name="more"
                        legend=texts.with(question, &[("month", about.into())])
                        options=answers
                        value=items.more
                        state=field_state(&form, "more")
                    />
                </section>
                <div class="actions"><SubmitButton label=t!("renewal-continue")/></div>
            </form>
            <EarlierMonths history=items.history/>
        }
    };
    Page::new(Phrase::new(title), body).with_errors(has_errors).watching(watched)
}

/// The list with its sum. Nothing when nothing has been stated.
#[component]
fn Stated(which: ItemList, about: NormMonth, items: Vec<Item>, sum: domain::Money, form: Form) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let texts = texts();
        let title = match which {
            ItemList::Incomes => t!("items-incomes-stated"),
            ItemList::Expenses => t!("items-expenses-stated"),
        };
        let total = vec![Sum { label: t!("items-sum"), amount: sum, total: true }];
        let rows = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| row(&texts, which, about, index + 1, item, &form))
            .collect_view();
        view! {
            <Card title>
                <ul class="rows">{rows}</ul>
                <Sums lines=total/>
            </Card>
        }
    })
}

fn row(
    texts: &Texts,
    which: ItemList,
    about: NormMonth,
    number: usize,
    item: Item,
    form: &Form,
) -> impl IntoView + use<> {
    let address = format!("{}/{}", section::address(which.section()), item.id);
    let id = item.id.to_string();
    let what = hidden_name(texts, which, number, &item);
    let elsewhere = item.month.filter(|month| *month != about).map(|_| {
        let key = match which {
            ItemList::Incomes => "items-income-elsewhere",
            ItemList::Expenses => "items-expense-elsewhere",
        };
        let text = texts.with(key, &[("month", texts.month(about).into())]);
        view! { <p class="row-below muted small">{text}</p> }
    });
    let error = form.error(&id).map(|message| {
        view! { <p class="row-below field-error">{t!("ui-error")}" "{texts.phrase(message)}</p> }
    });
    view! {
        <li>
            <ItemHead item/>
            {elsewhere}
            {error}
            <span class="row-below links">
                <a id=id href=address.clone()>{t!("items-change")}<span class="hidden-text">" "{what.clone()}</span></a>
                <a href=format!("{address}/remove")>{t!("items-remove")}<span class="hidden-text">" "{what}</span></a>
            </span>
        </li>
    }
}

/// What tells an item from the others, for those who hear its link alone.
pub(super) fn hidden_name(texts: &Texts, which: ItemList, number: usize, item: &Item) -> String {
    let key = match which {
        ItemList::Incomes => "items-income-number",
        ItemList::Expenses => "items-expense-number",
    };
    texts.with(key, &[("number", number.to_string().into()), ("what", texts.phrase(&item.label).into())])
}

/// What an item is, how much, when, and whose.
#[component]
pub(super) fn ItemHead(
    item: Item,
    /// The month that the page is about: a day of its year needs no year.
    #[prop(optional)]
    about: Option<NormMonth>,
    /// What can be done with it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let texts = texts();
    let amount = match item.amount {
        Some(amount) => view! { <Amount amount/> }.into_any(),
        None if item.typed_amount.trim().is_empty() => t!("items-no-amount").into_any(),
        None => view! { <span dir="auto">{item.typed_amount}</span> }.into_any(),
    };
    let day = item.date.map(|day| {
        let is_near = about.is_some_and(|month| day.year() == month.year());
        view! { <span>{if is_near { texts.short_day(day) } else { texts.date(day) }}</span> }
    });
    let month = item.month.filter(|month| item.date.is_none_or(|day| !month.contains(day)));
    let month = month.map(|month| {
        let text = texts.with("items-for-month", &[("month", texts.month(month).into())]);
        view! { <span>{text}</span> }
    });
    let since = item.since.map(|month| view! { <SourceChip source=crate::model::SourceChip::Earlier(month)/> });
    let payer = (!item.payer.trim().is_empty()).then(|| view! { <span dir="auto">{item.payer}</span> });
    let proofs = proofs_in_short(&texts, &item.proofs, item.is_proof_later);
    let proofs = proofs.map(|proofs| view! { <span class="row-below muted small">{proofs}</span> });
    let note = (!item.note.trim().is_empty()).then(|| view! { <div class="row-below"><Prose text=item.note/></div> });
    view! {
        <span>{texts.phrase(&item.label)}</span>
        <b class="row-end">{amount}</b>
        <span class="row-below marks muted">{payer}{day}{month}<SourceChip source=item.source/>{since}{children.map(|children| children())}</span>
        {note}
        {proofs}
    }
}
