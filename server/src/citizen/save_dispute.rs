//! `POST /renewal/authorities/{question}/{index}`: what is wrong with a fetched row is saved as typed, or taken away.

use std::collections::HashMap;

use domain::form::Typed;
use domain::id::{QueryId, RowId, StatementId};
use domain::renewal::Section;
use domain::renewal::dispute::DisputeDraft;
use domain::renewal::judge::judge_dispute;
use serde::Deserialize;
use uuid::Uuid;

use super::dispute::Row;
use super::locked_work::LockedWork;
use super::proof_files;
use super::shown_revision::ShownRevision;
use crate::case::answers;
use crate::http::{Fields, Files, Path, Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// All rows, with what is said of them.
const LIST: &str = "/renewal/authorities";

/// The form of what is wrong with a row.
#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    why: String,
    /// By the button that takes it away.
    remove: Option<String>,
    /// Proof is to come later.
    later: Option<String>,
    /// Which files are to be removed.
    #[serde(flatten)]
    others: HashMap<String, String>,
}

/// Saved, one for each row. With something wrong in it its own page is shown again; it is kept all the same.
pub(crate) async fn act(
    mut visit: Visit<Citizen>,
    Path((query, index)): Path<(QueryId, usize)>,
    files: Files,
    Fields(posted): Fields<Posted>,
) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let mut work = LockedWork::lock(tx, actor, here).await?;
    let stale = work.is_stale(&posted.revision)?;
    let asked = answers::newest(tx, work.renewal.id()).await?;
    let row = Row::find(tx, &work, &asked, RowId { query, index }).await?.ok_or(Problem::NotFound)?;
    work.settle_conflicts(Section::Authorities);
    let id = row.dispute.as_ref().map_or_else(|| StatementId(Uuid::now_v7()), |dispute| dispute.id);
    let disputes = &mut work.stored.draft.disputes;
    let place = disputes.iter().position(|dispute| dispute.id == id);
    if posted.remove.is_some() {
        disputes.retain(|dispute| dispute.id != id);
        work.save(tx).await?;
        return visit.see_other(LIST).await;
    }
    let dispute = DisputeDraft {
        id,
        row: row.id,
        original: row.original,
        reason: Typed::new(posted.reason)?,
        amount: Typed::new(posted.amount)?,
        date: Typed::new(posted.date)?,
        why: Typed::new(posted.why)?,
    };
    let before = place.map(|place| std::mem::replace(&mut disputes[place], dispute.clone()));
    if before.is_none() {
        disputes.push(dispute.clone());
    }
    if let (true, Some(before)) = (stale, before) {
        keep_others(&mut work, &before, &dispute);
    }
    let are_taken = work.put_files(tx, id, "proof", &files, &proof_files::removed(&posted.others)).await?;
    work.set_later(id, posted.later.is_some());
    let is_whole =
        are_taken && judge_dispute(&dispute, &work.context).is_ok() && !work.has_conflicts(Section::Authorities);
    work.save(tx).await?;
    let page = if is_whole { LIST.to_owned() } else { format!("{LIST}/{}/{}", row.id.query, row.id.index) };
    visit.see_other(&page).await
}

fn keep_others(work: &mut LockedWork, before: &DisputeDraft, now: &DisputeDraft) {
    let fields = [
        ("reason", &before.reason, &now.reason),
        ("amount", &before.amount, &now.amount),
        ("date", &before.date, &now.date),
        ("why", &before.why, &now.why),
    ];
    work.keep_others(Section::Authorities, &fields);
}

#[cfg(test)]
mod tests {
    use app::model::Phrase;
    use domain::Money;
    use domain::authority::{Agency, Answer};
    use domain::kind::IncomeKind;
    use sqlx::PgPool;

    use super::*;
    use crate::case::signed;
    use crate::test_support::eid::TestEid;
    use crate::test_support::{Towns, add_answer, add_source, answer_awaited, day, reported, review};

    const CHECK: &str = "/renewal/check";

    fn benefit(kronor: i64) -> Answer {
        reported(IncomeKind::HousingBenefit, kronor, day(11, 12))
    }

