//! `GET /decisions/{id}`: one decision in full.

use app::citizen::decision;
use app::citizen::model::DecisionPage;
use domain::id::DecisionId;

use crate::case::signers::day;
use crate::case::{decisions, head, payouts};
use crate::db::{Action, DbError, Object};
use crate::http::visit::IsShown;
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Reader;

/// The decision, to one of the people of its case. Once it has been shown to a person, that person has received it, and their time to
/// appeal runs (förvaltningslagen 44 §). What a browser fetches ahead has been given out, and is in the audit trail, but has reached nobody.
pub(crate) async fn page(mut visit: Visit<Reader>, IsShown(shown): IsShown, Path(id): Path<DecisionId>) -> Reply {
    let decision = read(&mut visit, id, shown).await?;
    visit.page(decision::page(decision)).await
}

async fn read(visit: &mut Visit<Reader>, id: DecisionId, shown: bool) -> Result<DecisionPage, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let found = decisions::own(tx, actor.person(), id).await?;
    let mut decided = found.ok_or(Problem::NotFound)?;
    if shown {
        decisions::note_shown(tx, id, actor.person()).await?;
        decided.received.entry(actor.person()).or_insert_with(|| day(tx.at()));
    }
    tx.audit(Action::SawDecision, Object::Decision(id)).await?;
    let renewal = OwnRenewal::find(tx, actor, decided.renewal).await?.ok_or(Problem::NotFound)?;
    let arrived = renewal.arrived().ok_or(DbError::Inconsistent { column: "renewal.submitted_at" })?;
    Ok(DecisionPage {
        brief: decided.brief(actor.person()),
        month: decided.month,
        case_number: head::number(tx, decided.case).await?,
        arrived: here.local(arrived).date(),
        decided_by: decided.decider.clone(),
        presented_by: decided.presenter.clone(),
        granted: decided.outcome.grants().then_some(decided.granted),
        reason: decided.reason(),
        note: decided.note.clone(),
        provisions: decided.grounds.provisions.iter().map(|one| here.site.texts.get(one.key())).collect(),
        has_calculation: decided.calculation.is_some(),
        payouts: payouts::of_decision(tx, id).await?,
        contact: here.site.municipality.contact.clone(),
    })
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::body::Body;
    use axum::extract::ConnectInfo;
    use axum::http::header::{COOKIE, HOST};
    use axum::http::{Method, Request, StatusCode};
    use domain::id::PersonId;
    use sqlx::PgPool;
    use tower::ServiceExt as _;
    use uuid::Uuid;

    use crate::db::names;
    use crate::routes::router;
    use crate::test_support::{Statement, Towns, audited};

    async fn receipts(stage: &Towns) -> Vec<String> {
        let mut tx = stage.tx(&stage.home).await;
        let people = "select p.id, p.name_sealed from decision_receipt w join person p on p.id = w.person_id";
        let people: Vec<(Uuid, Vec<u8>)> = sqlx::query_as(people).fetch_all(tx.connection()).await.unwrap();
        let called = |(id, sealed): &(Uuid, Vec<u8>)| names::open(&tx.vault(), PersonId(*id), sealed).unwrap();
        let mut called: Vec<_> = people.iter().map(|one| called(one).called().to_owned()).collect();
        called.sort_unstable();
        called
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn each_person_receives_a_decision_when_it_is_shown_to_them(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (couple, cookies) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        let path = format!("/decisions/{}", stage.decided(renewal, "rejected", "need-not-shown").await);

        let ahead = |method: Method, header: Option<(&'static str, &'static str)>| {
            let request = Request::builder().method(method).uri(&path).header(HOST, &home.host);
            let peer = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1)));
            let request = request.extension(peer).header(COOKIE, &cookies[0]);
            let request = header.into_iter().fold(request, |request, (name, value)| request.header(name, value));
            router(&stage.service).oneshot(request.body(Body::empty()).unwrap())
        };
        for (method, header) in [
            (Method::HEAD, None),
            (Method::GET, Some(("sec-purpose", "prefetch;prerender"))),
            (Method::GET, Some(("purpose", "prefetch"))),
        ] {
            assert_eq!(ahead(method, header).await.unwrap().status(), StatusCode::OK);
        }
        assert!(receipts(&stage).await.is_empty(), "nobody has seen it");
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "saw-decision").await, 3, "but it was given out");

        let first = stage.page(&cookies[0], &path).await;
        assert!(first.contains("15 december"), "three weeks from today: {first}");
        assert_eq!(receipts(&stage).await, ["Mira"]);
        let other = stage.page(&cookies[1], "/home").await;
        assert!(!other.contains("15 december"), "the other adult's time to appeal has not begun: {other}");
        let staff = async |path: &str| stage.page(&home.caseworker, path).await;
        let decided = staff(&format!("/staff/renewals/{renewal}/decide")).await;
        assert!(decided.contains("Mira kan överklaga till och med") && !decided.contains("Johan kan"), "{decided}");
        let inbox = staff("/staff/inbox?tab=decided").await;
        assert!(inbox.contains("Inte läst av Johan") && !inbox.contains("läst av Mira"), "{inbox}");
        for _ in 0..2 {
            stage.page(&cookies[1], &path).await;
        }
        assert_eq!(receipts(&stage).await, ["Johan", "Mira"]);
        assert!(!staff("/staff/inbox?tab=decided").await.contains("Inte läst"), "it has reached both");
        let others = stage.look(&home.citizen, &path).await;
        let elsewhere = stage.get(&stage.away.host, &stage.away.citizen, &path).await;
        assert_eq!((others.status, elsewhere.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(receipts(&stage).await.len(), 2);
    }
}
