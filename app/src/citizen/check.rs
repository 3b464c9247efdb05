//! Check answers, and sign.

use domain::authority::Answer;
use domain::renewal::activity::ActivityAnswer;
use domain::renewal::draft::ItemList;
use domain::renewal::{Part, Section};
use domain::{Money, NormMonth};
use leptos::prelude::*;

use super::answers::{gone, in_short, reported, rows as reported_rows, silent_ones};
use super::items::{ItemHead, hidden_name};
use super::model::{ActivityFields, Check, HouseholdSection, Item, OtherAdult, PayoutWay, SectionError, SumChange};
use super::other_adult::as_part;
use super::payout_method::method;
use super::preliminary::preliminary;
use super::section;
use super::signers::Signers;
use super::start::Phone;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{AnswerState, Phrase, SigningState, SourceAnswer, SourceChip, Tone};
use crate::t;
use crate::ui::{
    Amount, BackLink, Card, CardHead, ErrorLink, ErrorSummary, Isolated, Note, NoteTone, PageHead, PostButton, Prose,
    SourceChip, SummaryChange, SummaryList, SummaryRow, Tag, shown_revision,
};

/// What has changed, every answer, the preliminary figure, who signs, what signing means, and the button.
pub fn page(check: Check) -> Page {
    let has_errors = !check.errors.is_empty();
    let watched = section::watched(check.revision);
    let body = move || {
        let texts = texts();
        let month = texts.month_of_year(check.window.month);
        let without = check.other.as_ref().and_then(OtherAdult::left_out);
        let lead = t!("check-lead", month = month, until = texts.day(check.window.until));
        let changed = check.household.answer == "changed";
        let is_same = check.previous.filter(|_| check.changes.is_empty() && !changed);
        let lead = match is_same {
            Some(previous) => format!("{lead} {}", t!("check-changes-none", month = texts.month(previous))),
            None => lead,
        };
        view! {
            <BackLink href="/renewal" label=t!("renewal-all-sections")/>
            <ErrorSummary errors=check.errors.iter().map(|error| link(&texts, error, Part::Whole)).collect()/>
            <PageHead title=t!("check-title") lead/>
            {tried(check.signing)}
            {changes(&texts, check.previous, check.changes)}
            {authorities(&texts, &check.answers, check.other.as_ref())}
            {gone(&texts, &check.gone)}
            <section class="card">
                <Items which=ItemList::Incomes items=check.incomes about=check.window.month/>
                <Items which=ItemList::Expenses items=check.expenses about=check.window.month/>
            </section>
            {details(&texts, &check.household, &check.activity, &check.payout, check.message)}
            {preliminary(check.preliminary, &check.answers, without, has_errors, changed)}
            {(check.signatures.len() > 1).then(|| view! {
                <Card title=t!("check-signatures")><Signers signatures=check.signatures/></Card>
            })}
            {(!has_errors).then(|| view! { <Sign revision=check.revision of=check.of.clone() signing=check.signing/> })}
        }
    };
    Page::new(Phrase::new("check-title"), body).with_errors(has_errors).watching(watched)
}

/// An error as a link to where it is mended.
pub(super) fn link(texts: &Texts, error: &SectionError, part: Part) -> ErrorLink {
    let section = section::address(error.section);
    let field = &error.error.field;
    let href = error.item.map_or_else(|| format!("{section}#{field}"), |id| format!("{section}/{id}#{field}"));
    let message = texts.phrase(&error.error.message);
    let text = texts.with(
        "check-error",
        &[("section", section::name(texts, error.section, part).into()), ("message", message.into())],
    );
    ErrorLink { href, text }
}

fn changes(texts: &Texts, previous: Option<NormMonth>, changes: Vec<SumChange>) -> Option<AnyView> {
    let previous = texts.month(previous?);
    let title = texts.with("check-changes", &[("month", previous.as_str().into())]);
    let rows = changes.into_iter().enumerate().map(|(index, change)| one_change(texts, index + 1, change, &previous));
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| view! { <Card title><ul class="rows">{rows}</ul></Card> }.into_any())
}

fn one_change(texts: &Texts, number: usize, change: SumChange, previous: &str) -> impl IntoView + use<> {
    let label = texts.phrase(&change.label);
    let now = match change.now {
        Some(amount) => view! { <Amount amount/> }.into_any(),
        None => texts.get("check-change-gone").into_any(),
    };
    let before = match change.before {
        Some(amount) => {
            let month = texts.with("check-change-before", &[("month", previous.into())]);
            view! { <span><Amount amount/>" "{month}</span> }.into_any()
        }
        None => view! { <span>{texts.with("check-change-new", &[("month", previous.into())])}</span> }.into_any(),
    };
    let what =
        texts.with("check-change-number", &[("number", number.to_string().into()), ("what", label.as_str().into())]);
    view! {
        <li>
            <span class="marks"><span>{label}</span><SourceChip source=change.source/></span>
            <b class="row-end">{now}</b>
            <span class="row-below marks muted">
                {before}
                <a href=section::address(change.section)>{t!("check-edit")}<span class="hidden-text">" "{what}</span></a>
            </span>
        </li>
    }
}

