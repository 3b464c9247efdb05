//! `/staff/relations`: whom an official is close to, so that they have nothing to do with their cases (jäv).

use app::caseworker::model::{RelationRow, Relations};
use app::caseworker::relations;
use app::model::{FieldError, Form, Phrase};
use axum::http::StatusCode;
use domain::PersonNumber;
use domain::id::RelationId;
use domain::staff::RelationKind;
use serde::Deserialize;
use uuid::Uuid;

use crate::db::{Action, Column, DbError, Object, query};
use crate::http::{Fields, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// `GET`: those that the caseworker has told.
pub(crate) async fn page(mut visit: Visit<Caseworker>) -> Reply {
    let shown = read(&mut visit, Posted::default(), Vec::new()).await?;
    visit.page(relations::page(shown)).await
}

/// The form of one more.
#[derive(Default, Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    number: String,
    #[serde(default)]
    kind: String,
}

async fn read(visit: &mut Visit<Caseworker>, typed: Posted, errors: Vec<FieldError>) -> Result<Relations, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select id, kind, number_sealed, added_at
          from staff_relation
         where municipality_id = $1 and staff_id = $2 and ended_at is null
         order by added_at, id
        "#,
        municipality,
        actor.staff(),
    )
    .fetch_all(tx.connection())
    .await?;
    tx.audit(Action::SawRelations, Object::Staff(actor.staff())).await?;
    let vault = tx.vault();
    let rows = rows.into_iter().map(|row| {
        let number = vault.open_text(Column::RelationNumber, RelationId(row.id), &row.number_sealed)?;
        let inconsistent = |column| DbError::Inconsistent { column };
        Ok(RelationRow {
            id: row.id,
            kind: RelationKind::from_code(&row.kind).ok_or(inconsistent("staff_relation.kind"))?,
            number: PersonNumber::parse(&number).map_err(|_| inconsistent("staff_relation.number"))?,
            since: here.local(row.added_at.to_jiff()).date(),
        })
    });
    Ok(Relations {
        rows: rows.collect::<Result<_, DbError>>()?,
        form: Form { errors, ..Form::default() },
        number: typed.number,
        kind: typed.kind,
    })
}

/// `POST`: one more. Told twice, it is told once; the closer relation counts. The cases of a relative are theirs no longer.
pub(crate) async fn act(mut visit: Visit<Caseworker>, Fields(posted): Fields<Posted>) -> Reply {
    let (number, kind) = match judged(&posted) {
        Ok(judged) => judged,
        Err(errors) => {
            let shown = read(&mut visit, posted, errors).await?;
            return visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, relations::page(shown)).await;
        }
    };
    let Visit { actor, tx, .. } = &mut visit;
    let (municipality, at, vault, id) = (tx.municipality(), tx.at(), tx.vault(), RelationId(Uuid::now_v7()));
    let digits = number.digits();
    let sealed = vault.seal(Column::RelationNumber, id, digits.as_bytes())?;
    let index = vault.index(Column::PersonNumber, digits.as_bytes());
    let added = query!(
        r#"
        insert into staff_relation (municipality_id, id, staff_id, kind, number_sealed, number_index, added_at)
        values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (municipality_id, staff_id, number_index) where ended_at is null
            do update set kind = excluded.kind where excluded.kind = 'relative' and staff_relation.kind <> excluded.kind
        "#,
        municipality,
        id,
        actor.staff(),
        kind.code(),
        sealed,
        index,
        at,
    )
    .execute(tx.connection())
    .await?;
    query!("select from let_go_of_related($1)", actor.staff()).execute(tx.connection()).await?;
    if added.rows_affected() > 0 {
        tx.audit(Action::AddedRelation, Object::Relation(id)).await?;
    }
    visit.see_other("/staff/relations").await
}

fn judged(posted: &Posted) -> Result<(PersonNumber, RelationKind), Vec<FieldError>> {
    let number = PersonNumber::parse(posted.number.trim());
    let kind = RelationKind::from_code(&posted.kind);
    match (number, kind) {
        (Ok(number), Some(kind)) => Ok((number, kind)),
        (number, kind) => {
            let number = number.err().map(|_| FieldError::new("number", Phrase::new("error-relation-number")));
            let kind = kind.is_none().then(|| FieldError::new("kind", Phrase::new("error-relation-kind")));
            Err(number.into_iter().chain(kind).collect())
        }
    }
}

/// Which one is ended.
#[derive(Deserialize)]
pub(crate) struct EndedRelation {
    relation: RelationId,
}

