//! The renewal that a citizen works with: found, opened, changed, saved; with what a stale tab would have overwritten.

use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};

use app::citizen::model::{OpenMonth, TakingOver};
use app::model::{self, FieldError, Form};
use domain::NormMonth;
use domain::form::{TooLongToKeep, Typed};
use domain::id::RenewalId;
use domain::renewal::draft::SectionStatus;
use domain::renewal::judge::DraftError;
use domain::renewal::window::Offer;
use domain::renewal::{Context, Draft, Section, Stage};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::case::answers::Asked;
use crate::case::calculation::{Facts, Known};
use crate::case::household::{self, HouseholdMember};
use crate::case::statements;
use crate::db::{Action, Column, DbError, Object, TenantTx, Version, query, through_db};
use crate::http::{Here, Problem};
use crate::municipality::Municipality;
use crate::session::own_renewal::{LockedRenewal, OwnRenewal};
use crate::session::policy::Citizen;

/// What is stored of a draft.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoredDraft {
    pub draft: Draft,
    /// The sections that have been posted: their errors are shown.
    #[serde(default)]
    pub posted: BTreeSet<String>,
    /// What other windows had typed into fields that were then posted from a stale one.
    #[serde(default)]
    pub conflicts: Vec<DraftConflict>,
    /// The revision with which the person was last sent to the eID. While it is the newest and nothing is signed, signing was
    /// interrupted.
    #[serde(default)]
    pub signing_begun: Option<i32>,
}

/// One field that two windows filled differently. Both texts are kept until the person has chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftConflict {
    pub section: String,
    pub field: String,
    /// The text that stood there before.
    pub other: String,
}

/// Why there is no draft to work in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoDraft {
    /// None has been begun for the open month.
    #[error("no renewal has been begun")]
    NotBegun,
    /// It has been submitted: the receipt tells.
    #[error("the renewal has been submitted")]
    Submitted,
    /// It was begun by the other adult, who alone works in it.
    #[error("the draft is the other adult's")]
    AnothersDraft,
    #[error(transparent)]
    Db(#[from] DbError),
}

through_db!(NoDraft);

impl From<NoDraft> for Problem {
    fn from(none: NoDraft) -> Self {
        match none {
            NoDraft::NotBegun => Self::see_other("/renewal"),
            NoDraft::Submitted => Self::see_other("/renewal/receipt"),
            NoDraft::AnothersDraft => Self::see_other("/home"),
            NoDraft::Db(error) => error.into(),
        }
    }
}

/// The month that the case's work is about now: one with a draft in it, else the one that the window offers, else the newest that was
/// submitted.
pub(crate) fn current_month(renewals: &[OwnRenewal], here: &Here) -> Option<NormMonth> {
    if let Some(draft) = renewals.iter().find(|renewal| renewal.stage() == Stage::Draft) {
        return Some(draft.month());
    }
    match offer(renewals, here) {
        Some(Offer::Renew { month, .. }) => Some(month),
        Some(Offer::Wait { .. }) | None => renewals.first().map(OwnRenewal::month),
    }
}

/// What the municipality's window offers to a case with these renewals.
pub(crate) fn offer(renewals: &[OwnRenewal], here: &Here) -> Option<Offer> {
    here.site.municipality.window.offer(here.today(), |month| renewals.iter().any(|renewal| renewal.month() == month))
}

/// How long what the other adult writes is left to them after they last saved: nobody is to lose it in the middle of writing or signing, nor to
/// have it taken again and again.
const LEFT_ALONE: SignedDuration = SignedDuration::from_hours(1);

/// What the other adult has begun, and whether this person may take it over: where they could begin it instead.
pub(super) fn to_take_over<'r>(
    renewals: &'r [OwnRenewal],
    citizen: &Citizen,
    here: &Here,
) -> Option<(&'r OwnRenewal, TakingOver)> {
    let is_others = |one: &&OwnRenewal| one.stage() == Stage::Draft && one.begun_by() != citizen.person();
    let draft = renewals.iter().find(is_others)?;
    let is_taken = |month| renewals.iter().any(|one| one.month() == month && one.id() != draft.id());
    let offered = here.site.municipality.window.offer(here.today(), is_taken);
    let is_open = matches!(offered, Some(Offer::Renew { month, .. }) if month == draft.month());
    let saved = draft.draft().map(|draft| draft.saved);
    let is_written = saved.is_some_and(|saved| here.service.clock.business() < saved + LEFT_ALONE);
    let when = match (is_open, is_written) {
        (false, _) => TakingOver::Never,
        (true, true) => TakingOver::Later,
        (true, false) => TakingOver::Now,
    };
    Some((draft, when))
}

/// The newest of these renewals that has been submitted.
pub(crate) fn newest_submitted(renewals: &[OwnRenewal]) -> Option<&OwnRenewal> {
    renewals.iter().find(|renewal| renewal.stage() != Stage::Draft)
}