/// What is not a list: the household, how to reach it, where the money goes and the message, each a row with its link.
fn details(
    texts: &Texts,
    household: &HouseholdSection,
    done: &ActivityFields,
    payout: &PayoutWay,
    message: String,
) -> impl IntoView + use<> {
    let row = |label: String, value: AnyView, section: Section, what: &str| SummaryRow {
        label,
        value,
        change: Some(SummaryChange {
            href: section::address(section),
            label: texts.get("check-edit"),
            what: texts.get(what),
        }),
    };
    let message = if message.trim().is_empty() { not_given(texts) } else { view! { <Prose text=message/> }.into_any() };
    let rows = vec![
        row(
            section::name(texts, Section::Household, Part::Whole),
            view! { {household_answer(texts, household)}<br/>{contact(texts, household)} }.into_any(),
            Section::Household,
            "check-what-household",
        ),
        row(
            section::name(texts, Section::Activity, Part::Whole),
            activity(texts, done),
            Section::Activity,
            "check-what-activity",
        ),
        SummaryRow { label: texts.get("check-payout"), value: paid_to(texts, payout), change: None },
        row(section::name(texts, Section::Message, Part::Whole), message, Section::Message, "check-what-message"),
    ];
    view! { <Card title=texts.get("check-details")><SummaryList rows/></Card> }
}

/// Who gets the money and how, and what to do when that is wrong.
pub(super) fn paid_to(texts: &Texts, payout: &PayoutWay) -> AnyView {
    let how = method(texts, &payout.method);
    view! {
        {payout.payee.clone()}<br/>{how}
        <p class="muted small">{t!("payout-section-wrong")}" "<Phone number=payout.phone.clone()/></p>
    }
    .into_any()
}

fn not_given(texts: &Texts) -> AnyView {
    view! { <span class="muted not-given">{texts.get("check-not-given")}</span> }.into_any()
}

fn household_answer(texts: &Texts, household: &HouseholdSection) -> AnyView {
    let people = household.members.iter().map(|member| member.name.called().to_owned()).collect::<Vec<_>>().join(", ");
    let answer = match household.answer.as_str() {
        "same" => texts.get("check-household-same").into_any(),
        "changed" => {
            let told = household.changes.told.iter().map(|one| view! { <li>{texts.phrase(one)}</li> }).collect_view();
            let told = (!household.changes.told.is_empty()).then(|| view! { <ul>{told}</ul> });
            let in_words =
                (!household.change.trim().is_empty()).then(|| view! { <Prose text=household.change.clone()/> });
            view! { {texts.get("check-household-changed")}{told}{in_words} }.into_any()
        }
        _ => not_given(texts),
    };
    view! { {people}". "{answer} }.into_any()
}

/// The answer as it was chosen, and the person's own words.
fn activity(texts: &Texts, done: &ActivityFields) -> AnyView {
    let Some(answer) = ActivityAnswer::from_code(&done.answer) else { return not_given(texts) };
    let note = (!done.note.trim().is_empty()).then(|| view! { <Prose text=done.note.clone()/> });
    let told = done.told.iter().map(|one| view! { <li>{texts.phrase(one)}</li> }).collect_view();
    let told = (!done.told.is_empty()).then(|| view! { <ul>{told}</ul> });
    view! { {texts.get(answer.key())}{note}{told} }.into_any()
}

fn contact(texts: &Texts, household: &HouseholdSection) -> AnyView {
    let or_none = |label: &str, text: &str| {
        if text.trim().is_empty() {
            view! { <span class="muted">{texts.get(label)}": "{texts.get("check-not-given")}</span> }.into_any()
        } else {
            view! { <Isolated text=text.to_owned()/> }.into_any()
        }
    };
    let (phone, email) = (or_none("household-phone", &household.phone), or_none("household-email", &household.email));
    view! { {phone}<br/>{email} }.into_any()
}

/// What the authorities say: each that reported something folded under its name, those that did not in a line for each way of not reporting.
fn authorities(texts: &Texts, answers: &[SourceAnswer], other: Option<&OtherAdult>) -> impl IntoView + use<> {
    let told = answers.iter().filter(|answer| !reported(answer).is_empty());
    let told = told.map(|answer| one_authority(texts, answer)).collect_view();
    let (silent, other) = (silent_ones(texts, answers), other.map(|other| as_part(texts, other)));
    let href = section::address(Section::Authorities);
    view! {
        <section class="card">
            <CardHead title=t!("check-authorities")>
                <a href=href>{t!("check-see")}<span class="hidden-text">" "{t!("check-what-authorities")}</span></a>
            </CardHead>
            <div class="part">
                {told}
                {silent}
            </div>
            {other}
        </section>
    }
}

