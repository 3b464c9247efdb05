//! What the parts of a renewal have in common: names, addresses, and the way back to all of them.

use domain::NormMonth;
use leptos::prelude::*;

use super::model::RenewalPart;
use crate::document::Watched;
use crate::i18n::{Texts, texts};
use crate::t;
use crate::ui::BackLink;

/// The name of a part, the same in the task list and on the check page.
pub(super) fn name(texts: &Texts, part: RenewalPart) -> String {
    texts.get(match part {
        RenewalPart::Household => "renewal-part-household",
        RenewalPart::Authorities => "renewal-part-authorities",
        RenewalPart::Incomes => "renewal-part-incomes",
        RenewalPart::Expenses => "renewal-part-expenses",
        RenewalPart::Payout => "renewal-part-payout",
        RenewalPart::Message => "renewal-part-message",
        RenewalPart::Check => "renewal-part-check",
    })
}

/// The address of a part.
pub(super) fn address(part: RenewalPart) -> String {
    format!("/renewal/{}", part.code())
}

/// What a page of the draft watches: another window in which the same person may save.
pub(super) fn watched(revision: u32) -> Watched {
    Watched { revision, address: "/renewal/revision".to_owned(), shared: false }
}

/// The way back to all parts, and where among them this one stands.
#[component]
pub fn BackToParts(
    /// The month applied for.
    month: NormMonth,
    /// The part that is shown.
    part: RenewalPart,
) -> impl IntoView {
    let number = RenewalPart::ALL.iter().take_while(|one| **one != part).count() + 1;
    let place = t!(
        "renewal-place",
        month = texts().month(month),
        number = number.to_string(),
        count = RenewalPart::ALL.len().to_string()
    );
    view! { <BackLink href="/renewal" label=t!("renewal-all-parts") place/> }
}
