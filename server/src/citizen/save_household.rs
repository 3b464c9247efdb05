//! `POST /renewal/household`: how to reach the person, and whether the household is as before.

use std::collections::HashMap;

use domain::renewal::household_change::CHANGES_MAX;
use domain::renewal::{Part, Section};
use serde::Deserialize;

use super::locked_work::LockedWork;
use super::shown_revision::ShownRevision;
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Citizen;

#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    household: String,
    #[serde(default, rename = "household-change")]
    change: String,
    /// More is to be told on the page.
    more: Option<String>,
    /// The fields of each change that has a block on the page, under its name.
    #[serde(flatten)]
    changes: HashMap<String, String>,
}

/// Saved as typed, then judged.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(posted): Fields<Posted>) -> Reply {
    const SECTION: Section = Section::Household;
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    let stale = work.is_stale(&posted.revision)?;
    work.begin_section(SECTION);
    work.put(stale, SECTION, "phone", |draft| &mut draft.contact.phone, posted.phone)?;
    work.put(stale, SECTION, "email", |draft| &mut draft.contact.email, posted.email)?;
    work.put(stale, SECTION, "household", |draft| &mut draft.household.answer, posted.household)?;
    work.put(stale, SECTION, "household-change", |draft| &mut draft.household.change, posted.change)?;
    if work.part() == Part::Whole {
        work.put_blocks(stale, SECTION, CHANGES_MAX, |draft| &mut draft.household.changes, &posted.changes)?;
    }
    let page = if posted.more.is_some() { "/renewal/household".to_owned() } else { work.page_after(SECTION) };
    work.save(&mut visit.tx).await?;
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::form::Typed;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    const PATH: &str = "/renewal/household";

    #[sqlx::test(migrations = "../migrations")]
    async fn two_windows_lose_no_words(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let posted = |phone| [("revision", "1"), ("phone", phone), ("household", "same")];
        assert_eq!(stage.send(citizen, PATH, &posted("070-174 06 05")).await.led_to(), "/renewal/activity");
        assert_eq!(stage.send(citizen, PATH, &posted("070-174 06 06")).await.led_to(), PATH, "the page was stale");
        let page = stage.page(citizen, PATH).await;
        assert!(page.contains("value=\"070-174 06 06\"") && page.contains("070-174 06 05"), "both are shown: {page}");
        assert_eq!(stage.save(citizen, PATH, &posted("070-174 06 06")[1..]).await.led_to(), "/renewal/activity");
        assert!(!stage.page(citizen, PATH).await.contains("070-174 06 05"), "it has been chosen");
    }

    /// The names of the blocks of one kind, in the order of the page.
    fn blocks(page: &str, kind: &str) -> Vec<String> {
        let named = page.split("name=\"kind-").skip(1).filter_map(|rest| {
            let (id, rest) = rest.split_once('"')?;
            rest.starts_with(&format!(" value=\"{kind}\"")).then(|| id.to_owned())
        });
        named.collect()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn each_change_stands_by_itself_and_the_same_form_sent_twice_is_one(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, _]) = stage.couple().await;
        stage.begun(&mira).await;
        let page = stage.page(&mira, PATH).await;
        let one = |kind| blocks(&page, kind).pop().unwrap_or_else(|| panic!("{kind}: {page}"));
        let (moved_in, part_time, shared) = (one("moved-in"), one("part-time"), one("shared-home"));
        assert!(page.contains("Hur många dagar i december bor Elsa hos dig?"), "{page}");
        assert!(page.contains("Du och Johan läser båda"), "{page}");
        let (_, elsa) = page.split_once(&format!("name=\"person-{part_time}\" value=\"")).unwrap();
        let elsa = elsa.get(..36).unwrap().to_owned();
        let fields = [
            ("household".to_owned(), "changed".to_owned()),
            (format!("kind-{moved_in}"), "moved-in".to_owned()),
            (format!("name-{moved_in}"), "Alva Nilsson".to_owned()),
            (format!("date-{moved_in}"), "3/12".to_owned()),
            (format!("kind-{part_time}"), "part-time".to_owned()),
            (format!("person-{part_time}"), elsa),
            (format!("count-{part_time}"), "15".to_owned()),
            (format!("kind-{shared}"), "shared-home".to_owned()),
        ];
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (&**name, &**text)).collect();
        for _ in 0..2 {
            assert_eq!(stage.save(&mira, PATH, &fields).await.led_to(), PATH, "who Alva is has not been said");
        }
        let page = stage.page(&mira, PATH).await;
        assert!(
            page.contains(&format!("href=\"#choice-{moved_in}\"")) && page.contains("Välj ett av svaren."),
            "{page}"
        );
        assert_eq!(page.matches("value=\"Alva Nilsson\"").count(), 1, "{page}");
        assert_eq!(blocks(&page, "moved-in").len(), 2, "and room for one more: {page}");
        assert_eq!((blocks(&page, "part-time").len(), blocks(&page, "shared-home").len()), (1, 1), "{page}");
        let check = stage.page(&mira, "/renewal/check").await;
        let leads = check.contains(&format!("href=\"/renewal/household#choice-{moved_in}\""));
        assert!(leads && check.contains("Elsa bor här 15 dagar i december"), "{check}");

        let choice = format!("choice-{moved_in}");
        fields.push((&choice, "child"));
        assert_eq!(stage.save(&mira, PATH, &fields).await.led_to(), "/renewal/activity");
        fields.push(("more", "on"));
        assert_eq!(stage.save(&mira, PATH, &fields).await.led_to(), PATH);
        let check = stage.page(&mira, "/renewal/check").await;
        assert!(check.contains("Flyttar in 3 december 2026: Alva Nilsson. Barn"), "{check}");

        let (change, remove) = (format!("kind-{moved_in}"), format!("remove-{moved_in}"));
        let taken_away = [("household", "changed"), (&*change, "moved-in"), (&*remove, "on")];
        stage.save(&mira, PATH, &taken_away).await;
        let check = stage.page(&mira, "/renewal/check").await;
        assert!(!check.contains("Alva") && check.contains("Elsa bor här 15 dagar"), "the rest stays: {check}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn two_windows_tell_one_thing_once(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let windows = [stage.page(citizen, PATH).await, stage.page(citizen, PATH).await];
        for (window, persons) in windows.iter().zip(["3", "4"]) {
            let block = blocks(window, "shared-home").pop().unwrap();
            let (change, count, choice) =
                (format!("kind-{block}"), format!("count-{block}"), format!("choice-{block}"));
            let fields = [
                ("revision", "1"),
                ("household", "changed"),
                (&*change, "shared-home"),
                (&*count, persons),
                (&*choice, "free"),
            ];
            stage.send(citizen, PATH, &fields).await;
        }
        let page = stage.page(citizen, PATH).await;
        assert_eq!(blocks(&page, "shared-home").len(), 1, "{page}");
        let both = page.contains("value=\"4\"") && page.contains("<p class=\"prose\">3</p>");
        assert!(both, "both are shown: {page}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_window_in_which_nothing_was_told_takes_nothing_away(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let windows = [stage.page(citizen, PATH).await, stage.page(citizen, PATH).await];
        let [first, second] = windows.each_ref().map(|page| blocks(page, "shared-home").pop().unwrap());
        let names = |id: &str| ["kind", "count", "choice", "remove"].map(|field| format!("{field}-{id}"));
        let ([kind, count, choice, _], [other_kind, other_count, ..]) = (names(&first), names(&second));
        let told =
            [("revision", "1"), ("household", "changed"), (&*kind, "shared-home"), (&*count, "3"), (&*choice, "free")];
        stage.send(citizen, PATH, &told).await;
        let blank = [("revision", "1"), ("household", "changed"), (&*other_kind, "shared-home"), (&*other_count, "")];
        stage.send(citizen, PATH, &blank).await;
        let page = stage.page(citizen, PATH).await;
        assert!(page.contains(&format!("name=\"{count}\" value=\"3\"")), "{page}");

        let changed = [("household", "changed"), (&*kind, "shared-home"), (&*count, "4"), (&*choice, "free")];
        stage.save(citizen, PATH, &changed).await;
        let remove = format!("remove-{first}");
        let stale = [&told[..], &[(&*remove, "on")]].concat();
        stage.send(citizen, PATH, &stale).await;
        let page = stage.page(citizen, PATH).await;
        assert!(page.contains(&format!("name=\"{count}\" value=\"4\"")), "another window has changed it: {page}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_longer_than_any_form_or_anothers_changes_nothing(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        stage.save(&mira, PATH, &[("phone", "070-174 06 05"), ("household", "same")]).await;
        let long = "a".repeat(Typed::HARD_CAP + 1);
        let refused = stage.save(&mira, PATH, &[("phone", ""), ("household-change", &*long)]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        let fields = [("revision", "2"), ("phone", "070-174 06 06")];
        assert_eq!(stage.send(&johan, PATH, &fields).await.led_to(), "/home", "the draft is the other adult's");
        assert!(stage.page(&mira, PATH).await.contains("value=\"070-174 06 05\""));
    }
}
