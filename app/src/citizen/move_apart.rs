//! The question before somebody says that they and the other adult have moved apart.

use leptos::prelude::*;

use super::model::MoveApart;
use super::start::Ways;
use crate::document::Page;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, Card, LinkButton, PageHead, SubmitButton, Weight};

/// What it means for both, and both answers.
pub fn page(question: MoveApart) -> Page {
    Page::new(Phrase::new("apart-title"), move || {
        let MoveApart { other, stays, contact } = question;
        let name = other.as_str();
        let case = if stays { t!("apart-you-stay", name = name) } else { t!("apart-you-leave", name = name) };
        let unseen = t!("apart-unseen", name = name);
        let read = t!("apart-read", name = name);
        let told = t!("apart-told", name = name);
        let afraid = t!("apart-afraid-text", name = name);
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead title=t!("apart-title") lead=t!("apart-lead")/>
            <Card title=t!("apart-means")>
                <ul>
                    <li>{unseen}</li>
                    <li>{case}</li>
                    <li>{read}</li>
                    <li>{told}</li>
                </ul>
            </Card>
            <form method="post" action="/apart">
                <div class="actions">
                    <SubmitButton label=t!("apart-button") weight=Weight::Danger/>
                    <LinkButton href="/home" label=t!("apart-keep") weight=Weight::Secondary/>
                </div>
            </form>
            <Card title=t!("apart-afraid")>
                <p>{afraid}</p>
                <Ways contact/>
            </Card>
        }
    })
}
