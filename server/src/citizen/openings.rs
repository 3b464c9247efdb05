//! `GET /openings`: who has looked in the case.

use app::citizen::model::Opening;
use app::citizen::openings;
use domain::id::PurposeId;
use domain::opening::{OpeningGround, OpeningPurpose};

use crate::db::{Action, Column, DbError, query};
use crate::http::{Reply, Visit};
use crate::session::policy::Reader;

/// How many are shown.
const SHOWN: i64 = 200;

/// Every official who has opened the case, each day once, as what and what for.
pub(crate) async fn page(mut visit: Visit<Reader>) -> Reply {
    let openings = read(&mut visit).await?;
    visit.page(openings::page(openings)).await
}

async fn read(visit: &mut Visit<Reader>) -> Result<Vec<Opening>, DbError> {
    let Visit { actor, tx, .. } = visit;
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select s.name, o.day, o.ground, u.id as "purpose_id?", u.purpose as "purpose?", u.words_sealed
          from case_opening o
          join staff s on (s.municipality_id, s.id) = (o.municipality_id, o.staff_id)
          left join case_purpose u on (u.municipality_id, u.id) = (o.municipality_id, o.purpose_id)
         where o.municipality_id = $1 and o.case_id = any ((select own_cases())::uuid[])
         order by o.opened_at desc, s.name
         limit $2
        "#,
        municipality,
        SHOWN,
    )
    .fetch_all(tx.connection())
    .await?;
    tx.audit(Action::SawOpenings, actor.object()).await?;
    let vault = tx.vault();
    let inconsistent = |column| DbError::Inconsistent { column };
    rows.into_iter()
        .map(|row| {
            let purpose = match row.purpose_id.map(PurposeId).zip(row.purpose) {
                Some((id, code)) => {
                    let purpose = OpeningPurpose::from_code(&code).ok_or(inconsistent("case_purpose.purpose"))?;
                    let open = |sealed: Vec<u8>| vault.open_text(Column::PurposeWords, id, &sealed);
                    Some((purpose, row.words_sealed.map(open).transpose()?))
                }
                None => None,
            };
            Ok(Opening {
                who: row.name,
                day: row.day.to_jiff(),
                ground: OpeningGround::from_code(&row.ground).ok_or(inconsistent("case_opening.ground"))?,
                purpose,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    const PATH: &str = "/openings";

    #[sqlx::test(migrations = "../migrations")]
    async fn the_people_of_a_case_read_who_has_opened_it_and_why(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        assert!(stage.page(&mira, PATH).await.contains("Ingen har öppnat ditt ärende än."));
        let page = format!("/staff/renewals/{renewal}");
        for _ in 0..2 {
            stage.page(&stage.home.caseworker, &page).await;
        }
        let (_, david) = stage.colleague("david").await;
        let fields = [("purpose", "other"), ("words", "Kontrollerar en adress.")];
        stage.send(&david, &format!("/staff/open/{renewal}"), &fields).await;
        stage.page(&david, &page).await;
        for cookie in [&mira, &johan] {
            let read = stage.page(cookie, PATH).await;
            assert_eq!(read.matches("<b>sara</b>").count(), 1, "once a day: {read}");
            for text in ["Din handläggare", "<b>david</b>", "Kontrollerar en adress.", "24 november 2026"] {
                assert!(read.contains(text), "{text}: {read}");
            }
        }
        assert!(stage.page(&stage.home.citizen, PATH).await.contains("Ingen har öppnat"), "of another case");
        let elsewhere = stage.get(&stage.away.host, &stage.away.citizen, PATH).await;
        assert!(!elsewhere.body.contains("sara"), "{}", elsewhere.body);
    }
}
