//! Who has looked in the case.

use domain::opening::OpeningGround;
use leptos::prelude::*;

use super::model::Opening;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, PageHead, Prose};

/// Who, on which day, as what and what for: the newest first.
pub fn page(openings: Vec<Opening>) -> Page {
    Page::new(Phrase::new("openings-title"), move || {
        let texts = texts();
        let list = if openings.is_empty() {
            view! { <p>{t!("openings-none")}</p> }.into_any()
        } else {
            let rows = openings.into_iter().map(|one| row(&texts, one)).collect_view();
            view! { <ul class="rows dated">{rows}</ul> }.into_any()
        };
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead title=t!("openings-title") lead=t!("openings-lead")/>
            <section class="card">{list}</section>
        }
    })
}

fn row(texts: &Texts, opening: Opening) -> impl IntoView + use<> {
    let (why, words) = match opening.purpose {
        Some((purpose, words)) => (texts.get(purpose.key()), words),
        None => (texts.get(ground(opening.ground)), None),
    };
    view! {
        <li>
            <span>
                <b>{opening.who}</b><br/>
                {why}
                {words.map(|text| view! { <Prose text/> })}
            </span>
            <span class="row-end muted">{texts.date(opening.day)}</span>
        </li>
    }
}

const fn ground(ground: OpeningGround) -> &'static str {
    match ground {
        OpeningGround::Responsible => "opening-responsible",
        OpeningGround::Substitute => "opening-substitute",
        OpeningGround::Second => "opening-second",
        OpeningGround::Purpose => "purpose-other",
    }
}
