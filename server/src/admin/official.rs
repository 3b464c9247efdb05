//! `GET /admin/officials/{id}`: one official, and what is delegated to them.

use app::admin::model::{DelegationForm, OfficialRow, OpenedOfficial};
use app::admin::official;
use app::model::{FieldError, Form};
use axum::http::StatusCode;
use domain::Money;
use domain::decision::{Mandate, Outcome};
use domain::id::StaffId;

use super::officials::{shown, stored};
use crate::case::delegations;
use crate::db::{Action, Object};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Admin;

/// With a form, where something can be delegated to them.
pub(crate) async fn page(mut visit: Visit<Admin>, Path(id): Path<StaffId>) -> Reply {
    let official = read(&mut visit, id).await?;
    let typed = as_typed(&official.mandate);
    show(visit, official, typed, Vec::new()).await
}

/// One official of the municipality.
pub(super) async fn read(visit: &mut Visit<Admin>, id: StaffId) -> Result<OfficialRow, Problem> {
    let (here, tx) = (&visit.here, &mut visit.tx);
    let row = stored(tx, Some(id)).await?.pop().ok_or(Problem::NotFound)?;
    let mandate = delegations::mandate(tx, id).await?;
    Ok(shown(here, row, mandate)?)
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn show(
    visit: Visit<Admin>,
    official: OfficialRow,
    typed: Vec<(Outcome, String)>,
    errors: Vec<FieldError>,
) -> Reply {
    let mut shown = opened(&visit, official);
    shown.delegations.typed = typed;
    shown.delegations.form.errors = errors;
    answer(visit, shown).await
}

/// What the page shows when nothing has been typed.
pub(super) fn opened(visit: &Visit<Admin>, official: OfficialRow) -> OpenedOfficial {
    let (typed, seen) = (as_typed(&official.mandate), seen(&official.mandate));
    OpenedOfficial {
        is_viewer: official.id == visit.actor.staff(),
        official,
        number: (String::new(), Form::default()),
        delegations: DelegationForm { typed, seen, form: Form::default() },
    }
}

/// The page, refused where something is wrong. Who looks is noted.
pub(super) async fn answer(mut visit: Visit<Admin>, shown: OpenedOfficial) -> Reply {
    visit.tx.audit(Action::SawOfficials, Object::Staff(shown.official.id)).await?;
    let is_wrong = [&shown.delegations.form, &shown.number.1].iter().any(|form| !form.errors.is_empty());
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    visit.page_with(status, official::page(shown)).await
}

/// What is delegated, as it would be typed.
fn as_typed(mandate: &Mandate) -> Vec<(Outcome, String)> {
    let typed = |outcome: Outcome| match mandate.up_to(outcome) {
        Some(up_to) if outcome.grants() => kronor(up_to),
        Some(_) => "yes".to_owned(),
        None if outcome.grants() => String::new(),
        None => "no".to_owned(),
    };
    Outcome::ALL.iter().map(|outcome| (*outcome, typed(*outcome))).collect()
}

/// An amount of whole kronor, as it would be typed.
pub(super) fn kronor(amount: Money) -> String {
    (amount.ore() / 100).to_string()
}

/// What a form says of what was delegated when it was shown.
pub(super) fn seen(mandate: &Mandate) -> String {
    let up_to = |outcome: &Outcome| mandate.up_to(*outcome).map_or_else(String::new, |up_to| up_to.ore().to_string());
    Outcome::ALL.iter().map(up_to).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Connected, Towns, up_to};

    #[sqlx::test(migrations = "../migrations")]
    async fn a_caseworker_is_shown_with_what_is_delegated_and_an_administrator_without(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        stage.delegate_only(home.staff, &up_to(15_000)).await;
        let page = stage.page(&home.admin, &format!("/admin/officials/{}", home.staff)).await;
        for told in [
            "Får besluta om bifall upp till, kronor",
            "value=\"15000\"",
            "bifall upp till 15 000 kr",
            "Får besluta om avslag",
            "Aktiv",
            &format!("/admin/officials/{}/end", home.staff),
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let page = stage.page(&home.admin, &format!("/admin/officials/{}", home.administrator)).await;
        assert!(page.contains("En administratör fattar inga beslut"), "{page}");
        assert!(page.contains("Det här är du") && !page.contains("/end\""), "nobody ends themselves: {page}");
        assert!(!page.contains("Får besluta om"), "{page}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn an_official_is_opened_by_the_towns_own_administrator_alone(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let (home, away) = (&stage.towns.home, &stage.towns.away);
        let path = format!("/admin/officials/{}", home.staff);
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.get(host, cookie, &path).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
        assert_eq!(stage.towns.get(&away.host, &away.admin, &path).await.status, StatusCode::NOT_FOUND);
        stage.page(&path).await;
    }
}
