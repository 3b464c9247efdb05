//! The renewal that a citizen works with: found, opened, changed, saved; with what a stale tab would have overwritten.

use app::citizen::model::{OpenMonth, TakingOver};
use app::model::{self, FieldError, Form};
use domain::NormMonth;
use domain::id::PersonId;
use domain::renewal::judge::DraftError;
use domain::renewal::window::Offer;
use domain::renewal::{Context, Draft, Part, Section, Stage};
use jiff::{SignedDuration, Timestamp};

use super::stored_draft::{DraftConflict, StoredDraft};
use crate::case::answers::Asked;
use crate::case::calculation::{Facts, Known};
use crate::case::household::{self, HouseholdMember};
use crate::case::statements;
use crate::db::{Action, DbError, Object, TenantTx, through_db};
use crate::http::{Here, Problem};
use crate::municipality::Municipality;
use crate::session::own_renewal::{LockedRenewal, OwnRenewal};
use crate::session::policy::Citizen;

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
    /// The page that was posted showed another draft than there is now.
    #[error("another draft was shown")]
    Another,
    /// There is one, but not of what is asked for: it is the person's own part of what the other adult began.
    #[error("one's own part does not have that")]
    OwnPart,
    #[error(transparent)]
    Db(#[from] DbError),
}

through_db!(NoDraft);

impl From<NoDraft> for Problem {
    fn from(none: NoDraft) -> Self {
        match none {
            NoDraft::NotBegun | NoDraft::Another | NoDraft::OwnPart => Self::see_other("/renewal"),
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

/// The newest of these renewals in which the citizen may say what is their own, while it is about the month that their work is about now or
/// the one before.
pub(super) fn with_own_part<'r>(renewals: &'r [OwnRenewal], citizen: &Citizen, here: &Here) -> Option<&'r OwnRenewal> {
    let current = current_month(renewals, here)?;
    let is_current = |one: &&OwnRenewal| one.month() >= current.previous();
    renewals.iter().filter(is_current).find(|one| one.takes_own_part(citizen.person()))
}

/// What the citizen writes, with what it is judged against: the draft that they began, or their own part of the other adult's. Nothing is
/// locked.
pub(crate) struct Work {
    pub renewal: OwnRenewal,
    /// Who writes it.
    pub writer: PersonId,
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
    /// Opens what the citizen writes for the month that they work with, to be shown: the trail says so.
    pub(crate) async fn read(tx: &mut TenantTx, citizen: &Citizen, here: &Here) -> Result<Self, NoDraft> {
        let renewals = OwnRenewal::all(tx, citizen).await?;
        let renewal = Self::find(&renewals, citizen, here)?.clone();
        Self::show(tx, citizen, here, renewal, renewals).await
    }

    /// The same where it is the draft that they began.
    pub(super) async fn read_whole(tx: &mut TenantTx, citizen: &Citizen, here: &Here) -> Result<Self, NoDraft> {
        let renewals = OwnRenewal::all(tx, citizen).await?;
        let renewal = Self::find(&renewals, citizen, here)?.clone();
        if Self::part_of(&renewal, citizen)? == Part::Own {
            return Err(NoDraft::OwnPart);
        }
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

    /// The renewal that the citizen writes in, among those of the case: one that they began; else one where they have begun with what is
    /// their own.
    pub(crate) fn find<'r>(
        renewals: &'r [OwnRenewal],
        citizen: &Citizen,
        here: &Here,
    ) -> Result<&'r OwnRenewal, NoDraft> {
        let month = current_month(renewals, here).ok_or(NoDraft::NotBegun)?;
        let current = renewals.iter().find(|one| one.month() == month);
        let is_begun = current.is_some_and(|one| matches!(Self::part_of(one, citizen), Ok(Part::Whole)));
        let own = with_own_part(renewals, citizen, here).filter(|one| one.own_part().is_some());
        let renewal = own.filter(|_| !is_begun).or(current).ok_or(NoDraft::NotBegun)?;
        Self::part_of(renewal, citizen)?;
        Ok(renewal)
    }

