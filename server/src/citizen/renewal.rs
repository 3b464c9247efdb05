//! `GET /renewal`: the parts of the renewal that was begun; before that, [`begin`] answers.

use app::citizen::model::{ListedSection, Renewal, TaskState, Written};
use app::citizen::renewal;
use domain::renewal::draft::SectionStatus;
use domain::renewal::{Part, Section, Stage};

use super::begin;
use super::work::{NoDraft, Work};
use crate::case::answers;
use crate::http::{Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

/// The list of parts with how far each has come.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let draft = match Work::find(&renewals, actor, here) {
        Ok(draft) => draft.clone(),
        Err(NoDraft::NotBegun) => return begin::page(visit, &renewals).await,
        Err(none) => return Err(none.into()),
    };
    let work = Work::show(tx, actor, here, draft, renewals).await?;
    if work.is_to_be_compared() {
        return visit.see_other("/renewal/month").await;
    }
    let awaited = answers::is_awaited(tx, work.renewal.id(), actor.person()).await?;
    let is_other = |signs: bool, person| signs && person != actor.person();
    let other = work.members.iter().find(|member| is_other(member.signs_as.is_some(), member.person));
    let other = other.map(|member| member.name.called().to_owned());
    let sections = sections(&work, awaited);
    let shown = Renewal {
        window: work.window(&here.site.municipality),
        saved: here.local(work.saved),
        written: match work.part() {
            Part::Whole => Written::Whole { co_applicant: other },
            Part::Own => {
                Written::Own { other: other.unwrap_or_default(), is_signed: work.renewal.stage() != Stage::Draft }
            }
        },
        ready: sections.iter().all(|one| matches!(one.state, TaskState::Done | TaskState::Optional)),
        sections,
    };
    visit.page(renewal::page(shown)).await
}

/// Every section in order. One that may be left empty is said to be so until it is begun.
fn sections(work: &Work, awaited: bool) -> Vec<ListedSection> {
    let state = |section: Section| match work.draft().status(section, &work.context) {
        SectionStatus::Done => TaskState::Done,
        _ if section == Section::Authorities && awaited => TaskState::Fetching,
        SectionStatus::InProgress => TaskState::Incomplete,
        SectionStatus::NotStarted if work.draft().asks(section, work.part()) => TaskState::NotBegun,
        SectionStatus::NotStarted => TaskState::Optional,
    };
    Section::ALL.iter().map(|section| ListedSection { section: *section, state: state(*section) }).collect()
}

#[cfg(test)]
mod tests {
    use domain::authority::Agency;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, add_source};

    const PATH: &str = "/renewal";

    /// The state that stands after the name of each part.
    fn states(page: &str) -> Vec<&str> {
        let known = ["Inte börjad", "Något saknas", "Väntar på svar", "Frivillig", "Klar", "Kan inte börja än"];
        let mut found: Vec<_> = known.iter().flat_map(|state| page.match_indices(state)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, state)| state).collect()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn it_tells_how_far_each_part_has_come_to_the_one_who_began_it(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        let mut tx = stage.tx(&stage.home).await;
        add_source(&mut tx, Agency::Fk).await;
        tx.commit().await.unwrap();
        let before = stage.page(&johan, PATH).await;
        assert!(before.contains("Börja din ansökan") && before.contains("10 december"), "{before}");
        stage.begun(&mira).await;
        let begun = stage.page(&mira, PATH).await;
        let (none, open) = ("Inte börjad", ["Frivillig", "Kan inte börja än"]);
        assert_eq!(states(&begun), [none, none, "Väntar på svar", none, none, open[0], open[1]], "{begun}");
        assert!(
            begun.contains("Johan skriver under efter dig") && !begun.contains("href=\"/renewal/check\""),
            "{begun}"
        );
        assert_eq!(stage.look(&johan, PATH).await.led_to(), "/home", "the draft is the other adult's");

        stage.save(&mira, "/renewal/household", &[("household", "changed")]).await;
        assert_eq!(states(&stage.page(&mira, PATH).await)[0], "Något saknas");
        stage.written(&mira).await;
        let whole = stage.page(&mira, PATH).await;
        assert_eq!(states(&whole), ["Klar", "Klar", "Klar", "Klar", "Klar", "Klar", none], "{whole}");
        assert!(whole.contains("href=\"/renewal/check\""), "{whole}");

        stage.signed(stage.home.case, "2026-12", &Statement::default()).await;
        assert_eq!(stage.look(&stage.home.citizen, PATH).await.led_to(), "/renewal/receipt", "it was submitted");
    }
}
