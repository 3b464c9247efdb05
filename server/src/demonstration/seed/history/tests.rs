use domain::id::CalculationId;
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::authority::Agency;
use domain::norm::{self, Input, NormCalculation};
use jiff::civil::date;
use sqlx::PgPool;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::authority::{self, Question, Wording};
use crate::case::rules;
use crate::db::{Column, Db};
use crate::demonstration::DemoOptions;
use crate::demonstration::ports::Ports;
use crate::demonstration::{seed, sources};
use crate::serve;
use demo::authorities;
use demo::people::{Behaviour, DemoRole, DemoSource};

const TABLES: [&str; 14] = [
    "person",
    "assistance_case",
    "renewal",
    "renewal_draft",
    "signer",
    "signed_document",
    "signature",
    "authority_query",
    "calculation",
    "decision",
    "payout",
    "message",
    "notice",
    "audit_entry",
];

async fn world(pool: PgPool) -> (World, Service, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let options = DemoOptions {
        authorities: None,
        data: folder.path().to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        business_date: date(2026, 11, 24),
        database_url: Some("postgres://localhost/given-below".to_owned()),
        throwaway: true,
        json: false,
    };
    let ports = Ports::kept(folder.path(), options.listen).await.unwrap();
    let world = World::start(&options, ports).await.unwrap();
    let served = Db::over(pool.clone(), serve::master_key(&world.settings).unwrap()).await;
    let db = served.register(&pool);
    let service = serve::service_over(world.settings.clone(), db).unwrap();
    (world, service, folder)
}

async fn counts(pool: &PgPool) -> BTreeMap<&'static str, i64> {
    let mut counts = BTreeMap::new();
    for table in TABLES {
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")));
        counts.insert(table, count.fetch_one(pool).await.unwrap());
    }
    counts
}

async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_year_is_told_whole_and_once(pool: PgPool) {
    let (world, service, _folder) = world(pool.clone()).await;
    seed::fill(&service, &world).await.unwrap();
    let told = counts(&pool).await;

    every_case_has_its_months(&pool, &world.people).await;
    every_decision_is_paid(&pool).await;
    every_signature_is_there(&pool).await;
    the_inbox_is_as_the_story_says(&pool).await;
    every_calculation_can_be_made_again(&pool, &service).await;

    seed::fill(&service, &world).await.unwrap();
    assert_eq!(counts(&pool).await, told, "a second start writes nothing");
}

async fn every_case_has_its_months(pool: &PgPool, people: &People) {
    for household in &people.households {
        let Some(case) = &household.case else { continue };
        let decided: i64 = sqlx::query_scalar(
            "select count(*) from renewal r join assistance_case c on c.id = r.case_id \
              where c.number = $1 and r.state = 'decided' and r.norm_month < '2026-12-01'",
        )
        .bind(&case.number)
        .fetch_one(pool)
        .await
        .unwrap();
        let first = NormMonth::of(case.opened).unwrap().next().max("2025-12".parse().unwrap());
        let last = case.closed.map_or("2026-11".parse().unwrap(), |day| NormMonth::of(day).unwrap());
        assert_eq!(decided, i64::from(last.months_since(first)) + 1, "{}", household.key);
    }
    let closed = "select count(*) from assistance_case where closed_on = '2026-03-31'";
    assert_eq!(number(pool, closed).await, 1);
}

async fn every_decision_is_paid(pool: &PgPool) {
    let unpaid = "select count(*) from decision d where d.granted_ore <> \
                  (select coalesce(sum(amount_ore), 0)::bigint from payout p where p.decision_id = d.id)";
    assert_eq!(number(pool, unpaid).await, 0);
    let wrong = "select count(*) from payout where (state = 'paid') <> (pay_date <= '2026-11-24') or state not in ('paid', 'planned')";
    assert_eq!(number(pool, wrong).await, 0);
    let planned = "select count(*) from payout where state = 'planned' and pay_date = '2026-11-27'";
    assert_eq!(number(pool, planned).await, 3);
    let outcomes = "select count(distinct outcome) from decision";
    assert_eq!(number(pool, outcomes).await, 3, "granted, partly granted and rejected");
}

