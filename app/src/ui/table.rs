//! Tables, tabs and pages of a long list.

use leptos::prelude::*;

use crate::t;

/// A table that scrolls by itself where it does not fit.
#[component]
pub fn Table(
    /// What it holds; read aloud, and shown unless `caption_hidden`.
    #[prop(into)]
    caption: String,
    /// Whether a title above says the same already.
    #[prop(optional)]
    caption_hidden: bool,
    /// On narrow screens each row becomes a block; cells then need `data-label`.
    #[prop(optional)]
    stack: bool,
    /// `thead` and `tbody`.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-box" role="region" tabindex="0" aria-label=caption.clone()>
            <table class=stack.then_some("stack")>
                <caption class=caption_hidden.then_some("hidden-text")>{caption.clone()}</caption>
                {children()}
            </table>
        </div>
    }
}

pub struct Tab {
    pub href: String,
    /// Its name, with its count.
    pub label: String,
    /// Whether it is the one that is shown.
    pub current: bool,
}

/// Views of the same list, as links.
#[component]
pub fn Tabs(
    /// What they are views of.
    #[prop(into)]
    label: String,
    tabs: Vec<Tab>,
) -> impl IntoView {
    let links = tabs
        .into_iter()
        .map(|tab| view! { <a href=tab.href aria-current=tab.current.then_some("page")>{tab.label}</a> })
        .collect_view();
    view! { <nav class="tabs" aria-label=label>{links}</nav> }
}

/// The pages of a long list. Nothing when there is one page.
#[component]
pub fn Pagination(
    /// The page that is shown, from 1.
    page: u32,
    /// How many there are.
    pages: u32,
    /// The address that the page's number is added to, such as `/staff/inbox?tab=all&page=`.
    #[prop(into)]
    base: String,
) -> impl IntoView {
    (pages > 1).then(|| {
        let previous =
            (page > 1).then(|| view! { <a href=format!("{base}{}", page - 1) rel="prev">{t!("ui-previous")}</a> });
        let next =
            (page < pages).then(|| view! { <a href=format!("{base}{}", page + 1) rel="next">{t!("ui-next")}</a> });
        view! {
            <nav class="links" aria-label=t!("ui-pages")>
                {previous}<span>{t!("ui-page-of", page = page, pages = pages)}</span>{next}
            </nav>
        }
    })
}
