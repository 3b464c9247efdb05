//! What has happened, and what has been written.

use leptos::prelude::*;

use crate::caseworker::model::{Event, ReceivedMessage};
use crate::i18n::texts;
use crate::t;
use crate::ui::{Card, Prose};

/// What, when and by whom, the newest first.
pub(super) fn history(events: Vec<Event>) -> impl IntoView {
    let texts = texts();
    let items = events.into_iter().map(|event| {
        let actor = event.actor.map(|actor| view! { " "<span class="muted small">{actor}</span> });
        view! {
            <li>
                <span class="muted small">{texts.moment(event.at)}</span>
                <span>{texts.phrase(&event.what)}{actor}</span>
            </li>
        }
    });
    let items = items.collect_view();
    view! { <Card title=t!("log-history")><ol class="log">{items}</ol></Card> }
}

/// The messages in the case, the newest first, each opened where it stands.
pub(super) fn messages(messages: Vec<ReceivedMessage>) -> impl IntoView {
    let texts = texts();
    let list = if messages.is_empty() {
        view! { <p class="muted">{t!("log-no-messages")}</p> }.into_any()
    } else {
        let items = messages.into_iter().map(|message| {
            view! {
                <details>
                    <summary>
                        {texts.get(message.subject.key())}" "
                        <span class="muted small">{message.from.name.full()}", "{texts.moment(message.sent)}</span>
                    </summary>
                    <Prose text=message.body/>
                </details>
            }
        });
        items.collect_view().into_any()
    };
    view! { <Card title=t!("log-messages")>{list}</Card> }
}
