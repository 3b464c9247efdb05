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
    let work = Work::read_whole(&mut visit.tx, &visit.actor, &visit.here).await?;
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

#[cfg(test)]
mod tests {
    use domain::account::Account;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    const PATH: &str = "/renewal/payout";

    #[sqlx::test(migrations = "../migrations")]
    async fn of_an_account_only_the_end_is_shown_and_only_to_the_writer(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        stage.begun(&johan).await;
        let slip = stage.page(&johan, PATH).await;
        assert!(slip.contains("Mira Nilsson") && slip.contains("Utbetalningsavi"), "the applicant is paid: {slip}");

        let (account, _) = Account::parse("8424-4", "983 189 224-6").unwrap();
        stage.pay_to(couple.case, &account).await;
        let page = stage.page(&johan, PATH).await;
        let number = account.number();
        let (hidden, end) = number.split_at(number.len() - 3);
        assert!(page.contains(end) && page.contains(account.bank().unwrap()), "{page}");
        assert!(!page.contains(hidden) && !page.contains("Utbetalningsavi"), "{page}");
        assert_eq!(stage.look(&mira, PATH).await.led_to(), "/home", "the draft is the other adult's");
        stage.begun(&stage.home.citizen).await;
        let elsewhere = stage.page(&stage.home.citizen, PATH).await;
        assert!(!elsewhere.contains(account.bank().unwrap()), "another household: {elsewhere}");
    }
}
