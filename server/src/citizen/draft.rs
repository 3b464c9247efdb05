//! The citizen's draft of the renewal: locked, changed, saved; with what a stale tab would have overwritten.

use std::collections::BTreeSet;

use domain::NormMonth;
use domain::renewal::window::{Offer, Standing, WindowSettings};
use domain::renewal::{Draft, Section, Stage, Window};
use jiff::civil::Date;
use jiff_sqlx::{Date as SqlDate, ToSqlx as _};
use serde::{Deserialize, Serialize};

use crate::db::{Action, Column, DbError, Object, TenantTx};
use crate::http::problem::Problem;
use crate::login::policy::{Citizen, OwnRenewal};
use crate::municipality::Municipality;

/// What is stored of a draft.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    /// What was typed.
    pub draft: Draft,
    /// The sections that have been posted: their errors are shown.
    #[serde(default)]
    pub posted: BTreeSet<String>,
    /// What other windows had typed into fields that were then posted from a stale one.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// The revision with which the person was last sent to the eID. While it is the newest and nothing is signed, signing was
    /// interrupted.
    #[serde(default)]
    pub signing_begun: Option<i32>,
}

/// One field that two windows filled differently. Both texts are kept until the person has chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// The section's code.
    pub section: String,
    /// The field.
    pub field: String,
    /// The text that stood there before.
    pub other: String,
}

/// A draft in the hands of one request: its renewal is locked, so two posts take turns.
pub struct OpenDraft {
    /// The renewal, still a draft.
    pub renewal: OwnRenewal,
    /// What is stored.
    pub stored: Stored,
    /// How many times it has been saved.
    pub revision: i32,
}

/// Why there is no draft to work in.
#[derive(Debug, thiserror::Error)]
pub enum NoDraft {
    /// None has been begun for the open month.
    #[error("no renewal has been begun")]
    NotBegun,
    /// It has been submitted: the receipt tells.
    #[error("the renewal has been submitted")]
    Submitted,
    /// It was begun by the other adult, who alone works in it.
    #[error("the draft is the other adult's")]
    AnothersDraft,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl NoDraft {
    /// Where the person should be instead, or what is wrong.
    pub fn page(self) -> Result<&'static str, Problem> {
        match self {
            Self::NotBegun | Self::AnothersDraft => Ok("/renewal"),
            Self::Submitted => Ok("/renewal/receipt"),
            Self::Db(error) => Err(error.into()),
        }
    }
}

/// The municipality's window.
pub fn window(municipality: &Municipality) -> Result<Window, DbError> {
    let day = |value: i16| i8::try_from(value).unwrap_or(i8::MAX);
    let row = &municipality.row;
    Window::new(WindowSettings {
        opens_day: day(row.window_opens_day),
        closes_day: day(row.window_closes_day),
        late_days: day(row.window_late_days),
    })
    .map_err(|_| DbError::Inconsistent { column: "municipality.window" })
}

/// The last day for a month: the window's own, and once that has passed, the last day that a late renewal is taken.
pub fn until(municipality: &Municipality, month: NormMonth, today: Date) -> Result<Date, DbError> {
    let window = window(municipality)?;
    Ok(match window.standing(month, today) {
        Standing::NotYet { .. } | Standing::Open { .. } => window.closes(month),
        Standing::Late { .. } | Standing::Closed => window.last_day(month),
    })
}

/// The month that the case's work is about now: one with a draft in it, else the one that the window offers, else the newest that was
/// submitted.
pub async fn current_month(
    tx: &mut TenantTx,
    citizen: &Citizen,
    municipality: &Municipality,
    today: Date,
) -> Result<Option<NormMonth>, DbError> {
    let months = renewed_months(tx, citizen).await?;
    let begun = months.iter().find(|(_, stage)| *stage == Stage::Draft);
    if let Some((month, _)) = begun {
        return Ok(Some(*month));
    }
    let newest = months.first().map(|(month, _)| *month);
    let offer = window(municipality)?.offer(today, |month| months.iter().any(|(renewed, _)| *renewed == month));
    Ok(match offer {
        Some(Offer::Renew { month, .. }) => Some(month),
        Some(Offer::Wait { .. }) | None => newest,
    })
}

