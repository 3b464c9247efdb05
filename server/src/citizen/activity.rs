//! `/renewal/activity`: what the person has done to get work.

use app::citizen::activity;
use app::citizen::model::{ActivityFields, ActivitySection};
use domain::renewal::Section;
use domain::renewal::judge::judge_activity;
use serde::Deserialize;

use super::shown_revision::ShownRevision;
use super::work::{LockedWork, Work};
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Citizen;

/// `GET`: the question with what was answered.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let errors = judge_activity(&work.draft().activity, &work.context).err().unwrap_or_default();
    let shown = ActivitySection {
        month: work.renewal.month(),
        about: work.context.incomes_about(),
        form: work.form(Section::Activity, &errors),
        fields: fields(&work),
    };
    visit.page(activity::page(shown)).await
}

/// What stands in the fields.
pub(super) fn fields(work: &Work) -> ActivityFields {
    let typed = &work.draft().activity;
    ActivityFields { answer: typed.answer.as_str().to_owned(), note: typed.note.as_str().to_owned() }
}

#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
    #[serde(default)]
    activity: String,
    #[serde(default, rename = "activity-note")]
    note: String,
}

/// `POST`: saved as typed, then judged.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(posted): Fields<Posted>) -> Reply {
    const SECTION: Section = Section::Activity;
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    let stale = work.is_stale(&posted.revision)?;
    work.begin_section(SECTION);
    work.put(stale, SECTION, "activity", |draft| &mut draft.activity.answer, posted.activity)?;
    work.put(stale, SECTION, "activity-note", |draft| &mut draft.activity.note, posted.note)?;
    let page = work.save_section(&mut visit.tx, SECTION).await?;
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

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
}
