//! `GET /renewal`: the parts of the renewal that was begun; before that, [`begin`] answers.

use app::citizen::model::{ListedSection, Renewal, TaskState};
use app::citizen::renewal;
use domain::renewal::Section;
use domain::renewal::draft::SectionStatus;

use super::begin;
use super::work::{NoDraft, Work};
use crate::case::answers;
use crate::http::{Reply, Visit};
use crate::session::policy::{Citizen, OwnRenewal};

/// The list of parts with how far each has come.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let draft = match Work::find(&renewals, actor, here) {
        Ok(draft) => draft.clone(),
        Err(NoDraft::NotBegun) => return begin::page(visit, &renewals).await,
        Err(none) => return Err(none.into()),
    };
    let work = Work::open(tx, actor, here, draft, renewals).await?;
    let awaited = answers::is_awaited(tx, work.renewal.id(), actor.person()).await?;
    let is_other = |signs: bool, person| signs && person != actor.person();
    let co_applicant = work.members.iter().find(|member| is_other(member.signs_as.is_some(), member.person));
    let sections = sections(&work, awaited);
    let shown = Renewal {
        window: work.window(&here.site.municipality),
        saved: here.local(work.saved),
        co_applicant: co_applicant.map(|member| member.name.given.clone()),
        ready: sections.iter().all(|one| matches!(one.state, TaskState::Done | TaskState::Optional)),
        sections,
    };
    visit.page(renewal::page(shown)).await
}

/// Every section in order. One that may be left empty is said to be so until it is begun.
fn sections(work: &Work, awaited: bool) -> Vec<ListedSection> {
    let state = |section: Section| match (section, work.draft().status(section, &work.context)) {
        (_, SectionStatus::Done) => TaskState::Done,
        (Section::Authorities, _) if awaited => TaskState::Fetching,
        (_, SectionStatus::InProgress) => TaskState::Incomplete,
        (Section::Message, SectionStatus::NotStarted) => TaskState::Optional,
        (_, SectionStatus::NotStarted) => TaskState::NotBegun,
    };
    Section::ALL.iter().map(|section| ListedSection { section: *section, state: state(*section) }).collect()
}
