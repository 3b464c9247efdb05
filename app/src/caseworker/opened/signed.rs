//! The document that was signed, and by whom.

use leptos::prelude::*;

use crate::caseworker::model::SecondText;
use crate::i18n::{Texts, texts};
use crate::model::{ShownSignatureState, Signature, SignedDocument};
use crate::t;
use crate::ui::{Card, Isolated};

/// The signatures with their times, the reference, the digest, and the text as each signed it.
pub(super) fn card(document: SignedDocument, second: Option<SecondText>) -> impl IntoView {
    let texts = texts();
    let signatures = document.signatures.iter().map(|signature| {
        view! {
            <li>
                <span>
                    {signature.name.full()}" "
                    <span class="muted small"><Isolated text=signature.number.hyphenated()/></span>
                </span>
                <span class="row-end">{state(&texts, signature)}</span>
            </li>
        }
    });
    let signatures = signatures.collect_view();
    view! {
        <Card title=t!("signed-document-title")>
            <ul class="rows dated">{signatures}</ul>
            <p>{t!("signed-document-reference")}" "<b><Isolated text=document.reference/></b></p>
            <details>
                <summary>{t!("signed-document-text")}</summary>
                <div class="prose signed-text" lang=document.language id="signed-document">{document.text}</div>
                <p class="small muted">{t!("signed-document-digest")}" "<code>{document.digest}</code></p>
            </details>
            {second.map(|second| view! { <Second second/> })}
        </Card>
    }
}

#[component]
fn Second(second: SecondText) -> impl IntoView {
    view! {
        <details>
            <summary>{t!("signed-document-second", name = second.name)}</summary>
            <div class="prose signed-text" lang=second.language>{second.text}</div>
            <p class="small muted">{t!("signed-document-digest")}" "<code>{second.digest}</code></p>
        </details>
    }
}

fn state(texts: &Texts, signature: &Signature) -> String {
    match signature.state {
        ShownSignatureState::Signed { at } => texts.with("signed-document-at", &[("at", texts.moment(at).into())]),
        ShownSignatureState::NotYet | ShownSignatureState::Waiting => texts.get("signed-document-missing"),
        ShownSignatureState::Declined { at } => {
            texts.with("signed-document-declined", &[("at", texts.moment(at).into())])
        }
        ShownSignatureState::Left { at } => texts.with("signed-document-left", &[("at", texts.moment(at).into())]),
    }
}
