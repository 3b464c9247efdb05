//! What somebody's month has been: a block for each sort of episode.

use domain::renewal::block::Block;
use domain::renewal::episode::{AbsenceReason, Certificate, EpisodeDraft, EpisodeKind, Extent};
use leptos::prelude::*;

use super::blocks::{self, BlockFields, in_words};
use super::model::Episodes;
use crate::i18n::{Texts, texts};
use crate::model::Form;
use crate::t;
use crate::ui::ProofField;

/// The blocks, in the order of the kinds.
pub(super) fn blocks(episodes: &Episodes, form: &Form) -> impl IntoView + use<> {
    let texts = texts();
    let of_kind = |kind: &EpisodeKind| {
        let drafts: Vec<_> = episodes.drafts.iter().filter(|draft| draft.kind == *kind).collect();
        blocks::folded(
            texts.get(kind.key()),
            &drafts,
            |_| true,
            |draft, named| one(&texts, episodes, draft, form, named),
        )
    };
    EpisodeKind::ALL.iter().filter_map(of_kind).collect_view()
}

/// The files of one episode. That they are to come later is said with the certificate.
fn proofs(episodes: &Episodes, draft: &EpisodeDraft) -> impl IntoView + use<> {
    let files = episodes.proofs.iter().find(|(id, _)| *id == draft.id).map(|(_, files)| files.clone());
    view! {
        <ProofField
            name=format!("proof-{}", draft.id)
            open_at=episodes.proofs_at.clone()
            files=files.unwrap_or_default()
        />
    }
}

fn one(texts: &Texts, episodes: &Episodes, draft: &EpisodeDraft, form: &Form, named: String) -> AnyView {
    let fields = BlockFields { block: draft, code: draft.kind().code(), form };
    let about = episodes.about;
    let place = |label: String| fields.line("place", label, &draft.place);
    let from = || fields.day("from", t!("episode-from"), &draft.from, about.first_day());
    let to = |label: String| fields.day("to", label, &draft.to, about.last_day());
    let extent = |legend: String| {
        let extents = in_words(texts, Extent::ALL, |one| (one.code(), one.key()));
        fields.choice("extent", legend, extents, &draft.extent)
    };
    let month = texts.month(about);
    let content = match draft.kind {
        EpisodeKind::Work => view! {
            {place(t!("episode-employer"))}
            {from()}
            {to(t!("episode-to-open"))}
        }
        .into_any(),
        EpisodeKind::Study => view! {
            {place(t!("episode-school"))}
            {from()}
            {to(t!("episode-to-open"))}
        }
        .into_any(),
        EpisodeKind::SickLeave => {
            let certificates = in_words(texts, Certificate::ALL, |one| (one.code(), one.key()));
            view! {
                {fields.choice("choice", t!("episode-certificate"), certificates, &draft.choice)}
                {from()}
                {to(t!("episode-to-certificate"))}
                {extent(t!("episode-extent-ill"))}
                {proofs(episodes, draft)}
            }
            .into_any()
        }
        EpisodeKind::ParentalLeave => view! {
            {from()}
            {to(t!("episode-to-open"))}
            {extent(t!("episode-extent-home"))}
        }
        .into_any(),
        EpisodeKind::Activity => view! {
            {place(t!("episode-activity"))}
            {fields.line("planned", t!("episode-planned", month = month.as_str()), &draft.planned)}
            {fields.line("done", t!("episode-done"), &draft.done)}
        }
        .into_any(),
        EpisodeKind::Absence => {
            let reasons = in_words(texts, AbsenceReason::ALL, |one| (one.code(), one.key()));
            view! {
                {from()}
                {to(t!("episode-to"))}
                {fields.choice("choice", t!("episode-absence"), reasons, &draft.choice)}
                {fields.lines("why", t!("episode-why"), &draft.why)}
            }
            .into_any()
        }
    };
    let called = match draft.kind {
        EpisodeKind::Work | EpisodeKind::Study | EpisodeKind::Activity => Some(draft.place.as_str().to_owned()),
        EpisodeKind::SickLeave | EpisodeKind::ParentalLeave | EpisodeKind::Absence => None,
    };
    blocks::one(&fields, called, named, content)
}