async fn every_signature_is_there(pool: &PgPool) {
    let lacking = "select count(*) from signer s left join signature g on (g.renewal_id, g.person_id) = (s.renewal_id, s.person_id) \
                   where (s.state = 'signed') <> (g.person_id is not null)";
    assert_eq!(number(pool, lacking).await, 0);
    assert_eq!(number(pool, "select count(*) from signer where state = 'awaited'").await, 1);
}

async fn the_inbox_is_as_the_story_says(pool: &PgPool) {
    let waiting: Vec<String> = sqlx::query_scalar(
        "select c.number from renewal r join assistance_case c on c.id = r.case_id where r.state = 'submitted' order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    assert_eq!(waiting, ["2025/0131", "EKB-2025-0098", "EKB-2025-0110", "EKB-2026-0011", "EKB-2026-0031"]);
    let unread = "select count(*) from notice where read_at is null and kind <> 'message'";
    assert_eq!(number(pool, unread).await, 5, "one for each that waits");
    assert_eq!(number(pool, "select count(*) from job").await, 0);
}

async fn every_calculation_can_be_made_again(pool: &PgPool, service: &Service) {
    let book = rules::book().unwrap();
    let rows: Vec<(Uuid, Uuid, Vec<u8>, Vec<u8>)> =
        sqlx::query_as("select municipality_id, id, input_sealed, result_sealed from calculation")
            .fetch_all(pool)
            .await
            .unwrap();
    assert!(rows.len() > 150, "{}", rows.len());
    for (municipality, id, input, result) in rows {
        let tx = TenantTx::begin(&service.db, MunicipalityId(municipality), Actor::System, Timestamp::UNIX_EPOCH)
            .await
            .unwrap();
        let input: Input = tx.vault().open_json(Column::CalculationInput, CalculationId(id), &input).unwrap();
        let result: NormCalculation =
            tx.vault().open_json(Column::CalculationResult, CalculationId(id), &result).unwrap();
        assert_eq!(norm::calculate(book, &input).unwrap(), result);
    }
}

#[tokio::test]
async fn history_answers_as_the_authorities_do() {
    let folder = tempfile::tempdir().unwrap();
    let people = Arc::new(People::shipped().unwrap());
    let (month, today) = ("2026-12".parse::<NormMonth>().unwrap(), date(2026, 11, 24));
    let any = "127.0.0.1:0".parse().unwrap();
    let listen = authorities::Listen { ssbtek: any, energy: any };
    let handle = authorities::start(folder.path(), listen, Arc::clone(&people), today).await.unwrap();
    let municipality = &people.municipalities[0];
    let mut connected: Vec<_> = Agency::ALL
        .iter()
        .map(|agency| (DemoSource::from(*agency), sources::ssbtek(&handle, *agency, municipality).unwrap()))
        .collect();
    connected.push((DemoSource::Energy, sources::energy(&handle)));
    let wording = |text| Wording::new(text).unwrap();
    let mut compared = 0;
    for (source, settings) in connected {
        let adapter = authority::AuthoritySource::new(settings, &sources::network_rules(&handle)).unwrap();
        for person in people.persons.iter().filter(|person| person.role != DemoRole::Child) {
            let behaviours = [person.behaviour(source), Behaviour::Partly, Behaviour::Fail];
            for behaviour in behaviours.into_iter().filter(|behaviour| *behaviour != Behaviour::Hang) {
                handle.set_behaviour(Some(person.number), Some(source), behaviour);
                let asked = answers::Asked::for_month(month, today).unwrap();
                let question = Question {
                    person: person.number,
                    period: asked.period,
                    purpose: wording("test"),
                    case_reference: wording("test"),
                    handler: wording("test"),
                    correlation_id: Uuid::from_u128(7),
                    today,
                };
                let answer = adapter.ask(&question).await;
                assert_eq!(asked.answer(person, source, behaviour), answer, "{} {source:?} {behaviour:?}", person.key);
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
}
