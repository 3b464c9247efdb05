//! A message from a citizen.

use leptos::prelude::*;

use super::contact::phone_link;
use super::model::{MovedApart, ReceivedMessage};
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, Card, Isolated, LinkButton, PageHead, Prose, SubmitButton, SummaryList, SummaryRow, Weight};

/// Who wrote, about what, and the text as it was typed.
pub fn page(message: ReceivedMessage) -> Page {
    let title = Phrase::new("received-page").with("number", message.case_number.0.as_str());
    Page::new(title, move || {
        let texts = texts();
        let row = |label: String, value: AnyView| SummaryRow { label, value, change: None };
        let mut rows = vec![
            row(t!("received-number"), view! { <Isolated text=message.from.number.hyphenated()/> }.into_any()),
            row(t!("received-case"), view! { <Isolated text=message.case_number.0/> }.into_any()),
            row(t!("received-sent"), texts.long_moment(message.sent).into_any()),
        ];
        if let Some(phone) = message.phone {
            rows.push(row(t!("received-phone"), phone_link(phone).into_any()));
        }
        let renewal = message.renewal.map(|id| {
            view! {
                <div class="actions">
                    <LinkButton href=format!("/staff/renewals/{id}") label=t!("received-open")/>
                </div>
            }
        });
        view! {
            <BackLink href="/staff/notices" label=t!("notices-title")/>
            <PageHead title=t!("received-title", name = message.from.name.full()) lead=texts.get(message.subject.key())/>
            {message.moved_apart.map(|apart| view! { <Apart apart/> })}
            <div class="columns">
                <Card title=t!("received-text")><Prose text=message.body/></Card>
                <div class="column">
                    <Card title=t!("received-about")><SummaryList rows/></Card>
                    {renewal}
                </div>
            </div>
        }
    })
}

#[component]
fn Apart(apart: MovedApart) -> impl IntoView {
    let texts = texts();
    let name = apart.name.as_str();
    let disputed = apart.disputed.map(|day| {
        view! { <p>{t!("apart-staff-disputed", name = name, day = texts.day(day))}</p> }
    });
    let how = match apart.put_back {
        Some(day) => view! { <p>{t!("apart-staff-put-back", name = name, day = texts.day(day))}</p> }.into_any(),
        None => view! {
            <p>{t!("apart-staff-left", name = name, day = texts.day(apart.said))}</p>
            {disputed}
            <p>{t!("apart-staff-do", name = name)}</p>
            <form method="post" action=format!("/staff/messages/{}/put-back", apart.message)>
                <SubmitButton label=t!("apart-staff-button", name = name) weight=Weight::Secondary/>
            </form>
        }
        .into_any(),
    };
    view! { <Card title=t!("apart-staff-title")>{how}</Card> }
}
