//! `GET /staff/open/{id}`: a case that is not one's own is taken, or opened for a purpose that is stated.

#[cfg(test)]
mod unusual_tests;

use app::caseworker::model::{OpenCase, OpenedWhat};
use app::caseworker::open_case;
use app::model::{CaseNumber, FieldError, Form};
use domain::id::{CaseId, StaffId};
use uuid::Uuid;

use crate::case::renewal::month;
use crate::db::{Action, DbError, Object, TenantTx, query};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// The ways in, of a renewal or message.
pub(crate) async fn page(mut visit: Visit<Caseworker>, Path(about): Path<Uuid>) -> Reply {
    let asked = read(&mut visit, about, String::new(), String::new(), Vec::new()).await?;
    visit.page(open_case::page(asked)).await
}

/// The same with what was typed and is not enough.
pub(super) async fn read(
    visit: &mut Visit<Caseworker>,
    about: Uuid,
    purpose: String,
    words: String,
    errors: Vec<FieldError>,
) -> Result<OpenCase, Problem> {
    let tx = &mut visit.tx;
    let found = Found::by(tx, about).await?.ok_or(Problem::NotFound)?;
    tx.audit(Action::AskedToOpen, Object::Case(found.case)).await?;
    let form = Form { errors, ..Form::default() };
    Ok(OpenCase {
        about,
        case_number: found.number,
        what: found.what,
        responsible: found.responsible.map(|(_, name)| name),
        form,
        purpose,
        words,
    })
}

/// The case of a renewal or message, as far as it is told before it is opened.
pub(super) struct Found {
    pub(super) case: CaseId,
    number: CaseNumber,
    what: OpenedWhat,
    pub(super) responsible: Option<(StaffId, String)>,
}

impl Found {
    /// Nothing when it is not this transaction's to know of.
    pub(super) async fn by(tx: &mut TenantTx, about: Uuid) -> Result<Option<Self>, DbError> {
        let municipality = tx.municipality();
        let row = query!(
            r#"
            select c.id, c.number, i.norm_month, s.id as "responsible_id?", s.name as "responsible?"
              from (select r.case_id, r.norm_month
                      from renewal r
                     where r.municipality_id = $1 and r.id = $2 and r.submitted_at is not null
                    union all
                    select m.case_id, null
                      from message m
                     where m.municipality_id = $1 and m.id = $2) i
              join assistance_case c on c.municipality_id = $1 and c.id = i.case_id
              left join staff s on s.municipality_id = $1 and s.id = c.responsible_id
            "#,
            municipality,
            about,
        )
        .fetch_optional(tx.connection())
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Self {
            case: CaseId(row.id),
            number: CaseNumber(row.number),
            what: match row.norm_month {
                Some(day) => OpenedWhat::Renewal(month(day.to_jiff())?),
                None => OpenedWhat::Message,
            },
            responsible: row.responsible_id.map(StaffId).zip(row.responsible),
        }))
    }

    /// The page of what is opened.
    pub(super) fn page(&self, about: Uuid) -> String {
        match self.what {
            OpenedWhat::Renewal(_) => format!("/staff/renewals/{about}"),
            OpenedWhat::Message => format!("/staff/messages/{about}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn a_colleagues_case_is_opened_for_a_purpose_alone(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, _) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        let (_, david) = stage.colleague("david").await;
        let (page, ask) = (format!("/staff/renewals/{renewal}"), format!("/staff/open/{renewal}"));
        for closed in [page.clone(), format!("{page}/decide")] {
            assert_eq!(stage.look(&david, &closed).await.led_to(), ask);
            assert_eq!(stage.send(&david, &closed, &[]).await.led_to(), ask);
        }
        let asked = stage.page(&david, &ask).await;
        assert!(asked.contains("Öppna ärende 2026-2") && asked.contains("sara"), "{asked}");
        assert!(
            !asked.contains("Mira") && !asked.contains("Ta ärendet"),
            "it is somebody's, and says no name: {asked}"
        );
        let taken = stage.send(&david, &format!("{ask}/take"), &[]).await;
        assert_eq!(taken.led_to(), ask, "it is another's");
        for (fields, error) in [
            (&[("purpose", "")][..], "Välj varför du öppnar ärendet."),
            (&[("purpose", "curious")], "Välj varför du öppnar ärendet."),
            (&[("purpose", "other"), ("words", " ")], "Skriv varför."),
        ] {
            let refused = stage.send(&david, &ask, fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains(error), "{}", refused.body);
        }
        let opened = stage.send(&david, &ask, &[("purpose", "colleague"), ("words", "Sara är sjuk.")]).await;
        assert_eq!(opened.led_to(), page);
        assert!(stage.page(&david, &page).await.contains("Mira Nilsson"));
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "stated-purpose").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_not_ones_to_know_of_is_not_found(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        for unseen in stage.unseen().await {
            let ask = format!("/staff/open/{unseen}");
            assert_eq!(stage.look(&home.caseworker, &ask).await.status, StatusCode::NOT_FOUND);
            for post in [ask.clone(), format!("{ask}/take")] {
                let fields = [("purpose", "review")];
                assert_eq!(stage.send(&home.caseworker, &post, &fields).await.status, StatusCode::NOT_FOUND);
            }
        }
        let (couple, _) = stage.couple().await;
        let signed = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        let ask = format!("/staff/open/{signed}");
        assert_eq!(stage.get(&away.host, &away.caseworker, &ask).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.look(&home.admin, &ask).await.status, StatusCode::FORBIDDEN);
    }
}
