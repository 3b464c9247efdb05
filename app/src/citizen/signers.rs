//! Who has signed and who has not, from the viewer's side.

use leptos::prelude::*;

use crate::i18n::{Texts, texts};
use crate::model::{ShownSignatureState, Signature, Tone};
use crate::ui::Tag;

/// The signatures in a sentence or two: "Du har skrivit under. Johan har inte skrivit under än."
pub(super) fn in_words(texts: &Texts, signatures: &[Signature]) -> String {
    let has_signed = |signature: &&Signature| matches!(signature.state, ShownSignatureState::Signed { .. });
    let viewer = signatures.iter().filter(has_signed).any(|signature| signature.is_viewer);
    let other = signatures.iter().find(|signature| !signature.is_viewer);
    let signed = match (viewer, other.filter(has_signed)) {
        (true, Some(other)) => texts.with("signed-both", &[("name", other.name.called().into())]),
        (true, None) => texts.get("signed-viewer"),
        (false, Some(other)) => texts.with("signed-other", &[("name", other.name.called().into())]),
        (false, None) => String::new(),
    };
    let missing = other.map(|other| {
        let name = [("name", other.name.called().into())];
        match other.state {
            ShownSignatureState::NotYet | ShownSignatureState::Waiting => texts.with("signed-waiting", &name),
            ShownSignatureState::Declined { .. } => texts.with("signed-declined", &name),
            ShownSignatureState::Left { .. } => texts.with("signed-left", &name),
            ShownSignatureState::Signed { .. } => String::new(),
        }
    });
    [signed, missing.unwrap_or_default()].join(" ").trim().to_owned()
}

/// Everyone who signs, each with where it stands.
#[component]
pub fn Signers(signatures: Vec<Signature>) -> impl IntoView {
    let texts = texts();
    let rows = signatures.into_iter().map(|signature| row(&texts, &signature)).collect_view();
    view! { <ul class="rows">{rows}</ul> }
}

fn row(texts: &Texts, signature: &Signature) -> impl IntoView + use<> {
    let (state, tone) = match signature.state {
        ShownSignatureState::NotYet | ShownSignatureState::Waiting if signature.is_viewer => {
            (texts.get("signers-you"), Tone::Plain)
        }
        ShownSignatureState::NotYet => (texts.get("signers-after-you"), Tone::Plain),
        ShownSignatureState::Waiting => (texts.get("signers-waiting"), Tone::Warning),
        ShownSignatureState::Signed { .. } => (texts.get("signers-signed"), Tone::Good),
        ShownSignatureState::Declined { .. } => (texts.get("signers-declined"), Tone::Bad),
        ShownSignatureState::Left { .. } => (texts.get("signers-left"), Tone::Plain),
    };
    let below = match signature.state {
        ShownSignatureState::Signed { at }
        | ShownSignatureState::Declined { at }
        | ShownSignatureState::Left { at } => texts.long_moment(at),
        ShownSignatureState::NotYet if !signature.is_viewer => texts.get("signers-own-eid"),
        ShownSignatureState::NotYet | ShownSignatureState::Waiting => String::new(),
    };
    let below = (!below.is_empty()).then(|| view! { <span class="row-below muted">{below}</span> });
    view! { <li><b>{signature.name.full()}</b><Tag text=state tone/>{below}</li> }
}
