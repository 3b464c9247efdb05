//! The renewal that a citizen works with in the hands of one act: changed, saved, and led on from.

use std::collections::{BTreeSet, HashMap};
use std::ops::{Deref, DerefMut};

use domain::form::{TooLongToKeep, Typed};
use domain::id::{ProofId, StatementId};
use domain::renewal::block::Block;
use domain::renewal::draft::SectionStatus;
use domain::renewal::proof::Proof;
use domain::renewal::{Draft, Part, Section, Stage};

use super::blocks;
use super::shown_revision::ShownRevision;
use super::stored_draft::{DraftConflict, RefusedFile};
use super::take_files::take_files;
use super::work::{NoDraft, Work};
use crate::case::proofs;
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::{Files, Here};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

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
    /// Locks the renewal that the citizen writes in, and reads what they have written after that.
    pub(crate) async fn lock(tx: &mut TenantTx, citizen: &Citizen, here: &Here) -> Result<Self, NoDraft> {
        let renewals = OwnRenewal::all(tx, citizen).await?;
        let renewal = Work::find(&renewals, citizen, here)?.clone().lock(tx, citizen).await?;
        Ok(Self(Work::open(tx, citizen, here, OwnRenewal::clone(&renewal), renewals).await?))
    }

    /// The same where it is the draft that they began.
    pub(super) async fn lock_whole(tx: &mut TenantTx, citizen: &Citizen, here: &Here) -> Result<Self, NoDraft> {
        let work = Self::lock(tx, citizen, here).await?;
        if work.part() == Part::Whole { Ok(work) } else { Err(NoDraft::OwnPart) }
    }

    /// Whether the post comes from a page that showed an earlier revision, or another draft of the same person's. What was typed on another's page,
    /// who may have used the same browser before, is not taken for this one's.
    pub(crate) fn is_stale(&self, shown: &ShownRevision) -> Result<bool, NoDraft> {
        let writer = self.writer.to_string();
        if shown.of.as_ref().is_some_and(|of| !of.ends_with(&writer)) {
            return Err(NoDraft::Another);
        }
        Ok(shown.revision != self.revision || !self.is_of(shown))
    }

    /// The same as an error where the post comes from a page of another draft.
    pub(super) fn is_shown(&self, shown: &ShownRevision) -> Result<(), NoDraft> {
        if self.is_of(shown) { Ok(()) } else { Err(NoDraft::Another) }
    }

    fn is_of(&self, shown: &ShownRevision) -> bool {
        shown.of.as_ref().is_none_or(|of| *of == self.named())
    }

    /// Notes that a field of a stale page stands against what another window saved.
    pub(crate) fn keep_other(&mut self, section: Section, field: &str, other: &str) {
        self.stored.conflicts.push(DraftConflict {
            section: section.code().to_owned(),
            field: field.to_owned(),
            other: other.to_owned(),
        });
    }

    /// Notes the same for each of these fields, of which another window had saved one text and this one posts another.
    pub(super) fn keep_others(&mut self, section: Section, fields: &[(&str, &Typed, &Typed)]) {
        for (field, other, posted) in fields {
            if !other.is_blank() && other != posted {
                self.keep_other(section, field, other.as_str());
            }
        }
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

    /// Puts the blocks of a page in place, in the same way.
    pub(super) fn put_blocks<B: Block>(
        &mut self,
        stale: bool,
        section: Section,
        most: usize,
        place: impl Fn(&mut Draft) -> &mut Vec<B>,
        posted: &HashMap<String, String>,
    ) -> Result<(), TooLongToKeep> {
        let shown: BTreeSet<_> = self.stored.draft.proofs.statements().collect();
        for (field, other) in blocks::put(place(&mut self.stored.draft), most, stale, posted, &shown)? {
            self.keep_other(section, &field, other.as_str());
        }
        Ok(())
    }

    /// What two windows had typed into a section has been chosen between.
    pub(super) fn settle_conflicts(&mut self, section: Section) {
        self.stored.conflicts.retain(|conflict| conflict.section != section.code());
    }

    /// The person has said that something has changed in this section: it is gone through, whatever stands in it.
    pub(super) fn open_section(&mut self, section: Section) {
        self.stored.opened.insert(section.code().to_owned());
    }

    /// The person has posted this section anew: earlier conflicts are settled and its errors are shown.
    pub(crate) fn begin_section(&mut self, section: Section) {
        self.settle_conflicts(section);
        self.stored.opened.remove(section.code());
        self.stored.posted.insert(section.code().to_owned());
    }

    /// Saves, and tells where to lead on.
    pub(crate) async fn save_section(self, tx: &mut TenantTx, section: Section) -> Result<String, DbError> {
        let page = self.page_after(section);
        self.save(tx).await?;
        Ok(page)
    }

    /// Where one goes on after a section: back to it while something in it is wrong or two windows met, else to the next in which something is
    /// missing, and at last to where all of it is read and signed.
    pub(super) fn page_after(&self, section: Section) -> String {
        let draft = self.draft();
        let is_passed = match draft.status(section, &self.context) {
            SectionStatus::Done => true,
            SectionStatus::NotStarted => !draft.asks(section, self.part()),
            SectionStatus::InProgress => false,
        };
        let done = is_passed && !self.has_conflicts(section);
        let opened = Section::ALL.iter().copied().find(|one| self.stored.opened.contains(one.code()));
        let next = if done { opened.or_else(|| draft.next(section, &self.context)) } else { Some(section) };
        match (next, self.part()) {
            (Some(next), _) => format!("/renewal/{}", next.code()),
            (None, Part::Whole) => "/renewal/check".to_owned(),
            (None, Part::Own) if self.renewal.stage() != Stage::Draft => "/renewal/cosign".to_owned(),
            (None, Part::Own) => "/renewal".to_owned(),
        }
    }

    /// Takes in the files of a field as proof of a statement, and lets those go that are to be removed. What cannot be taken is told on the page
    /// that it came from; whether all was taken.
    pub(super) async fn put_files(
        &mut self,
        tx: &mut TenantTx,
        of: StatementId,
        field: &str,
        files: &Files,
        removed: &[ProofId],
    ) -> Result<bool, DbError> {
        let (renewal, writer) = (self.renewal.id(), self.writer);
        let stored = &mut self.stored;
        let proofs = &mut stored.draft.proofs;
        let is_removed = |proof: &Proof| proof.of == of && removed.contains(&proof.id);
        let gone: Vec<_> = proofs.shown.iter().filter(|proof| is_removed(proof)).map(|proof| proof.id).collect();
        proofs.shown.retain(|proof| !gone.contains(&proof.id));
        proofs::remove(tx, writer, &gone).await?;
        stored.refused.retain(|refused| refused.of != of);
        let taken = take_files(tx, (renewal, writer), of, (files, field), proofs).await?;
        let are_taken = taken.refused.is_empty();
        stored.refused.extend(taken.refused.into_iter().map(|(name, problem)| RefusedFile { of, name, problem }));
        Ok(are_taken)
    }

    /// Notes whether the proof of a statement is to come later. Where it is there it is not.
    pub(super) fn set_later(&mut self, of: StatementId, is_later: bool) {
        let proofs = &mut self.stored.draft.proofs;
        let is_there = proofs.of(of).next().is_some();
        proofs.set_later(of, is_later && !is_there);
    }

    /// Lets go of the proofs of what is no longer stated.
    async fn prune_proofs(&mut self, tx: &mut TenantTx) -> Result<(), DbError> {
        let stored = &mut self.0.stored;
        let statements = stored.draft.statements();
        stored.refused.retain(|refused| statements.contains(&refused.of));
        let kept = stored.draft.proofs.only_of(&statements);
        let before = std::mem::replace(&mut stored.draft.proofs, kept);
        let is_kept = |proof: &Proof| stored.draft.proofs.shown.contains(proof);
        let gone: Vec<_> = before.shown.iter().filter(|proof| !is_kept(proof)).map(|proof| proof.id).collect();
        proofs::remove(tx, self.0.writer, &gone).await
    }

    /// Saves what was typed, as a new revision. Nothing is judged here.
    pub(crate) async fn save(mut self, tx: &mut TenantTx) -> Result<(), DbError> {
        self.prune_proofs(tx).await?;
        self.revision += 1;
        let renewal = self.renewal.id();
        self.save_as_it_is(tx).await?;
        tx.audit(Action::SavedDraft, Object::Renewal(renewal)).await
    }

    /// Saves what stands beside the typed text, which is the same revision still.
    pub(crate) async fn save_as_it_is(self, tx: &mut TenantTx) -> Result<(), DbError> {
        let (part, key) = (self.part(), (self.renewal.id(), self.writer));
        self.0.stored.write(tx, part, key, self.0.revision).await
    }
}
