//! The question before an own income or expense is removed.

use domain::renewal::draft::ItemList;
use leptos::prelude::*;

use super::items::ItemHead;
use super::model::RemoveItem;
use super::section;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, LinkButton, PageHead, RevisionField, SubmitButton, Weight};

/// What would be removed, and both answers.
pub fn page(remove: RemoveItem) -> Page {
    let (title, back) = match remove.which {
        ItemList::Incomes => ("remove-income-title", "item-income-back"),
        ItemList::Expenses => ("remove-expense-title", "item-expense-back"),
    };
    let watched = section::watched(remove.form.revision);
    let body = move || {
        let texts = texts();
        let list = section::address(remove.which.section());
        let action = format!("{list}/{}/remove", remove.item.id);
        view! {
            <BackLink href=list.clone() label=texts.get(back)/>
            <PageHead title=texts.get(title) lead=t!("remove-lead")/>
            <section class="card"><ul class="rows"><li><ItemHead item=remove.item/></li></ul></section>
            <form method="post" action=action>
                <RevisionField revision=remove.form.revision of=remove.form.of.clone()/>
                <div class="actions">
                    <SubmitButton label=t!("remove-button") weight=Weight::Danger/>
                    <LinkButton href=list label=t!("remove-keep") weight=Weight::Secondary/>
                </div>
            </form>
        }
    };
    Page::new(Phrase::new(title), body).watching(watched)
}