/// An authority with what it reported in short; its rows are in the document, and open without script.
fn one_authority(texts: &Texts, answer: &SourceAnswer) -> impl IntoView + use<> {
    let mut labels: Vec<&str> = Vec::new();
    for row in reported(answer) {
        if !labels.contains(&row.label.as_str()) {
            labels.push(&row.label);
        }
    }
    let count = i64::try_from(reported(answer).len()).unwrap_or(i64::MAX);
    let much = match reported(answer) {
        [one] => texts.money(one.amount),
        _ => texts.with("check-rows", &[("count", count.into())]),
    };
    let content = reported_rows(texts, answer, false);
    let partly = (!is_plain(answer)).then(|| view! { <Tag text=in_short(texts, &answer.state) tone=Tone::Warning/> });
    let disputed = answer.marks.iter().any(|mark| mark.dispute.is_some());
    let disputed = disputed.then(|| view! { <Tag text=texts.get("dispute-tag") tone=Tone::Warning/> });
    let source = SourceChip::Authority(answer.authority.clone());
    view! {
        <details class="fold">
            <summary>
                <SourceChip source/>
                <span lang="sv" dir="auto">{labels.join(", ")}</span>": "<bdi>{much}</bdi>" "
                {partly}
                {disputed}
            </summary>
            {content}
        </details>
    }
}

/// Whether there is nothing to say beside the rows.
const fn is_plain(answer: &SourceAnswer) -> bool {
    matches!(answer.state, AnswerState::Done { answer: Answer::Answered(_), .. })
}

#[component]
fn Items(
    which: ItemList,
    items: Vec<Item>,
    /// The month applied for, which is not named at each expense.
    about: NormMonth,
) -> impl IntoView {
    let texts = texts();
    let list = section::address(which.section());
    let none = items.is_empty().then(|| view! { <p class="muted">{t!("check-none")}</p> });
    // One row takes no more room than its fold.
    let folds = items.iter().filter(|item| item.since.is_some()).count() > 1;
    let items = items.into_iter().enumerate().map(|(index, mut item)| {
        item.month = item.month.filter(|month| *month != about);
        (index + 1, item)
    });
    let (same, others): (Vec<_>, Vec<_>) = items.partition(|(_, item)| folds && item.since.is_some());
    let row = |(number, item): (usize, Item)| item_row(&texts, which, &list, number, item, about);
    let as_before = as_before(&texts, &same).map(|summary| {
        let rows = same.into_iter().map(row).collect_view();
        view! { <details class="fold"><summary>{summary}</summary><ul class="rows">{rows}</ul></details> }
    });
    let rows: Vec<_> = others.into_iter().map(row).collect();
    let rows = (!rows.is_empty()).then(|| view! { <ul class="rows">{rows}</ul> });
    let all = match which {
        ItemList::Incomes => t!("check-what-incomes"),
        ItemList::Expenses => t!("check-what-expenses"),
    };
    view! {
        <CardHead title=section::name(&texts, which.section(), Part::Whole)>
            <a href=list>{t!("check-edit")}<span class="hidden-text">" "{all}</span></a>
        </CardHead>
        {none}
        {rows}
        {as_before}
    }
}

/// What the rows that stand as they were come to, under their names. None where there are none.
fn as_before(texts: &Texts, items: &[(usize, Item)]) -> Option<impl IntoView + use<>> {
    let labels: Vec<_> = items.iter().map(|(_, item)| texts.phrase(&item.label)).collect();
    let sum = items.iter().filter_map(|(_, item)| item.amount).sum::<Money>();
    let text = texts.with("check-as-before", &[("what", labels.join(", ").into())]);
    (!items.is_empty()).then(|| view! { {text}": "<Amount amount=sum/> })
}

fn item_row(
    texts: &Texts,
    which: ItemList,
    list: &str,
    number: usize,
    item: Item,
    about: NormMonth,
) -> impl IntoView + use<> {
    let what = hidden_name(texts, which, number, &item);
    let href = format!("{list}/{}", item.id);
    view! {
        <li>
            <ItemHead item about=about>
                <a href=href>{t!("check-edit")}<span class="hidden-text">" "{what}</span></a>
            </ItemHead>
        </li>
    }
}

/// What became of signing when it was tried before. It stands first: whoever comes back from the eID sees it.
fn tried(signing: SigningState) -> Option<impl IntoView> {
    let (title, text) = match signing {
        SigningState::Ready => return None,
        SigningState::Interrupted => (t!("check-interrupted"), t!("check-interrupted-text")),
        SigningState::NotUsed => (t!("check-not-used"), t!("check-not-used-text")),
    };
    Some(view! { <Note tone=NoteTone::Warning><h2>{title}</h2><p>{text}</p></Note> })
}

/// What signing means, in the words that are signed, and the button.
#[component]
fn Sign(revision: u32, of: String, signing: SigningState) -> impl IntoView {
    let label = if signing.is_again() { t!("check-sign-again") } else { t!("check-sign") };
    view! {
        <Note>
            <h2>{t!("signed-declaration")}</h2>
            <p>{t!("signed-honour")}</p>
            <p>{t!("signed-consent")}</p>
        </Note>
        <div class="actions">
            <PostButton action="/renewal/sign" label fields=vec![("revision".to_owned(), shown_revision(revision, &of))]/>
        </div>
    }
}
