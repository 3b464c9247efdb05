//! One own income or expense: added or changed.

use domain::renewal::Part;
use domain::renewal::draft::ItemList;
use domain::wire;
use leptos::prelude::*;

use super::model::ItemForm;
use super::other_adult::figure_without;
use super::section;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::islands::FigureWhileTyping;
use crate::model::Phrase;
use crate::t;
use crate::ui::{
    BackLink, DateField, ErrorSummary, Field, GroupedSelect, PageHead, ProofField, Radios, RevisionField, SelectGroup,
    SelectOption, SubmitButton, TextArea, TextKind, Weight, field_errors, field_state,
};

/// The texts that differ between the two lists.
struct Words {
    title: &'static str,
    lead: &'static str,
    back: &'static str,
    kind: &'static str,
    amount: &'static str,
    amount_hint: &'static str,
    date: &'static str,
    date_hint: Option<&'static str>,
    save: &'static str,
    remove: &'static str,
}

const fn words(which: ItemList, exists: bool) -> Words {
    match which {
        ItemList::Incomes => Words {
            title: if exists { "item-income-change" } else { "item-income-add" },
            lead: "item-income-lead",
            back: "item-income-back",
            kind: "item-income-kind",
            amount: "item-income-amount",
            amount_hint: "item-income-amount-hint",
            date: "item-income-date",
            date_hint: None,
            save: "item-income-save",
            remove: "item-income-remove",
        },
        ItemList::Expenses => Words {
            title: if exists { "item-expense-change" } else { "item-expense-add" },
            lead: "item-expense-lead",
            back: "item-expense-back",
            kind: "item-expense-kind",
            amount: "item-expense-amount",
            amount_hint: "item-expense-amount-hint",
            date: "item-expense-date",
            date_hint: Some("item-expense-date-hint"),
            save: "item-expense-save",
            remove: "item-expense-remove",
        },
    }
}

/// The form of one item.
pub fn page(item: ItemForm) -> Page {
    let words = words(item.which, !item.is_new);
    let has_errors = !item.form.errors.is_empty();
    let watched = section::watched(item.form.revision);
    let calculates = item.preview.is_some();
    let body = move || {
        let texts = texts();
        let list = section::address(item.which.section());
        let address = format!("{list}/{}", item.id);
        let remove = format!("{address}/remove");
        let (action, key) = if item.is_new { (format!("{list}/add"), Some(item.id)) } else { (address, None) };
        let key = key.map(|key| view! { <input type="hidden" name="key" value=key.to_string()/> });
        let groups = item.which.grouped_kinds().into_iter().map(|(group, kinds)| SelectGroup {
            label: texts.get(group.key()),
            options: kinds.into_iter().map(|(code, key)| SelectOption::new(code, texts.get(key))).collect(),
            value: item.kind.clone(),
        });
        let example = item.about.last_day();
        let lead = match (item.which, item.part) {
            (ItemList::Expenses, Part::Own) => "item-own-expense-lead",
            _ => words.lead,
        };
        let more = item.is_new.then(|| {
            let sends = ("more".to_owned(), "on".to_owned());
            view! { <SubmitButton label=t!("item-save-and-add") weight=Weight::Secondary sends/> }
        });
        let remove = (!item.is_new).then(|| view! { <p><a href=remove>{texts.get(words.remove)}</a></p> });
        let form = &item.form;
        let fields = view! {
            <section class="card fields">
                <GroupedSelect
                    name="kind"
                    label=texts.get(words.kind)
                    groups=groups.collect()
                    state=field_state(form, "kind")
                />
                <Field
                    name="amount"
                    label=texts.get(words.amount)
                    hint=texts.get(words.amount_hint)
                    value=item.amount.clone()
                    kind=TextKind::Amount
                    state=field_state(form, "amount")
                />
                {for_month(&texts, &item)}
                <DateField
                    name="date"
                    label=texts.get(words.date)
                    hint=words.date_hint.map(|key| texts.get(key)).unwrap_or_default()
                    example
                    value=item.date.clone()
                    state=field_state(form, "date")
                />
                {payer(&item)}
                {whose(&texts, &item)}
                <TextArea
                    name="note"
                    label=t!("item-note")
                    hint=t!("item-note-hint")
                    value=item.note.clone()
                    state=field_state(form, "note")
                    rows=3
                />
                <ProofField name="proof" open_at=item.proofs_at.clone() files=item.proofs.clone() later="later"/>
            </section>
        };
        let fields = match &item.preview {
            Some(preview) => view! {
                {item.figure_without.as_deref().map(|name| figure_without(&texts, name))}
                <FigureWhileTyping
                    preview=wire::write(preview)
                    label=t!("live-figure")
                    money=texts.money_pattern()
                    decimal_sign=texts.decimal_sign()
                >
                    {fields}
                </FigureWhileTyping>
            }
            .into_any(),
            None => fields.into_any(),
        };
        view! {
            <BackLink href=list.clone() label=texts.get(words.back)/>
            <ErrorSummary errors=field_errors(form)/>
            <PageHead title=texts.get(words.title) lead=texts.with(lead, &[("month", texts.month(item.about).into())])/>
            <form method="post" action=action enctype="multipart/form-data">
                <RevisionField revision=form.revision of=form.of.clone()/>
                {key}
                {fields}
                <div class="actions">
                    <SubmitButton label=texts.get(words.save)/>
                    {more}
                </div>
            </form>
            {remove}
        }
    };
    Page::new(Phrase::new(words.title), body).with_errors(has_errors).with_calculation(calculates).watching(watched)
}

/// Who pays an income.
fn payer(item: &ItemForm) -> Option<impl IntoView + use<>> {
    (item.which == ItemList::Incomes).then(|| {
        view! {
            <Field
                name="payer"
                label=t!("item-income-payer")
                hint=t!("item-income-payer-hint")
                value=item.payer.clone()
                state=field_state(&item.form, "payer")
            />
        }
    })
}

/// The month of an expense, whichever day it falls due.
fn for_month(texts: &Texts, item: &ItemForm) -> Option<impl IntoView + use<>> {
    let options = item.months.iter().map(|month| SelectOption::new(month.to_string(), texts.month_of_year(*month)));
    let options: Vec<_> = options.collect();
    (!options.is_empty()).then(|| {
        view! {
            <Radios
                name="month"
                legend=t!("item-expense-month")
                hint=t!("item-expense-month-hint")
                options
                value=item.month.clone()
                state=field_state(&item.form, "month")
            />
        }
    })
}

/// Whose it is. One alone is not asked about, but is sent all the same.
fn whose(texts: &Texts, item: &ItemForm) -> AnyView {
    match item.people.as_slice() {
        [] => ().into_any(),
        [one] => view! { <input type="hidden" name="person" value=one.value.clone()/> }.into_any(),
        people => {
            let options = people.iter().map(|one| SelectOption::new(one.value.clone(), texts.phrase(&one.label)));
            view! {
                <Radios
                    name="person"
                    legend=t!("item-person")
                    options=options.collect()
                    value=item.person.clone()
                    state=field_state(&item.form, "person")
                />
            }
            .into_any()
        }
    }
}
