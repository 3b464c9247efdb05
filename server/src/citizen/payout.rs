//! `GET /renewal/payout`: where the money goes.

use app::citizen::model::PayoutSection;
use app::citizen::payout;
use domain::account::PayoutMethod;
use domain::renewal::Section;

use super::work::Work;
use crate::case::{head, household, payouts};
use crate::http::{Here, Reply, Visit};
use crate::session::policy::Citizen;

/// The registered payout method, to be looked at.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let method = head::payout(&mut visit.tx, visit.actor.case()).await?;
    let shown = of_work(&visit.here, &work, &method);
    visit.page(payout::page(shown)).await
}

/// What the section shows.
pub(super) fn of_work(here: &Here, work: &Work, method: &PayoutMethod) -> PayoutSection {
    PayoutSection {
        month: work.renewal.month(),
        form: work.form(Section::Payout, &[]),
        method: payouts::method(method),
        payee: household::applicant(&work.members),
        phone: here.site.municipality.contact.phone.clone(),
    }
}
