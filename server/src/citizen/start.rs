//! `GET /`: the start page, for somebody whose case is not known. Who is logged in is led home.

use app::citizen::model::{OpenMonth, Start};
use app::citizen::start;
use axum_extra::extract::CookieJar;
use domain::renewal::window::Offer;

use crate::http::{Here, Problem, Reply};
use crate::session::{self, Kind};

/// The month that somebody who has renewed nothing could apply for.
pub(crate) async fn page(here: Here, jar: CookieJar) -> Reply {
    if let Some(home) = session::home(&here, &jar, Kind::Citizen).await? {
        return Err(Problem::see_other(home));
    }
    let municipality = &here.site.municipality;
    let open = match municipality.window.offer(here.today(), |_| false) {
        Some(Offer::Renew { month, until, .. }) => Some(OpenMonth { month, until }),
        Some(Offer::Wait { .. }) | None => None,
    };
    Ok(here.page(start::page(Start { open, contact: municipality.contact.clone() })).await)
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    #[sqlx::test(migrations = "../migrations")]
    async fn it_tells_the_open_month_and_nothing_of_anybody(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        stage.signed(home.case, "2026-12", &Statement::default()).await;
        let anonymous = stage.page("", "/").await;
        for text in ["Nu kan du ansöka för december, till och med 10 december.", "0123-45 67 89", "exempelby kommun"]
        {
            assert!(anonymous.contains(text), "{text}: {anonymous}");
        }
        assert_eq!(stage.look(&home.citizen, "/").await.led_to(), "/home");
        stage.send(&home.citizen, "/logout", &[]).await;
        for nobody in [&home.citizen, &home.caseworker] {
            let page = stage.page(nobody, "/").await;
            assert!(page.contains("Nu kan du ansöka") && !page.contains("Petra"), "{page}");
        }
        assert!(!stage.get(&away.host, "", "/").await.body.contains("exempelby"));
    }
}
