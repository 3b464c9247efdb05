//! `GET /renewal/authorities/{question}/{index}`: the form of what is wrong with a row that an authority has given about the citizen.

use app::citizen::dispute;
use app::citizen::model::DisputeForm;
use app::model::{AuthorityName, FieldError, Form};
use domain::authority::AuthorityRow;
use domain::form::Typed;
use domain::id::{QueryId, RowId, StatementId};
use domain::renewal::Section;
use domain::renewal::dispute::{DisputeDraft, place};
use domain::renewal::document::RowFact;
use domain::renewal::judge::judge_dispute;

use super::work::Work;
use crate::case::answers::{self, Asked, rows_about};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// The form of the row that stands there, with what has been said of it.
pub(crate) async fn page(visit: Visit<Citizen>, Path((query, index)): Path<(QueryId, usize)>) -> Reply {
    show(visit, |work, rows| Row::find(work, rows, RowId { query, index })).await
}

/// `GET /renewal/authorities/{id}`: the same by what has been said.
pub(crate) async fn page_of(visit: Visit<Citizen>, Path(id): Path<StatementId>) -> Reply {
    show(visit, |work, rows| {
        let dispute = work.draft().disputes.iter().find(|dispute| dispute.id == id)?;
        let placed = place(&work.draft().disputes, rows);
        let at = placed.iter().position(|one| one.is_some_and(|one| one.id == id));
        let row = at.map_or(dispute.row, |at| rows[at].0);
        Row::find(work, rows, row)
    })
    .await
}

/// A row that something can be said of.
pub(super) struct Row {
    pub id: RowId,
    pub original: RowFact,
    /// What has been said of it.
    pub dispute: Option<DisputeDraft>,
}

impl Row {
    /// The row that is called so among the citizen's, with what they have said of it; else what they have said of one that was called so.
    pub(super) fn find(work: &Work, rows: &[(RowId, RowFact)], id: RowId) -> Option<Self> {
        let disputes = &work.draft().disputes;
        if let Some(at) = rows.iter().position(|(row, _)| *row == id) {
            return Some(Self { id, original: rows[at].1.clone(), dispute: place(disputes, rows)[at].cloned() });
        }
        let dispute = disputes.iter().find(|dispute| dispute.row == id)?;
        Some(Self { id, original: dispute.original.clone(), dispute: Some(dispute.clone()) })
    }
}

async fn show(mut visit: Visit<Citizen>, find: impl FnOnce(&Work, &[(RowId, RowFact)]) -> Option<Row>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let work = Work::read(tx, actor, here).await?;
    let asked = answers::newest(tx, work.renewal.id()).await?;
    let row = find(&work, &rows_about(&asked, actor.person())).ok_or(Problem::NotFound)?;
    let form = form(&work, &asked, &row);
    visit.page(dispute::page(form)).await
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
        example: row.original.pay_date.unwrap_or_else(|| work.context.last_day()),
    }
}

fn authority(asked: &[Asked], row: RowId) -> Option<AuthorityName> {
    asked.iter().find(|one| one.query == row.query).map(|one| one.authority.clone())
}
