//! The person's messages to the case's staff.

use domain::message::MessageSubject;
use leptos::prelude::*;

use super::model::{Message, Messages, NewMessage};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::Phrase;
use crate::t;
use crate::ui::{
    BackLink, Card, ErrorSummary, PageHead, Prose, Radios, SelectOption, SubmitButton, TextArea, field_errors,
    field_state,
};

/// The form for a new message, and what has been written.
pub fn page(messages: Messages) -> Page {
    let title = if messages.new.is_some() { "messages-title" } else { "messages-past" };
    let has_errors = messages.new.as_ref().is_some_and(|new| !new.form.errors.is_empty());
    let body = move || {
        let texts = texts();
        let thread = messages.thread.into_iter().map(|message| one(&texts, message)).collect_view();
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            {match messages.new {
                Some(new) => view! { <Form new/> }.into_any(),
                None => view! { <PageHead title=t!("messages-past") lead=t!("messages-lead-past")/> }.into_any(),
            }}
            <Card title=t!("messages-thread")>
                {thread.is_empty().then(|| view! { <p class="muted">{t!("messages-none")}</p> })}
                <div class="thread">{thread}</div>
            </Card>
        }
    };
    Page::new(Phrase::new(title), body).with_errors(has_errors)
}

#[component]
fn Form(new: NewMessage) -> impl IntoView {
    let texts = texts();
    let form = new.form;
    let lead = match new.caseworker {
        Some(name) => t!("messages-lead-to", name = name),
        None => t!("messages-lead"),
    };
    let subjects =
        MessageSubject::CHOICES.iter().map(|one| SelectOption::new(one.code(), texts.get(one.key()))).collect();
    view! {
        <ErrorSummary errors=field_errors(&form)/>
        <PageHead title=t!("messages-title") lead/>
        <form method="post" action="/messages">
            <input type="hidden" name="key" value=new.key.to_string()/>
            <section class="card fields">
                <Radios
                    name="subject"
                    legend=t!("messages-subject")
                    options=subjects
                    value=new.subject
                    state=field_state(&form, "subject")
                />
                <TextArea
                    name="body"
                    label=t!("messages-body")
                    hint=t!("messages-body-hint")
                    value=new.body
                    state=field_state(&form, "body")
                    rows=6
                />
            </section>
            <div class="actions"><SubmitButton label=t!("messages-send")/></div>
        </form>
    }
}

fn one(texts: &Texts, message: Message) -> impl IntoView + use<> {
    view! {
        <article class="message">
            <h3>{texts.get(message.subject.key())}</h3>
            <p class="muted small">{texts.get("messages-from-you")}", "{texts.long_moment(message.sent)}</p>
            <Prose text=message.body/>
        </article>
    }
}