    /// Which part of a renewal the citizen writes, if any.
    fn part_of(renewal: &OwnRenewal, citizen: &Citizen) -> Result<Part, NoDraft> {
        if renewal.takes_own_part(citizen.person()) && renewal.own_part().is_some() {
            Ok(Part::Own)
        } else if renewal.stage() != Stage::Draft {
            Err(NoDraft::Submitted)
        } else if renewal.begun_by() != citizen.person() {
            Err(NoDraft::AnothersDraft)
        } else {
            Ok(Part::Whole)
        }
    }

    /// Locks the renewal that the citizen writes in, and tells which part of it that is.
    pub(super) async fn lock(
        tx: &mut TenantTx,
        citizen: &Citizen,
        here: &Here,
    ) -> Result<(LockedRenewal, Part), NoDraft> {
        let renewals = OwnRenewal::all(tx, citizen).await?;
        let locked = Self::find(&renewals, citizen, here)?.clone().lock(tx, citizen).await?;
        let part = Self::part_of(&locked, citizen)?;
        Ok((locked, part))
    }

    pub(super) async fn open(
        tx: &mut TenantTx,
        citizen: &Citizen,
        here: &Here,
        renewal: OwnRenewal,
        renewals: Vec<OwnRenewal>,
    ) -> Result<Self, NoDraft> {
        let part = Self::part_of(&renewal, citizen)?;
        let sealed = match part {
            Part::Whole => renewal.draft().ok_or(DbError::Inconsistent { column: "renewal_draft.renewal_id" })?,
            Part::Own => renewal.own_part().ok_or(DbError::Inconsistent { column: "own_part.renewal_id" })?,
        };
        let key = (renewal.id(), citizen.person());
        let stored = StoredDraft::open(&tx.vault(), part, key, &sealed.content, sealed.version)?;
        let (revision, saved) = (sealed.revision, sealed.saved);
        let members = household::members(tx, citizen.case()).await?;
        let (norm_month, today) = (renewal.month(), here.today());
        let context = match part {
            Part::Whole => Context { norm_month, today, part, owners: household::owners(&members) },
            Part::Own => Context::own(norm_month, today, citizen.person()),
        };
        let is_earlier = |one: &OwnRenewal| one.month() < renewal.month() && one.stage() != Stage::Draft;
        let earlier = renewals.into_iter().filter(is_earlier).collect();
        Ok(Self { renewal, writer: citizen.person(), stored, revision, saved, earlier, members, context })
    }

    /// Whose part of the renewal it is.
    pub(crate) fn part(&self) -> Part {
        self.context.part
    }

    pub(crate) fn draft(&self) -> &Draft {
        &self.stored.draft
    }

    /// Whether it has not been said yet what is as it was in the month that the draft was carried over from.
    pub(super) fn is_to_be_compared(&self) -> bool {
        self.part() == Part::Whole && self.draft().carried_from.is_some() && !self.draft().is_compared
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
            stated: statements::of_draft(self.draft(), &self.context, self.writer),
            stated_on: self.context.today,
            writer: self.writer,
        };
        Known::read(tx, facts, &[]).await
    }

    /// What the draft is called in its forms.
    pub(crate) fn named(&self) -> String {
        named(self.part(), &self.renewal, self.writer)
    }

    /// Revision, errors of a section that has been posted, and what other windows typed.
    pub(crate) fn form(&self, section: Section, errors: &[DraftError]) -> Form {
        let posted = self.stored.posted.contains(section.code());
        Form {
            revision: u32::try_from(self.revision).unwrap_or_default(),
            of: self.named(),
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

/// What a draft is called in its forms: which part of which renewal it is, and who writes it.
pub(super) fn named(part: Part, renewal: &OwnRenewal, writer: PersonId) -> String {
    format!("{}.{}.{writer}", part.code(), renewal.id())
}
