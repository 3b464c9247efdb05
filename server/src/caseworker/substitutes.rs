//! `/staff/substitutes`: who stands in for whom, and when.

use app::caseworker::model::{SubstituteRow, Substitutes};
use app::caseworker::substitutes;
use app::model::{FieldError, Form, Phrase};
use axum::http::StatusCode;
use domain::form::{Typed, read};
use domain::id::{StaffId, SubstitutionId};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;

use crate::case::staff;
use crate::db::{Action, Object, query};
use crate::http::{Fields, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// `GET`: those who stand in for the caseworker, and for whom they stand in.
pub(crate) async fn page(mut visit: Visit<Caseworker>) -> Reply {
    let shown = read(&mut visit, Posted::default(), Vec::new()).await?;
    visit.page(substitutes::page(shown)).await
}

/// The form of one more.
#[derive(Default, Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    substitute: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

async fn read(visit: &mut Visit<Caseworker>, typed: Posted, errors: Vec<FieldError>) -> Result<Substitutes, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let (municipality, today) = (tx.municipality(), here.today());
    let rows = query!(
        r#"
        select u.id, u.staff_id, a.name as absent, s.name as substitute, u.from_day, u.until_day
          from substitution u
          join staff a on (a.municipality_id, a.id) = (u.municipality_id, u.staff_id)
          join staff s on (s.municipality_id, s.id) = (u.municipality_id, u.substitute_id)
         where u.municipality_id = $1 and $2 in (u.staff_id, u.substitute_id) and u.ended_at is null and u.until_day >= $3
         order by u.from_day, u.id
        "#,
        municipality,
        actor.staff(),
        today,
    )
    .fetch_all(tx.connection())
    .await?;
    tx.audit(Action::SawSubstitutes, Object::Staff(actor.staff())).await?;
    let rows = rows
        .into_iter()
        .map(|row| SubstituteRow {
            id: row.id,
            is_own: StaffId(row.staff_id) == actor.staff(),
            absent: row.absent,
            substitute: row.substitute,
            from: row.from_day.to_jiff(),
            until: row.until_day.to_jiff(),
        })
        .collect();
    let others = staff::others(tx, actor.staff()).await?;
    Ok(Substitutes {
        rows,
        others,
        examples: [today, later(today)],
        form: Form { errors, ..Form::default() },
        substitute: typed.substitute,
        from: typed.from,
        until: typed.until,
    })
}

/// `POST`: one more.
pub(crate) async fn act(mut visit: Visit<Caseworker>, Fields(posted): Fields<Posted>) -> Reply {
    let Stated { substitute, from, until } = match judged(&posted, visit.here.today())? {
        Ok(stated) => stated,
        Err(errors) => return refused(visit, posted, errors).await,
    };
    let Visit { actor, tx, .. } = &mut visit;
    let others = staff::others(tx, actor.staff()).await?;
    if !others.iter().any(|(id, _)| *id == substitute) {
        return Err(Problem::NotFound);
    }
    let (municipality, at, id) = (tx.municipality(), tx.at(), SubstitutionId(Uuid::now_v7()));
    query!(
        r#"
        insert into substitution (municipality_id, id, staff_id, substitute_id, from_day, until_day, added_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        "#,
        municipality,
        id,
        actor.staff(),
        substitute,
        from,
        until,
        at,
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::AddedSubstitute, Object::Substitution(id)).await?;
    visit.see_other("/staff/substitutes").await
}

async fn refused(mut visit: Visit<Caseworker>, posted: Posted, errors: Vec<FieldError>) -> Reply {
    let shown = read(&mut visit, posted, errors).await?;
    visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, substitutes::page(shown)).await
}

/// The example of a last day.
fn later(today: Date) -> Date {
    today.saturating_add(7.days())
}

/// Who, and from when to when.
struct Stated {
    substitute: StaffId,
    from: Date,
    until: Date,
}

