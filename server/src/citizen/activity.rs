//! `/renewal/activity`: what the person has done to get work.

use std::collections::HashMap;

use app::citizen::activity;
use app::citizen::model::{ActivityFields, ActivitySection, Episodes};
use app::model::episode::told as told_as;
use domain::id::{ProofId, StatementId};
use domain::renewal::Section;
use domain::renewal::block::Block;
use domain::renewal::episode::{EPISODES_MAX, EpisodeDraft, EpisodeKind};
use domain::renewal::judge::{judge_activity, judge_episode};
use serde::Deserialize;
use uuid::Uuid;

use super::locked_work::LockedWork;
use super::proof_files::{self, proof_files, proofs_at};
use super::shown_revision::ShownRevision;
use super::work::Work;
use crate::http::{Fields, Files, Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// `GET`: the question with what was answered.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let errors = judge_activity(&work.draft().activity, &work.context).err().unwrap_or_default();
    let mut shown = ActivitySection {
        month: work.renewal.month(),
        form: work.form(Section::Activity, &errors),
        fields: fields(&work),
        episodes: episodes(&work),
    };
    for episode in work.draft().activity.episodes.iter().filter(|episode| episode.kind.takes_proof()) {
        let files = proof_files(&mut visit.tx, &work, episode.id).await?;
        shown.form.errors.extend(files.errors(&field(episode.id)));
        shown.episodes.proofs.push((episode.id, files));
    }
    visit.page(activity::page(shown)).await
}

/// What stands in the fields.
pub(super) fn fields(work: &Work) -> ActivityFields {
    let typed = &work.draft().activity;
    let told = typed.episodes.iter().filter_map(|episode| judge_episode(episode, &work.context).ok());
    ActivityFields {
        answer: typed.answer.as_str().to_owned(),
        note: typed.note.as_str().to_owned(),
        told: told.map(|episode| told_as(&episode)).collect(),
    }
}

/// What has been said of the month, with a blank episode of each kind.
fn episodes(work: &Work) -> Episodes {
    let own = &work.draft().activity.episodes;
    let of_kind = |kind: &EpisodeKind| {
        let blank = EpisodeDraft::new(StatementId(Uuid::now_v7()), *kind);
        own.iter().filter(|episode| episode.kind == *kind).cloned().chain([blank]).collect::<Vec<_>>()
    };
    Episodes {
        about: work.context.incomes_about(),
        drafts: EpisodeKind::ALL.iter().flat_map(of_kind).collect(),
        proofs: Vec::new(),
        proofs_at: proofs_at(work),
    }
}

/// The form's field of the files of one episode.
fn field(episode: StatementId) -> String {
    format!("proof-{episode}")
}

/// Takes in the files of each illness, one of which nothing else is told yet among them; whether all were taken.
async fn put_files(
    visit: &mut Visit<Citizen>,
    work: &mut LockedWork,
    files: &Files,
    removed: &[ProofId],
    taken_away: &[StatementId],
) -> Result<bool, Problem> {
    let told = |id: StatementId, work: &LockedWork| work.draft().activity.episodes.iter().any(|one| one.id == id);
    for id in files.0.iter().filter_map(|file| file.field.strip_prefix("proof-")?.parse().ok()) {
        if !taken_away.contains(&id) && !told(id, work) && work.draft().activity.episodes.len() < EPISODES_MAX {
            work.stored.draft.activity.episodes.push(EpisodeDraft::new(id, EpisodeKind::SickLeave));
        }
    }
    let of = |one: &EpisodeDraft| one.kind.takes_proof().then_some(one.id);
    let ids: Vec<_> = work.draft().activity.episodes.iter().filter_map(of).collect();
    let mut are_taken = true;
    for id in ids {
        are_taken &= work.put_files(&mut visit.tx, id, &field(id), files, removed).await?;
    }
    Ok(are_taken)
}

#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
    #[serde(default)]
    activity: String,
    #[serde(default, rename = "activity-note")]
    note: String,
    /// More is to be told on the page.
    more: Option<String>,
    /// The fields of each episode that has a block on the page, under its name.
    #[serde(flatten)]
    episodes: HashMap<String, String>,
}

