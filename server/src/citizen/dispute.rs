//! `GET /renewal/authorities/{question}/{index}`: the form of what is wrong with a row that an authority has given about the citizen.

use app::citizen::dispute;
use app::citizen::model::DisputeForm;
use app::model::{AuthorityName, FieldError, Form, ProofFiles};
use domain::authority::AuthorityRow;
use domain::form::Typed;
use domain::id::{QueryId, RowId, StatementId};
use domain::renewal::Section;
use domain::renewal::dispute::{DisputeDraft, place, says_same};
use domain::renewal::document::RowFact;
use domain::renewal::judge::judge_dispute;

use super::proof_files::{proof_files, proofs_at};
use super::work::Work;
use crate::case::answers::{self, Asked, rows_about};
use crate::db::{DbError, TenantTx};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// The form of the row that stands there, with what has been said of it.
pub(crate) async fn page(mut visit: Visit<Citizen>, Path((query, index)): Path<(QueryId, usize)>) -> Reply {
    let (work, asked) = read(&mut visit).await?;
    let row = Row::find(&mut visit.tx, &work, &asked, RowId { query, index }).await?;
    show(visit, &work, &asked, row).await
}

/// `GET /renewal/authorities/{id}`: the same by what has been said.
pub(crate) async fn page_of(mut visit: Visit<Citizen>, Path(id): Path<StatementId>) -> Reply {
    let (work, asked) = read(&mut visit).await?;
    let disputes = &work.draft().disputes;
    let dispute = disputes.iter().find(|dispute| dispute.id == id).ok_or(Problem::NotFound)?;
    let rows = rows_about(&asked, work.writer);
    let at = place(disputes, &rows).iter().position(|placed| placed.is_some_and(|placed| placed.id == id));
    let row = at.map_or(dispute.row, |at| rows[at].0);
    let row = Row::find(&mut visit.tx, &work, &asked, row).await?;
    show(visit, &work, &asked, row).await
}

async fn read(visit: &mut Visit<Citizen>) -> Result<(Work, Vec<Asked>), Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let work = Work::read(tx, actor, here).await?;
    let asked = answers::newest(tx, work.renewal.id()).await?;
    Ok((work, asked))
}

async fn show(mut visit: Visit<Citizen>, work: &Work, asked: &[Asked], row: Option<Row>) -> Reply {
    let row = row.ok_or(Problem::NotFound)?;
    let mut form = form(work, asked, &row);
    if let Some(dispute) = &row.dispute {
        form.proofs = proof_files(&mut visit.tx, work, dispute.id).await?;
        form.form.errors.extend(form.proofs.errors("proof"));
    }
    visit.page(dispute::page(form)).await
}

/// A row about the citizen that something can be said of.
pub(super) struct Row {
    pub id: RowId,
    pub original: RowFact,
    /// What has been said of it.
    pub dispute: Option<DisputeDraft>,
}

impl Row {
    /// The row that is called so, with what has been said of it. One of an earlier answer is the row that says the same now, else what it was: what
    /// somebody typed beside it is not lost because the source has been asked anew.
    pub(super) async fn find(
        tx: &mut TenantTx,
        work: &Work,
        asked: &[Asked],
        id: RowId,
    ) -> Result<Option<Self>, DbError> {
        let (rows, disputes) = (rows_about(asked, work.writer), &work.draft().disputes);
        let there = |at: usize| Self {
            id: rows[at].0,
            original: rows[at].1.clone(),
            dispute: place(disputes, &rows)[at].cloned(),
        };
        if let Some(at) = rows.iter().position(|(row, _)| *row == id) {
            return Ok(Some(there(at)));
        }
        let said = disputes.iter().find(|dispute| dispute.row == id);
        let original = if let Some(dispute) = said {
            dispute.original.clone()
        } else {
            let before = answers::rows_of_query(tx, work.renewal.id(), work.writer, id.query).await?;
            let Some(row) = before.get(id.index) else { return Ok(None) };
            RowFact::from(row)
        };
        let same = rows.iter().position(|(_, fact)| says_same(fact, &original));
        Ok(Some(same.map_or_else(|| Self { id, original, dispute: said.cloned() }, there)))
    }
}

fn form(work: &Work, asked: &[Asked], row: &Row) -> DisputeForm {
    let judged = row.dispute.as_ref().map(|dispute| judge_dispute(dispute, &work.context));
    let errors = judged.and_then(Result::err).unwrap_or_default();
    let typed = |field: fn(&DisputeDraft) -> &Typed| {
        row.dispute.as_ref().map_or_else(String::new, |dispute| field(dispute).as_str().to_owned())
    };
    DisputeForm {
        authority: authority(asked, row.id),
        row: row.id,
        original: AuthorityRow::from(&row.original),
        is_new: row.dispute.is_none(),
        form: Form { errors: errors.iter().map(FieldError::from).collect(), ..work.form(Section::Authorities, &[]) },
        reason: typed(|dispute| &dispute.reason),
        amount: typed(|dispute| &dispute.amount),
        date: typed(|dispute| &dispute.date),
        why: typed(|dispute| &dispute.why),
        proofs: ProofFiles::default(),
        proofs_at: proofs_at(work),
        example: row.original.pay_date.unwrap_or_else(|| work.context.last_day()),
    }
}

fn authority(asked: &[Asked], row: RowId) -> Option<AuthorityName> {
    asked.iter().find(|one| one.query == row.query).map(|one| one.authority.clone())
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use domain::kind::IncomeKind;
    use sqlx::PgPool;
    use uuid::Uuid;

    use crate::test_support::{Towns, add_answer, add_source, day, reported};

    const LIST: &str = "/renewal/authorities";

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_says_anything_of_what_is_known_of_another(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let draft = stage.begun(&mira).await;
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        let benefit = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
        add_answer(&mut tx, draft, couple.johan, fk, day(11, 20), &benefit).await;
        tx.commit().await.unwrap();
        let query: Uuid = {
            let mut tx = stage.tx(&stage.home).await;
            sqlx::query_scalar("select id from authority_query where person_id = $1")
                .bind(couple.johan.0)
                .fetch_one(tx.connection())
                .await
                .unwrap()
        };
        let row = format!("{LIST}/{query}/0");
        assert_eq!(stage.look(&mira, &row).await.status, StatusCode::NOT_FOUND);
        let said = [("reason", "not-mine"), ("why", "Nej.")];
        assert_eq!(stage.save(&mira, &row, &said).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.look(&johan, &row).await.led_to(), "/home", "the draft is the other adult's");
        for wrong in ["0", "1000000000000000000000", "x"] {
            let answered = stage.look(&mira, &format!("{LIST}/{query}/{wrong}")).await;
            assert_eq!(answered.status, StatusCode::NOT_FOUND, "{wrong}");
        }
    }
}