/// What was stated; or what is wrong with it.
fn judged(posted: &Posted, today: Date) -> Result<Result<Stated, Vec<FieldError>>, Problem> {
    let last = today.saturating_add(1.year());
    let (from, until) = (Typed::new(posted.from.clone())?, Typed::new(posted.until.clone())?);
    let from = read::date(&from, today, last, today);
    let first = from.as_ref().map_or(today, |from| *from);
    let until = read::date(&until, first, last, later(today));
    let mut errors = Vec::new();
    let substitute = posted.substitute.parse::<StaffId>().ok();
    if substitute.is_none() {
        errors.push(FieldError::new("substitute", Phrase::new("error-substitute-missing")));
    }
    errors.extend(from.as_ref().err().map(|wrong| FieldError::new("from", wrong)));
    errors.extend(until.as_ref().err().map(|wrong| FieldError::new("until", wrong)));
    Ok(match (substitute, from, until) {
        (Some(substitute), Ok(from), Ok(until)) => Ok(Stated { substitute, from, until }),
        _ => Err(errors),
    })
}

/// Which one is ended.
#[derive(Deserialize)]
pub(crate) struct EndedSubstitution {
    substitution: SubstitutionId,
}

/// `POST /staff/substitutes/end`: one's own ends now. Pressed twice, it ends once.
pub(crate) async fn end(mut visit: Visit<Caseworker>, Fields(posted): Fields<EndedSubstitution>) -> Reply {
    let Visit { actor, tx, .. } = &mut visit;
    let (municipality, at) = (tx.municipality(), tx.at());
    let ended = query!(
        r#"
        update substitution
           set ended_at = $4
         where municipality_id = $1 and id = $2 and staff_id = $3 and ended_at is null
        "#,
        municipality,
        posted.substitution,
        actor.staff(),
        at,
    )
    .execute(tx.connection())
    .await?;
    if ended.rows_affected() > 0 {
        tx.audit(Action::EndedSubstitute, Object::Substitution(posted.substitution)).await?;
    }
    visit.see_other("/staff/substitutes").await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    const PATH: &str = "/staff/substitutes";

    #[sqlx::test(migrations = "../migrations")]
    async fn who_stands_in_opens_the_cases_of_who_is_away_and_no_others(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (couple, [mira, _]) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        let (page, ask) = (format!("/staff/renewals/{renewal}"), format!("/staff/open/{renewal}"));
        let (david, davids) = stage.colleague("david").await;
        let david = david.to_string();
        let from = async |from: &str, until: &str| {
            let fields = [("substitute", david.as_str()), ("from", from), ("until", until)];
            stage.send(&home.caseworker, PATH, &fields).await
        };
        for (first, last) in [("", ""), ("2026-11-23", "2026-12-01"), ("2026-12-01", "2026-11-30"), ("i dag", "sen")] {
            assert_eq!(from(first, last).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{first} {last}");
        }
        assert_eq!(from("2026-11-25", "2026-11-27").await.led_to(), PATH);
        assert_eq!(stage.look(&davids, &page).await.led_to(), ask, "it has not begun");
        assert_eq!(from("2026-11-24", "2026-11-24").await.led_to(), PATH);
        assert!(stage.page(&davids, &page).await.contains("Mira Nilsson"));
        assert!(stage.page(&mira, "/openings").await.contains("Ersätter din handläggare"));
        assert!(stage.page(&davids, PATH).await.contains("Du ersätter sara"));
        let id = stage.value("select id from substitution where until_day = '2026-11-24'").await.to_string();
        stage.send(&davids, &format!("{PATH}/end"), &[("substitution", &id)]).await;
        stage.page(&davids, &page).await;
        stage.send(&home.caseworker, &format!("{PATH}/end"), &[("substitution", &id)]).await;
        assert_eq!(stage.look(&davids, &page).await.led_to(), ask, "it has ended");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_but_a_caseworker_of_the_town_stands_in(pool: PgPool) {
        let stage = Towns::new(pool).await;
        for to in [stage.away.staff.0, uuid::Uuid::now_v7()] {
            let to = to.to_string();
            let fields = [("substitute", to.as_str()), ("from", "2026-11-24"), ("until", "2026-11-24")];
            assert_eq!(stage.send(&stage.home.caseworker, PATH, &fields).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(stage.count("select count(*) from substitution").await, 0);
    }
}
