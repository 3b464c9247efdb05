//! `GET /renewal`: the parts of the renewal that was begun, or what it takes to begin.

use app::citizen::model::{BeforeRenewal, OpenMonth, Part, PartState, Renewal, RenewalPart};
use app::citizen::{begin, renewal};
use domain::renewal::Section;
use domain::renewal::draft::SectionStatus;
use domain::renewal::window::Offer;

use super::work::{NoDraft, Work, offer};
use crate::case::answers::{self, awaited};
use crate::http::{Here, Problem, Reply, Visit};
use crate::session::policy::{Citizen, OwnRenewal};

/// The list of parts with how far each has come.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let draft = match Work::find(&renewals, actor, here) {
        Ok(draft) => draft.clone(),
        Err(NoDraft::NotBegun) => {
            let before = before(here, &renewals)?;
            return visit.page(begin::page(before)).await;
        }
        Err(none) => return Err(none.into()),
    };
    let work = Work::open(tx, actor, here, draft, renewals).await?;
    let awaited = awaited(&answers::newest(tx, work.renewal.id()).await?, actor.person());
    let is_other = |signs: bool, person| signs && person != actor.person();
    let co_applicant = work.members.iter().find(|member| is_other(member.signs_as.is_some(), member.person));
    let shown = Renewal {
        window: work.window(&here.site.municipality),
        saved: here.local(work.saved),
        co_applicant: co_applicant.map(|member| member.name.given.clone()),
        parts: parts(&work, awaited),
    };
    visit.page(renewal::page(shown)).await
}

fn before(here: &Here, renewals: &[OwnRenewal]) -> Result<BeforeRenewal, Problem> {
    match offer(renewals, here) {
        Some(Offer::Renew { month, until, .. }) => {
            Ok(BeforeRenewal { window: OpenMonth { month, until }, previous: renewals.first().map(OwnRenewal::month) })
        }
        Some(Offer::Wait { .. }) | None => Err(Problem::see_other("/home")),
    }
}

fn parts(work: &Work, awaited: u32) -> Vec<Part> {
    let state = |section: Section| match work.draft().status(section, &work.context) {
        SectionStatus::Done => PartState::Done,
        SectionStatus::InProgress => PartState::Incomplete,
        SectionStatus::NotStarted => match section {
            Section::Message => PartState::Optional,
            _ => PartState::NotBegun,
        },
    };
    let mut parts: Vec<_> = [
        (RenewalPart::Household, Section::Household),
        (RenewalPart::Authorities, Section::Authorities),
        (RenewalPart::Incomes, Section::Incomes),
        (RenewalPart::Expenses, Section::Expenses),
        (RenewalPart::Payout, Section::Payout),
        (RenewalPart::Message, Section::Message),
    ]
    .into_iter()
    .map(|(part, section)| Part { part, state: state(section) })
    .collect();
    for part in &mut parts {
        if part.part == RenewalPart::Authorities && awaited > 0 && part.state != PartState::Done {
            part.state = PartState::Fetching;
        }
    }
    let ready = parts.iter().all(|part| matches!(part.state, PartState::Done | PartState::Optional));
    parts.push(Part { part: RenewalPart::Check, state: if ready { PartState::NotBegun } else { PartState::Blocked } });
    parts
}
