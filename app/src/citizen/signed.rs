//! What was signed, exactly as it was signed.

use leptos::prelude::*;

use super::model::SignedPage;
use super::signers::Signers;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::{Phrase, ShownProof};
use crate::t;
use crate::ui::{BackLink, Card, Isolated, PageHead, SummaryList, SummaryRow, one_file};

/// The text, who has signed it, and what proves it.
pub fn page(signed: SignedPage) -> Page {
    let SignedPage { document, files, files_at } = signed;
    let title = Phrase::new("kept-title").with("month", document.month);
    Page::new(title, move || {
        let number = |signature: &crate::model::Signature| SummaryRow {
            label: signature.name.full(),
            value: view! { <Isolated text=signature.number.hyphenated()/> }.into_any(),
            change: None,
        };
        let mut rows: Vec<_> = document.signatures.iter().map(number).collect();
        rows.push(SummaryRow {
            label: t!("kept-reference"),
            value: view! { <Isolated text=document.reference/> }.into_any(),
            change: None,
        });
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead
                title=t!("kept-title", month = texts().month_of_year(document.month))
                lead=t!("kept-lead")
            />
            <Card title=t!("check-signatures")><Signers signatures=document.signatures/></Card>
            <Card title=t!("kept-text")><SignedText text=document.text language=document.language/></Card>
            {shown(&files, &files_at)}
            <Card title=t!("kept-proof")>
                <SummaryList rows/>
                <h3>{t!("kept-digest")}</h3>
                <p class="digest"><bdi dir="ltr">{document.digest}</bdi></p>
                <p class="muted small">{t!("kept-digest-why")}</p>
            </Card>
        }
    })
}

/// The files that the reader has shown. Nothing where there are none.
fn shown(files: &[ShownProof], files_at: &str) -> Option<impl IntoView + use<>> {
    let texts = texts();
    let files: Vec<_> = files.iter().map(|file| view! { <li>{one_file(&texts, files_at, file)}</li> }).collect();
    (!files.is_empty()).then(|| view! { <Card title=t!("proof-title")><ul class="files">{files}</ul></Card> })
}

/// A text that was signed, with its line breaks, in its own language.
#[component]
pub(super) fn SignedText(
    text: String,
    /// Its language, such as `sv`.
    language: String,
) -> impl IntoView {
    view! { <p class="prose" lang=language dir="auto">{text}</p> }
}