    /// The address of the form of the first row on the page of what authorities say.
    async fn first_row(stage: &Towns, cookie: &str) -> String {
        let page = stage.page(cookie, LIST).await;
        let (_, rest) = page.split_once("href=\"/renewal/authorities/").unwrap();
        format!("{LIST}/{}", rest.split_once('"').unwrap().0)
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_wrong_stands_beside_the_row_until_it_is_decided(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (citizen, caseworker) = (stage.home.citizen.clone(), stage.home.caseworker.clone());
        let renewal = stage.written(&citizen).await;
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        add_answer(&mut tx, renewal, stage.home.person, fk, day(11, 20), &benefit(1_400)).await;
        tx.commit().await.unwrap();
        let row = first_row(&stage, &citizen).await;
        let form = stage.page(&citizen, &row).await;
        for text in ["Vad stämmer inte?", "1 400 kr", "forsakringskassan.se", "Jag har inte fått pengarna"] {
            assert!(form.contains(text), "{text}: {form}");
        }
        assert!(!form.contains("Ta bort det jag skrev"), "nothing has been said: {form}");

        let begun = [("reason", "different"), ("amount", ""), ("date", ""), ("why", "Fel hyra.")];
        assert_eq!(stage.save(&citizen, &row, &begun).await.led_to(), row);
        let form = stage.page(&citizen, &row).await;
        assert!(form.contains("Skriv rätt belopp eller rätt dag.") && form.contains("Fel hyra."), "{form}");
        assert!(stage.page(&citizen, LIST).await.contains("Det du skrev är inte klart."));
        let check = stage.page(&citizen, CHECK).await;
        let (_, wrong) = check.split_once("href=\"/renewal/authorities/").unwrap();
        let (path, _) = wrong.split_once("#amount\"").unwrap();
        assert!(stage.page(&citizen, &format!("{LIST}/{path}")).await.contains("Fel hyra."), "the error leads there");
        assert!(!check.contains("Skriv under med e-legitimation"), "{check}");

        let whole = [("reason", "different"), ("amount", "900"), ("date", ""), ("why", "Fel hyra.")];
        for _ in 0..2 {
            assert_eq!(stage.save(&citizen, &row, &whole).await.led_to(), LIST);
        }
        for path in [LIST, CHECK] {
            let page = stage.page(&citizen, path).await;
            for (text, times) in [("I stället: 900 kr.", 1), ("Fel hyra.", 1)] {
                assert_eq!(page.matches(text).count(), times, "{path} {text}: {page}");
            }
            assert!(page.contains("1 400 kr"), "the row stands as it was: {page}");
        }
        let check = stage.page(&citizen, CHECK).await;
        assert!(check.contains("En rad kan bara en handläggare ta ställning till."), "{check}");

        let revision = stage.look(&citizen, "/renewal/revision").await.number("revision").to_string();
        let sent = stage.send(&citizen, "/renewal/sign", &[("revision", &revision)]).await;
        let back = stage.look(&sent.browser(&citizen), &eid.sign(sent.led_to())).await;
        assert_eq!(back.led_to(), "/renewal/receipt");
        let mut tx = stage.tx(&stage.home).await;
        let (_, signatures) = signed::with_signers(&mut tx, renewal).await.unwrap();
        let text = signatures[0].evidence.shown_text.replace('\u{a0}', " ");
        for said in ["1 400 kr", "Rätt belopp: 900 kr", "Varför: Fel hyra."] {
            assert!(text.contains(said), "{said}: {text}");
        }
        drop(tx);
        let opened = stage.page(&caseworker, &format!("/staff/renewals/{renewal}")).await;
        for text in ["1 400 kr", "I stället: 900 kr.", "Fel hyra.", "Petra skriver att"] {
            assert!(opened.contains(text), "{text}: {opened}");
        }
        assert!(
            opened.contains("I ansökan står att myndighetens uppgift inte stämmer."),
            "both are calculated: {opened}"
        );
        assert!(stage.page(&caseworker, "/staff/inbox").await.contains("En uppgift sägs vara fel"));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn it_follows_the_row_through_another_answer_and_is_told_of_when_that_has_none(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (citizen, person) = (&stage.home.citizen, stage.home.person);
        let draft = stage.begun(citizen).await;
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        add_answer(&mut tx, draft, person, fk, day(11, 20), &benefit(1_400)).await;
        tx.commit().await.unwrap();
        let row = first_row(&stage, citizen).await;
        stage.save(citizen, &row, &[("reason", "not-mine"), ("why", "Aldrig.")]).await;

        let mut tx = stage.tx(&stage.home).await;
        add_answer(&mut tx, draft, person, fk, day(11, 21), &benefit(1_400)).await;
        tx.commit().await.unwrap();
        let anew = first_row(&stage, citizen).await;
        assert_ne!(anew, row);
        for path in [&anew, &row] {
            let form = stage.page(citizen, path).await;
            assert!(form.contains("Aldrig.") && form.contains(&format!("action=\"{anew}\"")), "{path}: {form}");
        }
        assert!(stage.page(citizen, &anew).await.contains("Aldrig."));
        assert_eq!(stage.page(citizen, LIST).await.matches("Aldrig.").count(), 1);

        let mut tx = stage.tx(&stage.home).await;
        add_answer(&mut tx, draft, person, fk, day(11, 22), &benefit(1_500)).await;
        tx.commit().await.unwrap();
        let list = stage.page(citizen, LIST).await;
        assert!(list.contains("Finns inte i svaret nu") && !list.contains("Aldrig."), "{list}");
        let form = stage.page(citizen, &row).await;
        assert!(form.contains("Aldrig.") && form.contains("1 400 kr"), "nothing that was typed is lost: {form}");
        for _ in 0..2 {
            assert_eq!(stage.save(citizen, &row, &[("remove", "yes")]).await.led_to(), LIST);
        }
        assert!(!stage.page(citizen, LIST).await.contains("Finns inte i svaret nu"));
        // A window that was open before all that.
        assert_eq!(stage.save(citizen, &row, &[("reason", "other"), ("why", "Ändå.")]).await.led_to(), LIST);
        assert!(stage.page(citizen, LIST).await.contains("Finns inte i svaret nu"));
        assert!(stage.page(citizen, CHECK).await.contains("Finns inte i svaret nu"), "it is told before signing");
        assert!(stage.page(citizen, &row).await.contains("Ändå."));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn two_windows_lose_no_words(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        let draft = stage.begun(citizen).await;
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        add_answer(&mut tx, draft, stage.home.person, fk, day(11, 20), &benefit(1_400)).await;
        tx.commit().await.unwrap();
        let row = first_row(&stage, citizen).await;
        let said = |why| [("reason", "other"), ("why", why)];
        stage.save(citizen, &row, &said("Först.")).await;
        let stale = [&[("revision", "1")], &said("Sedan.")[..]].concat();
        assert_eq!(stage.send(citizen, &row, &stale).await.led_to(), row, "the page was stale");
        let form = stage.page(citizen, &row).await;
        assert!(form.contains("Sedan.") && form.contains("Först."), "both are shown: {form}");
        assert_eq!(stage.save(citizen, &row, &said("Sedan.")).await.led_to(), LIST);
        assert!(!stage.page(citizen, &row).await.contains("Först."));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_one_adult_says_of_their_own_rows_is_not_the_others_to_read(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let renewal = stage.written(&mira).await;
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        add_answer(&mut tx, renewal, couple.mira, fk, day(11, 20), &benefit(1_400)).await;
        tx.commit().await.unwrap();
        let said = |amount, why| [("reason", "different"), ("amount", amount), ("why", why)];
        let row = first_row(&stage, &mira).await;
        stage.save(&mira, &row, &said("600", "Miras ord.")).await;
        let revision = stage.look(&mira, "/renewal/revision").await.number("revision").to_string();
        let sent = stage.send(&mira, "/renewal/sign", &[("revision", &revision)]).await;
        stage.look(&sent.browser(&mira), &eid.sign(sent.led_to())).await;
        stage.send(&johan, "/renewal/apply", &[]).await;
        let mut tx = stage.tx(&stage.home).await;
        let row = answer_awaited(&mut tx, renewal, couple.johan, &benefit(1_400)).await;
        tx.commit().await.unwrap();
        stage.save(&johan, &row, &said("700", "Johans ord.")).await;
        let sent = stage.send(&johan, "/renewal/cosign/sign", &[]).await;
        let back = stage.look(&sent.browser(&johan), &eid.sign(sent.led_to())).await;
        assert_eq!(back.led_to(), "/renewal/receipt");

        let opened = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
        let mut tx = stage.tx(&stage.home).await;
        let reviewed = review(&mut tx, renewal).await;
        drop(tx);
        let made = reviewed.outcome.as_ref().unwrap();
        for (cookie, reader, own, others) in [
            (&mira, couple.mira, ("Miras ord.", 600), ("Johans ord.", 700)),
            (&johan, couple.johan, ("Johans ord.", 700), ("Miras ord.", 600)),
        ] {
            assert!(opened.contains(own.0), "{}: {opened}", own.0);
            let page = stage.page(cookie, &format!("/renewals/{renewal}/signed")).await;
            assert!(page.contains(own.0) && !page.contains(others.0), "{page}");
            let shown = reviewed.known.names().read_by(reader, couple.mira).calculation(&made.result);
            let told = |kronor| {
                let amount = Money::from_kronor(kronor);
                let text = Phrase::new("calculation-income-disputed").with("stated", amount);
                shown.lines.iter().filter(|line| line.rules.contains(&text)).count()
            };
            assert_eq!((told(own.1), told(others.1)), (1, 0), "a line of a decision");
        }
    }
}
