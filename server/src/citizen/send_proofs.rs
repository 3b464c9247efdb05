//! `POST /renewals/{id}/proofs`: what was to be shown later is shown.

use app::citizen::awaited_proofs as shown;
use app::model::{Phrase, file_problem};
use axum::http::StatusCode;
use domain::form::PlainText;
use domain::id::RenewalId;
use domain::renewal::proof::Proofs;

use super::awaited_proofs::{field, find, is_open, read};
use super::take_files::take_files;
use crate::case::awaited_proofs;
use crate::case::notices::{self, Cause, To};
use crate::case::proofs;
use crate::http::{Files, Path, Reply, Visit};
use crate::session::policy::Citizen;

/// Each file is kept beside what it is proof of, and what has come is awaited no more. The caseworker is told.
pub(crate) async fn act(mut visit: Visit<Citizen>, Path(id): Path<RenewalId>, files: Files) -> Reply {
    let renewal = find(&mut visit, id).await?.lock(&mut visit.tx, &visit.actor).await?;
    is_open(&renewal)?;
    let (person, case) = (visit.actor.person(), visit.actor.case());
    let awaited = awaited_proofs::of_signer(&mut visit.tx, id, person).await?;
    let (mut there, mut refused, mut has_taken) = (Vec::new(), Vec::new(), false);
    let shown = proofs::of_signer(&mut visit.tx, id, person).await?;
    for one in &awaited {
        let own = shown.iter().filter(|kept| kept.proof.of == one.of).map(|kept| kept.proof.clone());
        let mut beside = Proofs { shown: own.collect(), later: Vec::new() };
        let files = (&files, &*field(one.of));
        let taken = take_files(&mut visit.tx, (id, person), one.of, files, &mut beside).await?;
        has_taken |= taken.any;
        // Where something was not taken there may be more to come.
        if taken.any && taken.refused.is_empty() {
            there.push(one.of);
        }
        let why = |(name, problem): (PlainText, _)| (one.of, file_problem(name.as_str(), problem));
        refused.extend(taken.refused.into_iter().map(why));
    }
    if !has_taken && refused.is_empty() {
        let first = awaited.first().map(|one| (one.of, Phrase::new("error-proof-missing")));
        refused.extend(first);
    }
    if !there.is_empty() {
        awaited_proofs::came(&mut visit.tx, id, person, &there).await?;
    }
    if has_taken {
        notices::insert(&mut visit.tx, case, Cause::ProofCame(id), To::Responsible).await?;
    }
    if !refused.is_empty() {
        let page = read(&mut visit, &renewal, &refused).await?;
        return visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, shown::page(page)).await;
    }
    visit.see_other("/home").await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::eid::TestEid;
    use crate::test_support::{Towns, picture};

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_sent_later_is_awaited_until_it_has_come(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (_, [mira, johan]) = stage.couple().await;
        let renewal = stage.written(&mira).await;
        for (kind, amount) in [("rent", "6850"), ("electricity", "412")] {
            let fields = [("kind", kind), ("amount", amount), ("month", "2026-12"), ("later", "on")];
            assert_eq!(stage.save(&mira, "/renewal/expenses/add", &fields).await.led_to(), "/renewal/expenses");
        }
        assert!(stage.page(&mira, "/renewal/check").await.contains("Underlag skickas senare"));
        stage.save(&mira, "/renewal/expenses", &[("more", "no")]).await;
        let revision = stage.look(&mira, "/renewal/revision").await.number("revision").to_string();
        let sent = stage.send(&mira, "/renewal/sign", &[("revision", &revision)]).await;
        let back = stage.look(&sent.browser(&mira), &eid.sign(sent.led_to())).await;
        assert_eq!(back.led_to(), "/renewal/receipt");

        let path = format!("/renewals/{renewal}/proofs");
        let home = stage.page(&mira, "/home").await;
        assert!(home.contains("senast 8 december") && home.contains(&path), "{home}");
        assert!(!stage.page(&johan, "/home").await.contains("Skicka underlag"), "it is hers to send");
        assert_eq!(stage.look(&johan, &path).await.led_to(), "/home");
        assert_eq!(stage.look(&stage.home.citizen, &path).await.status, StatusCode::NOT_FOUND);
        let opened = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
        assert_eq!(opened.matches("Skickas senare").count(), 2, "{opened}");

        let page = stage.page(&mira, &path).await;
        let fields: Vec<_> =
            page.split("type=\"file\" id=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
        let [first, second] = fields[..] else { panic!("two: {page}") };
        let none = stage.send_files(&mira, &path, &[], &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.body.contains("Välj minst en fil."), "{}", none.body);
        let (picture2, picture) = (picture([8, 8, 8]), picture([9, 9, 9]));
        let files: [(&str, &str, &[u8]); 2] = [(first, "avi.png", &picture), (second, "anteckning.txt", b"hej")];
        let half = stage.send_files(&mira, &path, &[], &files).await;
        assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(half.body.contains("anteckning.txt kan vi inte ta emot"), "{}", half.body);
        assert!(half.body.contains("Har kommit. Du kan skicka mer tills beslutet är fattat."), "{}", half.body);
        let rest = stage.send_files(&mira, &path, &[], &[(second, "el.png", &picture)]).await;
        assert_eq!(rest.led_to(), "/home");
        assert!(!stage.page(&mira, "/home").await.contains("Skicka underlag"));
        let more = stage.send_files(&mira, &path, &[], &[(first, "sida 2.png", &picture2)]).await;
        assert_eq!(more.led_to(), "/home", "a second page comes after the first");

        let opened = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
        assert!(["avi.png", "el.png", "sida 2.png"].iter().all(|name| opened.contains(name)), "{opened}");
        assert!(!opened.contains("Skickas senare"), "{opened}");
        let notices = stage.page(&stage.home.caseworker, "/staff/notices").await;
        assert_eq!(notices.matches("Underlag har kommit").count(), 3, "{notices}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nothing_is_sent_after_the_decision_or_of_what_is_not_awaited(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let citizen = stage.home.citizen.clone();
        let renewal = stage.written(&citizen).await;
        let ill = stage.page(&citizen, "/renewal/activity").await;
        let (before, _) = ill.split_once("\" value=\"sick-leave\"").unwrap();
        let id = &before[before.len() - 36..];
        let told = [("kind", "sick-leave"), ("from", "3/11"), ("to", "14/11"), ("extent", "full"), ("choice", "later")];
        let told: Vec<_> = told.map(|(field, text)| (format!("{field}-{id}"), text)).into();
        let fields: Vec<_> =
            told.iter().map(|(field, text)| (&**field, *text)).chain([("activity", "as-planned")]).collect();
        stage.save(&citizen, "/renewal/activity", &fields).await;
        let revision = stage.look(&citizen, "/renewal/revision").await.number("revision").to_string();
        let sent = stage.send(&citizen, "/renewal/sign", &[("revision", &revision)]).await;
        let back = stage.look(&sent.browser(&citizen), &eid.sign(sent.led_to())).await;
        assert_eq!(back.led_to(), "/renewal/receipt");
        let path = format!("/renewals/{renewal}/proofs");
        let page = stage.page(&citizen, &path).await;
        assert!(page.contains("Sjukskrivning 3 november 2026 till 14 november 2026"), "{page}");
        let stray = stage.send_files(&citizen, &path, &[], &[("proof-0", "a.png", &picture([1, 1, 1]))]).await;
        assert_eq!(stray.status, StatusCode::UNPROCESSABLE_ENTITY, "it is proof of nothing");
        assert_eq!(stage.count("select count(*) from proof").await, 0);
        stage.decided(renewal, "granted", "need-by-norm").await;
        assert!(!stage.page(&citizen, "/home").await.contains("Skicka underlag"));
        let late =
            stage.send_files(&citizen, &path, &[], &[(&*format!("proof-{id}"), "a.png", &picture([1, 1, 1]))]).await;
        assert_eq!(late.led_to(), "/home");
        assert_eq!(stage.count("select count(*) from proof").await, 0);
    }
}
