//! Sources, and what they have answered.

use domain::Money;
use domain::authority::{Agency, Answer, AuthorityRow, Content, RowKind, RowState};
use domain::id::{PersonId, QueryId, RenewalId, SourceId};
use domain::kind::IncomeKind;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use super::noon;
use crate::case::signers;
use crate::db::{Column, TenantTx};

/// A source that is switched on.
pub(crate) async fn add_source(tx: &mut TenantTx, agency: Agency) -> SourceId {
    let (municipality, source) = (tx.municipality().0, SourceId(Uuid::now_v7()));
    let board = serde_json::json!({
        "organisation_number": "162120009010",
        "name": "Exempelby kommun",
        "fk_actor": null,
        "legal_basis": crate::authority::LEGAL_BASIS,
    });
    let settings = serde_json::json!({
        "kind": { "speaks": "ssbtek", "agency": agency, "board": board },
        "endpoint": "http://127.0.0.1:9/",
        "connect_timeout_ms": 100,
        "answer_timeout_ms": 100,
        "tls": null,
        "bearer_file": null,
    });
    sqlx::query(
        "insert into authority_source (municipality_id, id, name, agency, settings, enabled, position)
         select $1, $2, $3, $3, $4, true, count(*) + 1 from authority_source",
    )
    .bind(municipality)
    .bind(source.0)
    .bind(agency.code())
    .bind(settings)
    .execute(tx.connection())
    .await
    .unwrap();
    source
}

/// What a source has answered about a person, on this day.
pub(crate) async fn add_answer(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    source: SourceId,
    on: Date,
    answer: &Answer,
) {
    let (municipality, query) = (tx.municipality().0, QueryId(Uuid::now_v7()));
    let at = noon(on).to_sqlx();
    signers::apply(tx, renewal, person).await.unwrap();
    sqlx::query(
        "insert into authority_query (municipality_id, id, renewal_id, person_id, source_id, asked_at, answered_at, answer_sealed)
         values ($1, $2, $3, $4, $5, $6, $6, $7)",
    )
    .bind(municipality)
    .bind(query.0)
    .bind(renewal.0)
    .bind(person.0)
    .bind(source.0)
    .bind(at)
    .bind(tx.vault().seal_json(Column::QueryAnswer, query, answer).unwrap())
    .execute(tx.connection())
    .await
    .unwrap();
}

/// An answer with one paid income.
pub(crate) fn reported(kind: IncomeKind, kronor: i64, on: Date) -> Answer {
    let row = AuthorityRow {
        label: kind.code().to_owned(),
        kind: RowKind::Income(kind),
        amount: Money::from_kronor(kronor),
        pay_date: Some(on),
        period: None,
        state: RowState::Paid,
    };
    Answer::Answered(Content { rows: vec![row], facts: Vec::new() })
}

/// Gives an answer to one of the questions about a person that are awaited, and its row's address among what authorities say.
pub(crate) async fn answer_awaited(tx: &mut TenantTx, renewal: RenewalId, person: PersonId, answer: &Answer) -> String {
    let awaited = "select id from authority_query where renewal_id = $1 and person_id = $2 and answered_at is null order by asked_at desc, id desc limit 1";
    let query: Uuid =
        sqlx::query_scalar(awaited).bind(renewal.0).bind(person.0).fetch_one(tx.connection()).await.unwrap();
    sqlx::query("update authority_query set answered_at = asked_at, answer_sealed = $2 where id = $1")
        .bind(query)
        .bind(tx.vault().seal_json(Column::QueryAnswer, QueryId(query), answer).unwrap())
        .execute(tx.connection())
        .await
        .unwrap();
    format!("/renewal/authorities/{query}/0")
}