/// `POST /staff/relations/end`: it is so no longer, which a supervisor is told of. Pressed twice, it ends once.
pub(crate) async fn end(mut visit: Visit<Caseworker>, Fields(posted): Fields<EndedRelation>) -> Reply {
    let Visit { actor, tx, .. } = &mut visit;
    let at = tx.at();
    let ended = query!(r#"select end_relation($1, $2, $3) as "ended!""#, actor.staff(), posted.relation, at)
        .fetch_one(tx.connection())
        .await?;
    if ended.ended {
        tx.audit(Action::EndedRelation, Object::Relation(posted.relation)).await?;
    }
    visit.see_other("/staff/relations").await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{MIRA, Statement, Towns, audited};

    const PATH: &str = "/staff/relations";

    #[sqlx::test(migrations = "../migrations")]
    async fn the_case_of_a_relative_is_nowhere_to_who_is_close_to_them(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (couple, [mira, _]) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        stage.send(&mira, "/messages", &[("subject", "question"), ("body", "När?")]).await;
        let message = stage.value("select id from message").await;
        let (_, david) = stage.colleague("david").await;
        let page = format!("/staff/renewals/{renewal}");
        stage.page(&home.caseworker, &page).await;
        for fields in [[("number", "199206012389"), ("kind", "relative")], [("number", MIRA), ("kind", "")]] {
            let refused = stage.send(&home.caseworker, PATH, &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        }
        for _ in 0..2 {
            let told = stage.send(&home.caseworker, PATH, &[("number", "19920601-2388"), ("kind", "relative")]).await;
            assert_eq!(told.led_to(), PATH);
        }
        let own = stage.page(&home.caseworker, PATH).await;
        assert_eq!(own.matches("name=\"relation\"").count(), 1, "{own}");
        for gone in [
            page.clone(),
            format!("{page}/decide"),
            format!("{page}/assign"),
            format!("/staff/open/{renewal}"),
            format!("/staff/messages/{message}"),
        ] {
            let status = stage.look(&home.caseworker, &gone).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{gone}");
        }
        for list in ["/staff/inbox", "/staff/notices"] {
            let shown = stage.page(&home.caseworker, list).await;
            assert!(!shown.contains("Mira"), "{list}: {shown}");
        }
        assert!(stage.page(&david, "/staff/inbox").await.contains("Mira Nilsson"), "a colleague has it");
        let id = stage.value("select id from staff_relation").await.to_string();
        for (cookie, count) in [(&david, 0), (&home.caseworker, 1), (&home.caseworker, 1)] {
            stage.send(cookie, &format!("{PATH}/end"), &[("relation", &id)]).await;
            let mut tx = stage.tx(home).await;
            assert_eq!(audited(&mut tx, "ended-relation").await, count);
        }
        let open = format!("/staff/open/{renewal}");
        assert_eq!(stage.look(&home.caseworker, &page).await.led_to(), open, "it is not theirs any more");
        stage.send(&home.caseworker, &open, &[("purpose", "review")]).await;
        let decide = format!("{page}/decide");
        let fields = [("outcome", "granted"), ("reason", "need-by-norm")];
        stage.fill(&home.host, &home.caseworker, &decide, &fields).await;
        let proposed = stage.page(&home.caseworker, &decide).await;
        assert!(
            proposed.contains("Den som föreslog det känner någon i hushållet."),
            "taken back, it takes two: {proposed}"
        );
        let [_, supervisor, _] = stage.cleared().await;
        let told = stage.page(&supervisor, "/staff/readings").await;
        assert!(told.contains("sara tog bort en anmäld relation"), "{told}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn who_is_a_party_themselves_finds_no_case_and_an_acquaintances_takes_two(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let renewal = stage.signed(home.case, "2026-12", &Statement::ordinary()).await;
        let decide = format!("/staff/renewals/{renewal}/decide");
        let petras = "select number_index from person where id = $1";
        let mut tx = stage.tx(home).await;
        let index: Vec<u8> = sqlx::query_scalar(petras).bind(home.person.0).fetch_one(tx.connection()).await.unwrap();
        let (eva, evas) = stage.colleague("eva").await;
        let own = "update staff set number_sealed = '', number_index = $2 where id = $1";
        sqlx::query(own).bind(eva.0).bind(&index).execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(stage.look(&evas, &decide).await.status, StatusCode::NOT_FOUND);
        assert!(!stage.page(&evas, "/staff/inbox").await.contains("Petra"));

        let petra = "199006022397";
        stage.send(&home.caseworker, PATH, &[("number", petra), ("kind", "acquaintance")]).await;
        let fields = [("outcome", "granted"), ("reason", "need-by-norm")];
        stage.fill(&home.host, &home.caseworker, &decide, &fields).await;
        let proposed = stage.page(&home.caseworker, &decide).await;
        assert!(proposed.contains("Den som föreslog det känner någon i hushållet."), "{proposed}");
        assert_eq!(stage.count("select count(*) from decision").await, 0);
    }
}
