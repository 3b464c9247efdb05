//! What `GET /home` is for who has no ongoing case: how their cases ended, and the ways to what they had.

use app::citizen::model::{Ended, EndedCase, Past, SaidApart};
use app::model::CaseNumber;
use domain::id::SeparationId;

use crate::db::{DbError, TenantTx, query};
use crate::http::Here;

/// The cases that this person reads and does nothing in.
pub(super) async fn read(here: &Here, tx: &mut TenantTx) -> Result<Past, DbError> {
    let rows = query!(
        r#"
        select number as "number!", closed_on, left_on, separation_id, is_own_word as "is_own_word?", is_disputed as "is_disputed!"
          from ended_cases()
        "#,
    )
    .fetch_all(tx.connection())
    .await?;
    let cases = rows.into_iter().filter_map(|row| {
        let apart = row.separation_id.zip(row.is_own_word).map(|(id, is_own_word)| SaidApart {
            separation: SeparationId(id),
            is_own_word,
            is_disputed: row.is_disputed,
        });
        let ended = row.left_on.map(|day| Ended::Left { on: day.to_jiff(), apart });
        let ended = ended.or_else(|| row.closed_on.map(|day| Ended::Closed(day.to_jiff())));
        Some(EndedCase { number: CaseNumber(row.number), ended: ended? })
    });
    Ok(Past { cases: cases.collect(), contact: here.site.municipality.contact.clone() })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::id::CaseId;
    use domain::protection::Protection;
    use domain::renewal::state::SignerRole;
    use sqlx::PgPool;

    use crate::test_support::{
        ADULT, MIRA, PARTNER, Statement, Towns, add_case, add_member, add_person, as_owner, audited,
    };

    async fn change(stage: &Towns, statement: &'static str, case: CaseId) {
        let mut tx = stage.tx(&stage.home).await;
        as_owner(&mut tx).await;
        sqlx::query(statement).bind(case.0).execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn whose_case_is_closed_reads_what_they_had_and_does_nothing(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, cookies) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-11", &Statement::default()).await;
        let decision = stage.decided(renewal, "granted", "need-by-norm").await;
        stage.send(&cookies[0], "/messages", &[("subject", "question"), ("body", "Miras fråga.")]).await;
        change(&stage, "update assistance_case set closed_on = '2026-11-20' where id = $1", couple.case).await;
        for cookie in &cookies {
            let home = stage.page(cookie, "/home").await;
            assert!(
                home.contains("Ärende 2026-2 avslutades 20 november 2026.") && home.contains("0123-45 67 89"),
                "{home}"
            );
            for path in ["/decisions", "/payouts", "/openings", "/messages", "/sessions"] {
                stage.page(cookie, path).await;
            }
            let decided = stage.page(cookie, &format!("/decisions/{decision}")).await;
            assert!(decided.contains("2026-2"), "{decided}");
            for path in [format!("/decisions/{decision}/calculation"), format!("/renewals/{renewal}/signed")] {
                assert!(stage.page(cookie, &path).await.contains("Mira"), "{path}");
            }
            assert!(stage.page(cookie, "/payouts").await.contains("bistånd för november"));
            for path in ["/renewal", "/apart", "/renewal/check"] {
                assert_eq!(stage.look(cookie, path).await.led_to(), "/home", "{path}");
            }
            for path in ["/renewal/begin", "/messages", "/apart", "/renewal/cosign/sign"] {
                let sent = stage.send(cookie, path, &[("subject", "question"), ("body", "Hej")]).await;
                assert_eq!(sent.led_to(), "/home", "{path}");
            }
        }
        let messages = stage.page(&cookies[0], "/messages").await;
        assert!(messages.contains("Miras fråga.") && !messages.contains("<textarea"), "{messages}");
        assert_eq!(stage.count("select count(*) from message").await, 1);
        assert_eq!(stage.count("select count(*) from renewal").await, 1);
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "saw-decisions").await, 2);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_closed_case_that_somebody_protected_has_been_in_is_read_by_nobody(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, _]) = stage.couple().await;
        stage.signed(couple.case, "2026-11", &Statement::default()).await;
        change(&stage, "update assistance_case set closed_on = '2026-11-20' where id = $1", couple.case).await;
        stage.page(&mira, "/home").await;
        change(
            &stage,
            "update person set protection = 'protected'
              where id = (select person_id from household_member where case_id = $1 and signs_as is null)",
            couple.case,
        )
        .await;
        change(
            &stage,
            "update household_member set left_on = '2026-11-21' where case_id = $1 and signs_as is null",
            couple.case,
        )
        .await;
        assert_eq!(stage.look(&mira, "/home").await.led_to(), "/not-available");
        assert_eq!(stage.look(&mira, "/home").await.status, StatusCode::UNAUTHORIZED);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn who_has_a_new_case_reads_what_they_had_in_the_old_one_beside_it(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let old = stage.signed(home.case, "2026-10", &Statement::default()).await;
        let decision = stage.decided(old, "granted", "need-by-norm").await;
        change(&stage, "update assistance_case set closed_on = '2026-11-01' where id = $1", home.case).await;
        let mut tx = stage.tx(home).await;
        let case = add_case(&mut tx, "2026-9", None).await;
        let applicant = Some(SignerRole::Applicant);
        add_member(&mut tx, case, home.person, ADULT, applicant).await;
        tx.commit().await.unwrap();
        let page = stage.page(&home.citizen, "/home").await;
        assert!(page.contains("Ansök för december") && page.contains("2026-9"), "{page}");
        assert!(stage.page(&home.citizen, "/decisions").await.contains(&format!("/decisions/{decision}")));
        assert!(stage.page(&home.citizen, &format!("/decisions/{decision}")).await.contains("2026-Petra"));
        assert!(stage.page(&home.citizen, "/payouts").await.contains("bistånd för oktober"));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn who_joins_a_household_reads_nothing_of_the_years_before(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let renewal = stage.signed(home.case, "2026-11", &Statement::default()).await;
        let decision = stage.decided(renewal, "granted", "need-by-norm").await;
        stage.send(&home.citizen, "/messages", &[("subject", "question"), ("body", "Petras fråga.")]).await;
        stage.page(&home.caseworker, &format!("/staff/renewals/{renewal}")).await;
        let mut tx = stage.tx(home).await;
        let mira = add_person(&mut tx, MIRA, "Mira", Protection::None).await;
        let co = Some(SignerRole::CoApplicant);
        add_member(&mut tx, home.case, mira, PARTNER, co).await;
        tx.commit().await.unwrap();
        change(
            &stage,
            "update household_member set joined_on = '2026-11-25' where case_id = $1 and signs_as = 'co-applicant'",
            home.case,
        )
        .await;
        let cookie = stage.cookie_of(mira).await;
        let shown = stage.page(&cookie, "/home").await;
        assert!(
            shown.contains("Ansök för december") && !shown.contains("/decisions/") && !shown.contains(" kr"),
            "{shown}"
        );
        for (path, text) in [
            ("/decisions", "Du har inga beslut än."),
            ("/payouts", "Ingen utbetalning är planerad."),
            ("/openings", "Ingen har öppnat"),
            ("/messages", "Det finns inga än."),
        ] {
            assert!(stage.page(&cookie, path).await.contains(text), "{path}");
        }
        for path in [
            format!("/decisions/{decision}"),
            format!("/decisions/{decision}/calculation"),
            format!("/renewals/{renewal}/signed"),
        ] {
            assert_eq!(stage.look(&cookie, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        stage.begun(&cookie).await;
        assert!(stage.page(&home.citizen, "/home").await.contains("Mira har börjat ansökan"));
    }
}