/// The citizen's own draft, with what it is judged against. Nothing is locked.
pub(crate) struct Work {
    pub renewal: OwnRenewal,
    /// What is stored of the draft.
    pub stored: StoredDraft,
    /// How many times it has been saved.
    pub revision: i32,
    /// When it was last saved.
    pub saved: Timestamp,
    /// What was submitted for the months before, the newest first.
    pub earlier: Vec<OwnRenewal>,
    pub members: Vec<HouseholdMember>,
    /// What the draft is judged against.
    pub context: Context,
}

impl Work {
    /// Opens the draft of the month that the citizen works with, to be shown: the trail says so.
    pub(crate) async fn read(tx: &mut TenantTx, citizen: &Citizen, here: &Here) -> Result<Self, NoDraft> {
        let renewals = OwnRenewal::all(tx, citizen).await?;
        let renewal = Self::find(&renewals, citizen, here)?.clone();
        Self::show(tx, citizen, here, renewal, renewals).await
    }

    /// The same for a draft that has been found.
    pub(super) async fn show(
        tx: &mut TenantTx,
        citizen: &Citizen,
        here: &Here,
        renewal: OwnRenewal,
        renewals: Vec<OwnRenewal>,
    ) -> Result<Self, NoDraft> {
        tx.audit(Action::SawDraft, Object::Renewal(renewal.id())).await?;
        Self::open(tx, citizen, here, renewal, renewals).await
    }

    /// The draft that the citizen works in, among the renewals of the case.
    pub(crate) fn find<'r>(
        renewals: &'r [OwnRenewal],
        citizen: &Citizen,
        here: &Here,
    ) -> Result<&'r OwnRenewal, NoDraft> {
        let month = current_month(renewals, here).ok_or(NoDraft::NotBegun)?;
        let renewal = renewals.iter().find(|one| one.month() == month).ok_or(NoDraft::NotBegun)?;
        Self::check(renewal, citizen)?;
        Ok(renewal)
    }

    fn check(renewal: &OwnRenewal, citizen: &Citizen) -> Result<(), NoDraft> {
        if renewal.stage() != Stage::Draft {
            return Err(NoDraft::Submitted);
        }
        if renewal.begun_by() != citizen.person() {
            return Err(NoDraft::AnothersDraft);
        }
        Ok(())
    }

    /// Locks the citizen's own draft of the month that they work with, among the renewals of the case.
    pub(super) async fn lock(
        tx: &mut TenantTx,
        citizen: &Citizen,
        here: &Here,
        renewals: &[OwnRenewal],
    ) -> Result<LockedRenewal, NoDraft> {
        let locked = Self::find(renewals, citizen, here)?.clone().lock(tx, citizen).await?;
        Self::check(&locked, citizen)?;
        Ok(locked)
    }

    async fn open(
        tx: &mut TenantTx,
        citizen: &Citizen,
        here: &Here,
        renewal: OwnRenewal,
        renewals: Vec<OwnRenewal>,
    ) -> Result<Self, NoDraft> {
        let sealed = renewal.draft().ok_or(DbError::Inconsistent { column: "renewal_draft.renewal_id" })?;
        let stored = tx.vault().open_json(Column::DraftContent, (renewal.id(), sealed.version), &sealed.content)?;
        let (revision, saved) = (sealed.revision, sealed.saved);
        let members = household::members(tx, citizen.case()).await?;
        let context = Context { norm_month: renewal.month(), today: here.today(), owners: household::owners(&members) };
        let is_earlier = |one: &OwnRenewal| one.month() < renewal.month() && one.stage() != Stage::Draft;
        let earlier = renewals.into_iter().filter(is_earlier).collect();
        Ok(Self { renewal, stored, revision, saved, earlier, members, context })
    }

    pub(crate) fn draft(&self) -> &Draft {
        &self.stored.draft
    }

    /// The month that is applied for, and until when.
    pub(crate) fn window(&self, municipality: &Municipality) -> OpenMonth {
        let month = self.renewal.month();
        OpenMonth { month, until: municipality.until(month, self.context.today) }
    }

    /// All that the preliminary figure is made of while the renewal is being written.
    pub(crate) async fn known(
        &self,
        tx: &mut TenantTx,
        citizen: &Citizen,
        asked: Vec<Asked>,
    ) -> Result<Known, DbError> {
        let facts = Facts {
            case: citizen.case(),
            month: self.renewal.month(),
            judged_on: self.context.today,
            members: self.members.clone(),
            asked,
            stated: statements::of_draft(self.draft(), &self.context),
            stated_on: self.context.today,
            writer: self.renewal.begun_by(),
        };
        Known::read(tx, facts, &[]).await
    }

    /// Revision, errors of a section that has been posted, and what other windows typed.
    pub(crate) fn form(&self, section: Section, errors: &[DraftError]) -> Form {
        let posted = self.stored.posted.contains(section.code());
        Form {
            revision: u32::try_from(self.revision).unwrap_or_default(),
            errors: if posted { errors.iter().map(FieldError::from).collect() } else { Vec::new() },
            conflicts: self
                .conflicts(section)
                .map(|conflict| model::Conflict { field: conflict.field.clone(), other: conflict.other.clone() })
                .collect(),
        }
    }

    fn conflicts(&self, section: Section) -> impl Iterator<Item = &DraftConflict> {
        self.stored.conflicts.iter().filter(move |conflict| conflict.section == section.code())
    }

    /// Whether two windows have filled a field of this section differently.
    pub(crate) fn has_conflicts(&self, section: Section) -> bool {
        self.conflicts(section).next().is_some()
    }
}

