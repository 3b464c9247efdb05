//! What signers have shown beside what they state.

use domain::id::RenewalId;
use leptos::prelude::*;

use crate::i18n::texts;
use crate::model::{ProofGroup, Tone};
use crate::t;
use crate::ui::{Card, Tag, one_file};

/// Each thing that something is shown of, with its files. Nothing where nobody shows anything.
pub(super) fn card(groups: &[ProofGroup], renewal: RenewalId) -> Option<AnyView> {
    let texts = texts();
    let open_at = format!("/staff/renewals/{renewal}/proofs");
    let groups = groups.iter().map(|group| {
        let what = texts.phrase(&group.what);
        let title = texts.with("proof-group", &[("what", what.into()), ("name", group.who.as_str().into())]);
        let files = group.files.iter().map(|file| view! { <li>{one_file(&texts, &open_at, file)}</li> }).collect_view();
        let files = (!group.files.is_empty()).then(|| view! { <ul class="files">{files}</ul> });
        let later = group.is_later.then(|| view! { <Tag text=texts.get("proof-group-later") tone=Tone::Warning/> });
        view! { <li><p class="marks"><b>{title}</b>{later}</p>{files}</li> }
    });
    let groups: Vec<_> = groups.collect();
    (!groups.is_empty())
        .then(|| view! { <Card title=t!("proof-title")><ul class="proof-groups">{groups}</ul></Card> }.into_any())
}