/// `POST`: saved as typed, then judged.
pub(crate) async fn act(mut visit: Visit<Citizen>, files: Files, Fields(posted): Fields<Posted>) -> Reply {
    const SECTION: Section = Section::Activity;
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    let stale = work.is_stale(&posted.revision)?;
    work.begin_section(SECTION);
    work.put(stale, SECTION, "activity", |draft| &mut draft.activity.answer, posted.activity)?;
    work.put(stale, SECTION, "activity-note", |draft| &mut draft.activity.note, posted.note)?;
    work.put_blocks(stale, SECTION, EPISODES_MAX, |draft| &mut draft.activity.episodes, &posted.episodes)?;
    let taken_away: Vec<_> =
        posted.episodes.keys().filter_map(|key| key.strip_prefix("remove-")?.parse().ok()).collect();
    let removed = proof_files::removed(&posted.episodes);
    let are_taken = put_files(&mut visit, &mut work, &files, &removed, &taken_away).await?;
    let stays = posted.more.is_some() || !are_taken;
    let page = if stays { "/renewal/activity".to_owned() } else { work.page_after(SECTION) };
    work.save(&mut visit.tx).await?;
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::eid::TestEid;
    use crate::test_support::{Statement, Towns};

    const PATH: &str = "/renewal/activity";

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_not_done_is_explained_by_the_one_who_writes(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        assert_eq!(stage.look(&mira, PATH).await.led_to(), "/renewal", "nothing is begun");
        stage.begun(&mira).await;
        assert!(!stage.page(&mira, PATH).await.contains("Svara på om du"), "nothing is wrong yet");
        for (fields, wrong) in [
            (&[][..], "Svara på om du har sökt jobb"),
            (&[("activity", "partly")][..], "Skriv vad som inte blev av, och varför."),
        ] {
            assert_eq!(stage.save(&mira, PATH, fields).await.led_to(), PATH);
            assert!(stage.page(&mira, PATH).await.contains(wrong), "{wrong}");
        }
        let told = [("activity", "partly"), ("activity-note", "Jag var sjuk.")];
        assert_eq!(stage.save(&mira, PATH, &told).await.led_to(), "/renewal/authorities", "what comes next");
        assert!(stage.page(&mira, "/renewal/check").await.contains("Jag var sjuk."));
        assert_eq!(stage.send(&johan, PATH, &[("revision", "1"), ("activity", "not-done")]).await.led_to(), "/home");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn an_illness_is_told_with_its_days_and_reaches_the_caseworker_alone(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (_, [mira, johan]) = stage.couple().await;
        let renewal = stage.begun(&mira).await;
        let page = stage.page(&mira, PATH).await;
        let (before, _) = page.split_once("\" value=\"sick-leave\"").unwrap();
        let ill = &before[before.len() - 36..];
        let fields: Vec<(String, &str)> = vec![
            ("activity".to_owned(), "nothing-planned"),
            (format!("kind-{ill}"), "sick-leave"),
            (format!("from-{ill}"), "3/11"),
            (format!("to-{ill}"), "14 nov"),
            (format!("extent-{ill}"), "half"),
        ];
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (&**name, *text)).collect();
        for _ in 0..2 {
            assert_eq!(stage.save(&mira, PATH, &fields).await.led_to(), PATH, "is there a certificate?");
        }
        let page = stage.page(&mira, PATH).await;
        assert!(page.contains(&format!("href=\"#choice-{ill}\"")), "{page}");
        assert_eq!(page.matches("\" value=\"sick-leave\"").count(), 2, "one, and room for one more: {page}");
        let choice = format!("choice-{ill}");
        fields.push((&choice, "later"));
        assert_ne!(stage.save(&mira, PATH, &fields).await.led_to(), PATH);
        let told = "Sjuk 3 november 2026 till 14 november 2026. Halva dagen. Läkarintyg: Ja, och jag skickar det";
        assert!(stage.page(&mira, "/renewal/check").await.contains(told));

        stage.save(&mira, "/renewal/household", &[("household", "same")]).await;
        stage.save(&mira, "/renewal/authorities", &[]).await;
        for list in ["incomes", "expenses"] {
            stage.save(&mira, &format!("/renewal/{list}"), &[("more", "no")]).await;
        }
        let sent = stage.save(&mira, "/renewal/sign", &[]).await;
        stage.look(&sent.browser(&mira), &eid.sign(sent.led_to())).await;
        let opened = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
        assert!(
            opened.contains(told)
                && opened.contains("Mira har varit sjuk 3 november 2026 till 14 november 2026 och ska skicka"),
            "{opened}"
        );
        let cosign = stage.page(&johan, "/renewal/cosign").await;
        assert!(cosign.contains("Mira") && !cosign.contains("Sjuk"), "{cosign}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_wrong_in_an_episode_does_not_hold_the_page_of_the_month(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.signed(stage.home.case, "2026-11", &Statement::default()).await;
        stage.begun(citizen).await;
        let page = stage.page(citizen, PATH).await;
        let (before, _) = page.split_once("\" value=\"work\"").unwrap();
        let work = &before[before.len() - 36..];
        let (kind, place) = (format!("kind-{work}"), format!("place-{work}"));
        let begun = [("activity", "as-planned"), (&*kind, "work"), (&*place, "Lagret AB"), ("more", "on")];
        assert_eq!(stage.save(citizen, PATH, &begun).await.led_to(), PATH);
        let all_right = [("activity", "as-planned"), ("answer", "same")];
        assert_eq!(stage.save(citizen, "/renewal/month", &all_right).await.led_to(), "/renewal/check");
        let check = stage.page(citizen, "/renewal/check").await;
        assert!(check.contains(&format!("href=\"/renewal/activity#from-{work}\"")), "{check}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn an_own_part_in_which_nothing_is_told_is_left(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        stage.send(&johan, "/renewal/apply", &[]).await;
        for page in [PATH, "/renewal/household"] {
            assert_eq!(stage.save(&johan, page, &[]).await.led_to(), "/renewal", "{page}");
        }
    }
}
