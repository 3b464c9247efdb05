//! The files that are shown of one statement, and the field for more.

use domain::renewal::proof::Media;
use leptos::prelude::*;

use super::icon::Icon;
use super::mark::Tag;
use crate::i18n::{Texts, texts};
use crate::model::{ProofFiles, ProofStanding, ShownProof, Tone};
use crate::t;

/// What a browser offers to choose among: the camera and the gallery of a phone, and documents.
const ACCEPTED: &str = "image/*,.heic,.heif,application/pdf";

/// The files that are there, each with a box that removes it, and a field for more. The form around it is sent with its files
/// (`enctype="multipart/form-data"`).
#[component]
pub fn ProofField(
    /// The form's field name, which is also the element's id.
    #[prop(into)]
    name: String,
    /// Where the files are opened: before their identifier.
    #[prop(into)]
    open_at: String,
    files: ProofFiles,
    /// What they are proof of, where the page has several.
    #[prop(optional, into)]
    of: String,
    /// Whether the files that are there stay.
    #[prop(optional)]
    is_kept: bool,
    /// The field name of the box for what is to come later, where it is offered.
    #[prop(optional, into)]
    later: Option<String>,
) -> impl IntoView {
    let texts = texts();
    let legend = if of.is_empty() { t!("proof-legend") } else { t!("proof-legend-of", what = of) };
    let invalid = (!files.refused.is_empty()).then_some("true");
    // What is there is not to come later.
    let later = later.filter(|_| files.shown.is_empty());
    let class = if files.refused.is_empty() { "no-error" } else { "has-error" };
    let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-error"));
    let described = if files.refused.is_empty() { hint_id.clone() } else { format!("{hint_id} {error_id}") };
    let refused = files.refused.iter().map(|problem| view! { <li>{texts.phrase(problem)}</li> }).collect_view();
    let refused = (!files.refused.is_empty()).then(|| {
        view! {
            <div class="field-error" id=error_id>
                <span class="hidden-text">{t!("ui-error")}" "</span>
                <ul>{refused}</ul>
            </div>
        }
    });
    let shown: Vec<_> = files.shown.into_iter().map(|proof| one_of(&texts, &open_at, proof, is_kept)).collect();
    let shown = (!shown.is_empty()).then(|| view! { <ul class="files">{shown}</ul> });
    let later = later.map(|later| {
        view! {
            <div class="ds-field">
                <input class="ds-input" type="checkbox" id=later.clone() name=later.clone() checked=files.is_later/>
                <label for=later>{t!("proof-later")}</label>
            </div>
        }
    });
    view! {
        <div class=class>
            <fieldset class="ds-fieldset proofs">
                <legend>{legend}</legend>
                <p class="muted" id=hint_id>{t!("proof-hint")}" "{t!("proof-hint-many")}</p>
                {refused}
                {shown}
                <label class="file-label" for=name.clone()>{t!("proof-files")}</label>
                <input
                    class="file-input"
                    type="file"
                    id=name.clone()
                    name=name
                    multiple
                    accept=ACCEPTED
                    aria-describedby=described
                    aria-invalid=invalid
                />
                {later}
            </fieldset>
        </div>
    }
}

/// A file that is there, and the box that removes it.
fn one_of(texts: &Texts, open_at: &str, proof: ShownProof, is_kept: bool) -> impl IntoView + use<> {
    let remove_field = format!("remove-proof-{}", proof.id);
    let remove = texts.with("proof-remove", &[("name", proof.name.as_str().into())]);
    let remove = (!is_kept).then(|| {
        view! {
            <div class="ds-field">
                <input class="ds-input" type="checkbox" id=remove_field.clone() name=remove_field.clone()/>
                <label for=remove_field><span dir="auto">{remove}</span></label>
            </div>
        }
    });
    view! { <li>{one_file(texts, open_at, &proof)}{remove}</li> }
}

/// A file as a small picture and its name, which open it; what cannot be opened says why.
pub fn one_file(texts: &Texts, open_at: &str, proof: &ShownProof) -> AnyView {
    let address = format!("{open_at}/{}", proof.id);
    let name = if proof.name.is_empty() { texts.get(proof.media.key()) } else { proof.name.clone() };
    let pages = (proof.media == Media::Pdf).then(|| {
        let pages = texts.with("proof-pages", &[("count", i64::from(proof.pages).into())]);
        view! { <span class="muted small">{pages}</span> }
    });
    let words =
        |tag: Option<AnyView>| view! { <span class="file-name"><span dir="auto">{name}</span>{pages}{tag}</span> };
    let tag = |word: &str, tone| Some(view! { <Tag text=texts.get(word) tone/> }.into_any());
    let icon = || view! { <span class="file-picture">{Icon::Page}</span> }.into_any();
    let tag = match proof.standing {
        ProofStanding::Open => {
            let picture = match proof.media {
                Media::Jpeg => {
                    let preview = format!("{address}/preview");
                    view! { <img class="file-picture" src=preview alt="" loading="lazy"/> }.into_any()
                }
                Media::Pdf => icon(),
            };
            return view! { <a class="file" href=address>{picture}{words(None)}</a> }.into_any();
        }
        ProofStanding::Waiting => tag("proof-waiting", Tone::Warning),
        ProofStanding::Harmful => tag("proof-harmful", Tone::Bad),
    };
    view! { <span class="file">{icon()}{words(tag)}</span> }.into_any()
}

/// The files of something in one line, for those who read it together with much else.
pub fn proofs_in_short(texts: &Texts, names: &[String], is_later: bool) -> Option<AnyView> {
    let there = (!names.is_empty()).then(|| texts.with("proof-of", &[("names", names.join(", ").into())]));
    let later = is_later.then(|| texts.get("proof-of-later"));
    let lines = there.into_iter().chain(later).map(|line| view! { <span dir="auto">{line}</span> });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| lines.into_any())
}
