//! A country: municipalities filled with copies of one of the demo's, with the real seals, by copying rows in.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use domain::id::MunicipalityId;
use server::bench::{MasterKey, Vault};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::copy;
use crate::template::Template;

/// As many as Sweden has.
const MUNICIPALITIES: u32 = 290;
/// How many renewals wait for the caseworkers of a municipality, at most half of those that could: a page of the inbox. The others are drafts
/// that can be signed.
const WAITING: usize = 20;
/// The day that the country stands on.
pub(crate) const BUSINESS_DATE: &str = "2026-11-24";
/// The first day of the month that can be renewed then.
pub(crate) const MONTH_OPEN: &str = "2026-12-01";
const TEMPLATE: &str = "exempelby";

/// Fills the database that the demo has written its year into.
pub(crate) async fn fill(url: &str, master: &Path, people: u32) -> Result<()> {
    let master = MasterKey::from_base64(&std::fs::read_to_string(master).context("the demo's master key")?)?;
    let mut db = PgConnection::connect(url).await?;
    let (id, wrapped): (Uuid, Vec<u8>) = sqlx::query_as(
        "select m.id, k.wrapped from municipality m join municipality_key k on k.municipality_id = m.id where m.slug = $1",
    )
    .bind(TEMPLATE)
    .fetch_one(&mut db)
    .await
    .context("the demo's municipality")?;
    let vault = master.unwrap(MunicipalityId(id), &wrapped).await?;
    let template = Arc::new(Template::read(&mut db, id, &vault).await?);
    let copies = people.div_ceil(MUNICIPALITIES).div_ceil(template.people).max(1);
    ensure!(copies < 50, "{people} people are more than the serial numbers of a day are enough for");
    println!(
        "Writing {} people: {MUNICIPALITIES} municipalities, {copies} times the households of {TEMPLATE} in each",
        MUNICIPALITIES * copies * template.people
    );
    let (began, master) = (Instant::now(), Arc::new(master));
    let mut towns = JoinSet::new();
    // As many at a time as there are processors: one seals while another's rows are taken in.
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    for first in 0..workers {
        let (template, master, url) = (Arc::clone(&template), Arc::clone(&master), url.to_owned());
        towns.spawn(async move {
            let mut db = PgConnection::connect(&url).await?;
            // Rows come from where all keys were held; to look each up again would double the time.
            sqlx::query("set session_replication_role = replica").execute(&mut db).await?;
            sqlx::query("set synchronous_commit = off").execute(&mut db).await?;
            for number in (1..=MUNICIPALITIES).skip(first).step_by(workers) {
                town(&mut db, &template, &master, number, copies).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = towns.join_next().await {
        done??;
    }
    println!("Written in {:.0} s; Postgres tidies up", began.elapsed().as_secs_f64());
    for statement in ["vacuum (analyze)", "checkpoint"] {
        sqlx::query(statement).execute(&mut db).await?;
    }
    println!("The country is there after {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

/// Where a municipality of the country is visited.
pub(crate) fn host(number: u32) -> String {
    format!("m{number}.country.localhost")
}

/// Every host of the country.
pub(crate) fn hosts() -> impl Iterator<Item = String> {
    (1..=MUNICIPALITIES).map(host)
}

async fn town(db: &mut PgConnection, template: &Template, master: &MasterKey, number: u32, copies: u32) -> Result<()> {
    let municipality = Uuid::from_u128(0x00f0_7e7a_0000_4000_8000_0000_0000_0000 + u128::from(number));
    let wrapped = master.new_wrapped_key(MunicipalityId(municipality)).await?;
    let vault: Vault = master.unwrap(MunicipalityId(municipality), &wrapped).await?;
    let mut tx = db.begin().await?;
    sqlx::query(
        "insert into municipality
         select (jsonb_populate_record(m, jsonb_build_object('id', $2::uuid, 'slug', $3::text, 'host', $4::text))).*
           from municipality m where m.id = $1",
    )
    .bind(template.municipality)
    .bind(municipality)
    .bind(format!("m{number}"))
    .bind(host(number))
    .execute(&mut *tx)
    .await?;
    sqlx::query("insert into municipality_key (municipality_id, wrapped) values ($1, $2)")
        .bind(municipality)
        .bind(&wrapped)
        .execute(&mut *tx)
        .await?;
    for table in &template.tables {
        let rows = copy::table(template, table, municipality, &vault, copies)?;
        let mut sink = tx.copy_in_raw(&table.copy).await?;
        sink.send(rows).await?;
        sink.finish().await.with_context(|| table.copy.clone())?;
    }
    unsign_most(&mut tx, municipality).await?;
    Ok(tx.commit().await?)
}

/// Takes the signatures of most renewals back that one adult alone has signed and nobody has decided: those are the ones that can be signed.
async fn unsign_most(tx: &mut PgConnection, municipality: Uuid) -> Result<()> {
    let waiting: Vec<Uuid> = sqlx::query_scalar(
        "select r.id
           from renewal r
          where r.municipality_id = $1 and r.state = 'submitted' and r.norm_month = $2::text::date
            and (select count(*) from signer s where (s.municipality_id, s.renewal_id) = (r.municipality_id, r.id)) = 1
          order by r.id",
    )
    .bind(municipality)
    .bind(MONTH_OPEN)
    .fetch_all(&mut *tx)
    .await?;
    let renewals: Vec<_> = waiting.iter().skip(WAITING.min(waiting.len() / 2)).map(|id| (municipality, *id)).collect();
    unsign(tx, &renewals).await
}

/// Makes submitted renewals drafts again, as they were before they were signed. Each is named with its municipality.
pub(crate) async fn unsign(db: &mut PgConnection, renewals: &[(Uuid, Uuid)]) -> Result<()> {
    let (municipalities, renewals): (Vec<Uuid>, Vec<Uuid>) = renewals.iter().copied().unzip();
    let those = "in (select * from unnest($1::uuid[], $2::uuid[]))";
    for statement in [
        format!("delete from notice where (municipality_id, renewal_id) {those}"),
        format!("delete from signature where (municipality_id, renewal_id) {those}"),
        format!("delete from signed_document where (municipality_id, renewal_id) {those}"),
        format!("update signer set state = 'awaited', sent_at = null where (municipality_id, renewal_id) {those}"),
        format!(
            "update renewal set state = 'draft', submitted_at = null, reference = null
              where (municipality_id, id) {those}"
        ),
    ] {
        sqlx::query(AssertSqlSafe(statement)).bind(&municipalities).bind(&renewals).execute(&mut *db).await?;
    }
    Ok(())
}