/// The same in the hands of one act: the renewal's row is locked, so two posts take turns.
pub(crate) struct LockedWork(Work);

impl Deref for LockedWork {
    type Target = Work;

    fn deref(&self) -> &Work {
        &self.0
    }
}

impl DerefMut for LockedWork {
    fn deref_mut(&mut self) -> &mut Work {
        &mut self.0
    }
}

impl LockedWork {
    /// Locks the citizen's own draft of the month that they work with, and reads it after that.
    pub(crate) async fn lock(tx: &mut TenantTx, citizen: &Citizen, here: &Here) -> Result<Self, NoDraft> {
        let renewals = OwnRenewal::all(tx, citizen).await?;
        let renewal = OwnRenewal::clone(&*Work::lock(tx, citizen, here, &renewals).await?);
        Ok(Self(Work::open(tx, citizen, here, renewal, renewals).await?))
    }

    /// Whether the post comes from a page that showed an earlier revision.
    pub(crate) fn is_stale(&self, posted_revision: i32) -> bool {
        posted_revision != self.revision
    }

    /// Notes that a field of a stale page stands against what another window saved.
    pub(crate) fn keep_other(&mut self, section: Section, field: &str, other: &str) {
        self.stored.conflicts.push(DraftConflict {
            section: section.code().to_owned(),
            field: field.to_owned(),
            other: other.to_owned(),
        });
    }

    /// Puts a posted text in place. Where the page was stale and another window had typed something else, that is kept beside it.
    pub(crate) fn put(
        &mut self,
        stale: bool,
        section: Section,
        field: &str,
        place: impl Fn(&mut Draft) -> &mut Typed,
        posted: String,
    ) -> Result<(), TooLongToKeep> {
        if let Some(other) = place(&mut self.stored.draft).replace(posted, stale)? {
            self.keep_other(section, field, other.as_str());
        }
        Ok(())
    }

    /// The person has posted this section anew: earlier conflicts are settled and its errors are shown.
    pub(crate) fn begin_section(&mut self, section: Section) {
        self.stored.conflicts.retain(|conflict| conflict.section != section.code());
        self.stored.posted.insert(section.code().to_owned());
    }

    /// Saves, and tells where to lead on: to the list of sections, or back to this one while something in it is wrong or two windows met.
    pub(crate) async fn save_section(self, tx: &mut TenantTx, section: Section) -> Result<String, DbError> {
        let done = self.draft().status(section, &self.context) == SectionStatus::Done;
        let page = if done && !self.has_conflicts(section) {
            "/renewal".to_owned()
        } else {
            format!("/renewal/{}", section.code())
        };
        self.save(tx).await?;
        Ok(page)
    }

    /// Saves what was typed, as a new revision. Nothing is judged here.
    pub(crate) async fn save(mut self, tx: &mut TenantTx) -> Result<(), DbError> {
        self.revision += 1;
        let renewal = self.renewal.id();
        self.save_as_it_is(tx).await?;
        tx.audit(Action::SavedDraft, Object::Renewal(renewal)).await
    }

    /// Saves what stands beside the typed text, which is the same revision still.
    pub(crate) async fn save_as_it_is(self, tx: &mut TenantTx) -> Result<(), DbError> {
        write(tx, self.renewal.id(), &self.stored, self.revision).await
    }
}

/// Writes what is stored of a draft over what stood there.
pub(crate) async fn write(
    tx: &mut TenantTx,
    renewal: RenewalId,
    stored: &StoredDraft,
    revision: i32,
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let version = Version::new()?;
    let sealed = tx.vault().seal_json(Column::DraftContent, (renewal, version), stored)?;
    query!(
        r#"
        update renewal_draft
           set revision = $3, content_sealed = $4, saved_at = $5, content_version = $6
         where municipality_id = $1 and renewal_id = $2
        "#,
        municipality,
        renewal,
        revision,
        sealed,
        at,
        version,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