/// The months that the case has a living renewal for, the newest first.
pub async fn renewed_months(tx: &mut TenantTx, citizen: &Citizen) -> Result<Vec<(NormMonth, Stage)>, DbError> {
    let municipality = tx.municipality().0;
    let rows = sqlx::query!(
        r#"
        select norm_month as "norm_month: SqlDate", state
          from renewal
         where municipality_id = $1 and case_id = $2 and state <> 'withdrawn'
         order by norm_month desc
        "#,
        municipality,
        citizen.case().0,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| {
            let month = NormMonth::of(row.norm_month.to_jiff())
                .map_err(|_| DbError::Inconsistent { column: "renewal.norm_month" })?;
            let stage = Stage::from_code(&row.state).ok_or(DbError::Inconsistent { column: "renewal.state" })?;
            Ok((month, stage))
        })
        .collect()
}

impl OpenDraft {
    /// Locks the citizen's own draft of the month that they are working with.
    pub async fn lock(
        tx: &mut TenantTx,
        citizen: &Citizen,
        municipality: &Municipality,
        today: Date,
    ) -> Result<Self, NoDraft> {
        let month = current_month(tx, citizen, municipality, today).await?.ok_or(NoDraft::NotBegun)?;
        let renewal = OwnRenewal::for_month(tx, citizen, month).await?.ok_or(NoDraft::NotBegun)?;
        if renewal.stage() != Stage::Draft {
            return Err(NoDraft::Submitted);
        }
        if renewal.begun_by() != citizen.person() {
            return Err(NoDraft::AnothersDraft);
        }
        let (stored, revision) = load(tx, &renewal).await?;
        Ok(Self { renewal, stored, revision })
    }

    /// Whether the post comes from a page that showed an earlier revision.
    pub fn is_stale(&self, posted_revision: i32) -> bool {
        posted_revision != self.revision
    }

    /// Notes that a field of a stale page stands against what another window saved.
    pub fn keep_other(&mut self, section: Section, field: &str, other: &str) {
        self.stored.conflicts.push(Conflict {
            section: section.code().to_owned(),
            field: field.to_owned(),
            other: other.to_owned(),
        });
    }

    /// The person has posted this section anew: earlier conflicts are settled and its errors are shown.
    pub fn begin_section(&mut self, section: Section) {
        self.stored.conflicts.retain(|conflict| conflict.section != section.code());
        self.stored.posted.insert(section.code().to_owned());
    }

    /// Saves what was typed, as a new revision. Nothing is judged here.
    pub async fn save(mut self, tx: &mut TenantTx) -> Result<(), DbError> {
        self.revision += 1;
        let renewal = self.renewal.id();
        self.save_as_it_is(tx).await?;
        tx.audit(Action::SavedDraft, Object::Renewal(renewal.0)).await
    }

    /// Saves what stands beside the typed text, which is the same revision still.
    pub async fn save_as_it_is(self, tx: &mut TenantTx) -> Result<(), DbError> {
        let (municipality, at) = (tx.municipality().0, tx.at());
        let sealed = tx.vault().seal_json(Column::DraftContent, self.renewal.id().0, &self.stored)?;
        sqlx::query!(
            r#"
            update renewal_draft
               set revision = $3, content_sealed = $4, saved_at = $5
             where municipality_id = $1 and renewal_id = $2
            "#,
            municipality,
            self.renewal.id().0,
            self.revision,
            sealed,
            at.to_sqlx() as _,
        )
        .execute(tx.connection())
        .await?;
        Ok(())
    }
}

/// What is stored of a renewal's draft, and its revision.
pub async fn load(tx: &mut TenantTx, renewal: &OwnRenewal) -> Result<(Stored, i32), DbError> {
    let municipality = tx.municipality().0;
    let row = sqlx::query!(
        "select revision, content_sealed from renewal_draft where municipality_id = $1 and renewal_id = $2",
        municipality,
        renewal.id().0,
    )
    .fetch_one(tx.connection())
    .await?;
    let stored = tx.vault().open_json(Column::DraftContent, renewal.id().0, &row.content_sealed)?;
    Ok((stored, row.revision))
}
