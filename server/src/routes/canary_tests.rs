//! A person with protected identity, looked for wherever somebody without clearance can look: every address, list, count, log line, metric.

use axum::http::StatusCode;
use domain::id::{CaseId, MessageId, RenewalId};
use domain::message::MessageSubject;
use domain::protection::Protection;
use domain::renewal::state::SignerRole;
use metrics_exporter_prometheus::PrometheusBuilder;
use sqlx::PgPool;
use uuid::Uuid;

use super::listed::listed;
use crate::case::messages::seal_subject;
use crate::db::Column;
use crate::test_support::{ADULT, CHILD, Log, Statement, Towns, add_case, add_member, add_person};

/// What nobody may meet: names, number and case number, and words that only they have written.
const SIGNS: [&str; 6] = ["Kanarina", "Kanarie", "930228", "19930228", "EKB-KANARIE", "Pip pip"];

/// A mother who has signed and written, and her child, whose identity is protected.
async fn canary(stage: &Towns) -> (CaseId, RenewalId, Uuid) {
    let mut tx = stage.tx(&stage.home).await;
    let mother = add_person(&mut tx, "199302282398", "Kanarina", Protection::None).await;
    let child = add_person(&mut tx, "201612142396", "Kanarie", Protection::Unknown).await;
    let case = add_case(&mut tx, "EKB-KANARIE", Some(stage.home.staff)).await;
    add_member(&mut tx, case, mother, ADULT, Some(SignerRole::Applicant)).await;
    add_member(&mut tx, case, child, CHILD, None).await;
    let (message, vault) = (MessageId(Uuid::now_v7()), tx.vault());
    let subject = seal_subject(&vault, message, MessageSubject::Question).unwrap();
    let body = vault.seal(Column::MessageBody, message, b"Pip pip").unwrap();
    let message = message.0;
    sqlx::query(
        "insert into message (municipality_id, id, case_id, person_id, subject_sealed, body_sealed, sent_at)
         values ($1, $2, $3, $4, $5, $6, now())",
    )
    .bind(stage.home.id.0)
    .bind(message)
    .bind(case.0)
    .bind(mother.0)
    .bind(subject)
    .bind(body)
    .execute(tx.connection())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let statement = Statement { message: Some("Pip pip"), ..Statement::ordinary() };
    let renewal = stage.signed(case, "2026-12", &statement).await;
    let mut tx = stage.tx(&stage.home).await;
    for (column, id) in [("renewal_id", renewal.0), ("message_id", message)] {
        let notice = format!(
            "insert into notice (municipality_id, id, staff_id, kind, case_id, {column}, made_at)
             values ($1, gen_random_uuid(), $2, case when '{column}' = 'message_id' then 'message' else 'renewal-arrived' end, $3, $4, now())"
        );
        sqlx::query(sqlx::AssertSqlSafe(notice))
            .bind(stage.home.id.0)
            .bind(stage.home.staff.0)
            .bind(case.0)
            .bind(id)
            .execute(tx.connection())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    (case, renewal, message)
}

/// The addresses of a method that these guards let in, as the list has them.
fn addresses(method: &str, guards: &[&str]) -> Vec<&'static str> {
    let of_them = listed().filter(|address| guards.contains(&address.guard) && address.method == method);
    of_them.map(|address| address.path).collect()
}

/// What a page shows, without the scripts' nonce, which is another at each look.
fn still(page: &str) -> &str {
    page.split_once("<body").map_or(page, |(_, body)| body)
}

fn met(text: &str) -> Option<&'static str> {
    SIGNS.into_iter().find(|sign| text.contains(sign))
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_without_clearance_meets_the_canary(pool: PgPool) {
    let log = Log::down_to(tracing::Level::TRACE);
    let recorder = PrometheusBuilder::new().build_recorder();
    let metrics = recorder.handle();
    let _measuring = metrics::set_default_local_recorder(&recorder);
    let (stage, _) = Towns::at_rest(pool).await;
    let home = &stage.home;
    stage.signed(home.case, "2026-11", &Statement::ordinary()).await;

    let who = [("caseworker", &home.caseworker), ("admin", &home.admin), ("citizen", &home.citizen)];
    let mut before = Vec::new();
    for (guard, cookie) in who {
        // The form of a message has a key of its own each time.
        let still = |path: &&str| !path.contains('{') && *path != "/messages";
        for path in addresses("GET", &[guard, "open"]).into_iter().filter(still) {
            before.push((cookie, path, stage.look(cookie, path).await));
        }
    }
    let tabs = ["mine", "unassigned", "all", "decided"].map(|tab| format!("/staff/inbox?tab={tab}"));
    for tab in &tabs {
        before.push((&home.caseworker, tab, stage.look(&home.caseworker, tab).await));
    }
    assert!(before.len() > 15 && before.iter().any(|(_, _, page)| page.body.contains("Petra Nilsson")));

    let (case, renewal, message) = canary(&stage).await;
    for (cookie, path, then) in &before {
        let now = stage.look(cookie, path).await;
        assert_eq!(now.status, then.status, "{path}");
        // What went wrong has a number of its own each time.
        let is_page = now.status == StatusCode::OK;
        assert!(!is_page || still(&now.body) == still(&then.body), "{path} tells that somebody is there: {}", now.body);
        assert_eq!(met(&now.body), None, "{path}");
    }
    let nobody = Uuid::now_v7();
    for (guard, cookie) in who {
        for method in ["GET", "POST"] {
            for path in addresses(method, &[guard]).into_iter().filter(|path| path.contains("{id}")) {
                for id in [renewal.0, message, case.0] {
                    let ask = async |id: Uuid| {
                        let path =
                            path.replace("{id}", &id.to_string()).replace("{list}", "incomes").replace("{index}", "0");
                        match method {
                            "GET" => stage.look(cookie, &path).await,
                            _ => stage.send(cookie, &path, &[("revision", "0"), ("seen", "")]).await,
                        }
                    };
                    let (answer, unknown) = (ask(id).await, ask(nobody).await);
                    assert_eq!(answer.status, unknown.status, "{method} {path}");
                    assert_eq!(
                        answer.location,
                        unknown.location.map(|at| at.replace(&nobody.to_string(), &id.to_string()))
                    );
                    assert_eq!(met(&answer.body), None, "{method} {path}");
                }
            }
        }
    }
    let marked = stage.send(&home.caseworker, "/staff/notices", &[]).await;
    assert_eq!(marked.status, StatusCode::SEE_OTHER);
    let unread = "select count(*) from notice where read_at is null";
    assert_eq!(stage.count(unread).await, 2, "what cannot be seen is not marked as read");
    assert_eq!(met(&metrics.render()), None, "{}", metrics.render());
    assert!(!log.text().is_empty());
    assert_eq!(met(&log.text()), None, "{}", log.text());
}
