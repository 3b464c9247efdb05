//! `GET /renewals/{id}/proofs/{proof}` and `…/preview`: a file that the citizen has shown, and a small picture of it.

use domain::id::{ProofId, RenewalId};

use crate::case::proofs;
use crate::db::FilePart;
use crate::http::{Path, Problem, Reply, Visit, file};
use crate::session::policy::Reader;

/// The whole file.
pub(crate) async fn whole(visit: Visit<Reader>, Path((renewal, id)): Path<(RenewalId, ProofId)>) -> Reply {
    send(visit, renewal, id, FilePart::Whole).await
}

/// A small picture of it.
pub(crate) async fn preview(visit: Visit<Reader>, Path((renewal, id)): Path<(RenewalId, ProofId)>) -> Reply {
    send(visit, renewal, id, FilePart::Preview).await
}

async fn send(mut visit: Visit<Reader>, renewal: RenewalId, id: ProofId, part: FilePart) -> Reply {
    let tx = &mut visit.tx;
    let opened = proofs::open(tx, renewal, id, part).await?.ok_or(Problem::NotFound)?;
    visit.tx.commit().await?;
    file::send(opened.media, &opened.proof, opened.bytes)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
    use sqlx::PgPool;

    use crate::test_support::eid::TestEid;
    use crate::test_support::{Answered, Towns, audited, picture};

    const ADD: &str = "/renewal/expenses/add";
    const RENT: [(&str, &str); 4] = [("revision", "1"), ("kind", "rent"), ("amount", "6850"), ("month", "2026-12")];

    /// The addresses of the files on a page.
    fn addresses(page: &str) -> Vec<String> {
        let links = page.split("<a href=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0);
        links.filter(|address| address.contains("/proofs/")).map(str::to_owned).collect()
    }

    /// Sends an expense with these files, and gives the address of its form.
    async fn sent(stage: &Towns, cookie: &str, files: &[(&str, &str, &[u8])]) -> String {
        let answer = stage.send_files(cookie, ADD, &RENT, files).await;
        assert_eq!(answer.led_to(), "/renewal/expenses", "{}", answer.body);
        let list = stage.page(cookie, "/renewal/expenses").await;
        let (_, rest) = list.split_once("href=\"/renewal/expenses/").unwrap();
        format!("/renewal/expenses/{}", rest.split_once('"').unwrap().0)
    }

    async fn kept(stage: &Towns) -> [i64; 2] {
        [stage.count("select count(*) from proof").await, stage.count("select count(*) from proof_content").await]
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_file_stands_beside_what_it_is_proof_of_and_is_taken_away_again(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let picture = picture([200, 30, 30]);
        let form = sent(&stage, citizen, &[("proof", "hyres avi.png", &picture), ("proof", "", b"")]).await;
        assert!(stage.page(citizen, "/renewal/expenses").await.contains("Underlag: hyres avi.png"));
        assert!(stage.page(citizen, "/renewal/check").await.contains("Underlag: hyres avi.png"));
        let page = stage.page(citizen, &form).await;
        let files = addresses(&page);
        let [address] = &files[..] else { panic!("one file: {page}") };
        assert!(page.contains(&format!("src=\"{address}/preview\"")), "{page}");
        for (path, is_small) in [(address.clone(), false), (format!("{address}/preview"), true)] {
            let (headers, bytes) = stage.raw(&stage.home.host, citizen, &path, None).await;
            assert_eq!(headers[CONTENT_TYPE], "image/jpeg");
            assert_eq!(headers["x-content-type-options"], "nosniff");
            assert_eq!(headers[CONTENT_SECURITY_POLICY], "default-src 'none'; sandbox");
            let as_what = "attachment; filename=\"fil.jpg\"; filename*=UTF-8''hyres%20avi.jpg";
            assert_eq!(headers[CONTENT_DISPOSITION], as_what);
            assert!(bytes.starts_with(&[0xff, 0xd8, 0xff]), "a picture, small: {is_small}");
        }
        assert_eq!(kept(&stage).await, [1, 2]);

        let remove = page.split("name=\"remove-proof-").nth(1).unwrap().split_once('"').unwrap().0;
        let remove = format!("remove-proof-{remove}");
        let saved = stage.save(citizen, &form, &[&RENT[1..], &[(&*remove, "on")]].concat()).await;
        assert_eq!(saved.led_to(), "/renewal/expenses");
        assert!(!stage.page(citizen, "/renewal/expenses").await.contains("Underlag"));
        assert_eq!(stage.look(citizen, address).await.status, StatusCode::NOT_FOUND);
        assert_eq!(kept(&stage).await, [0, 0]);
        let mut tx = stage.tx(&stage.home).await;
        for (act, times) in [("added-proof", 1), ("saw-proof", 1), ("saw-proof-preview", 1), ("removed-proof", 1)] {
            assert_eq!(audited(&mut tx, act).await, times, "{act}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_wrong_file_is_refused_in_words_and_nothing_else_is_lost(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let (picture, large) = (picture([30, 200, 30]), vec![0xff; 16 << 20]);
        let files: [(&str, &str, &[u8]); 4] = [
            ("proof", "<b>avi.svg", b"<svg onload='alert(1)'/>"),
            ("proof", "avi.png", &picture),
            ("proof", "film.jpg", &large),
            ("proof", "tom.pdf", b""),
        ];
        let answer = stage.send_files(citizen, ADD, &[&RENT[..], &[("note", "Lägenheten")]].concat(), &files).await;
        let page = stage.page(citizen, answer.led_to()).await;
        for text in [
            "&lt;b&gt;avi.svg kan vi inte ta emot",
            "film.jpg är för stor",
            "tom.pdf är tom",
            "href=\"#proof\"",
            "Lägenheten",
            "value=\"6850\"",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert_eq!(addresses(&page).len(), 1, "the right one is there: {page}");
        let saved = stage.save(citizen, answer.led_to(), &RENT[1..]).await;
        assert_eq!(saved.led_to(), "/renewal/expenses", "what was refused is not in the way");
        assert!(!stage.page(citizen, answer.led_to()).await.contains("kan vi inte ta emot"));
        assert_eq!(kept(&stage).await[0], 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_same_form_sent_twice_shows_a_file_once_and_there_is_room_for_ten(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let first = picture([1, 1, 1]);
        let form = sent(&stage, citizen, &[("proof", "a.png", &first)]).await;
        let again = [&[("revision", "2")], &RENT[1..]].concat();
        let again = stage.send_files(citizen, &form, &again, &[("proof", "a.png", &first)]).await;
        assert_eq!(again.led_to(), "/renewal/expenses");
        assert_eq!(kept(&stage).await[0], 1);
        let many: Vec<_> = (2..=12).map(|shade| picture([shade * 20, 0, 0])).collect();
        let files: Vec<(&str, &str, &[u8])> = many.iter().map(|bytes| ("proof", "b.png", &**bytes)).collect();
        let full = stage.send_files(citizen, &form, &[&[("revision", "3")], &RENT[1..]].concat(), &files).await;
        assert_eq!(full.led_to(), form);
        assert!(stage.page(citizen, &form).await.contains("b.png fick inte plats"));
        assert_eq!(kept(&stage).await[0], 10);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_file_goes_with_what_it_is_proof_of(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let form = sent(&stage, citizen, &[("proof", "a.png", &picture([1, 2, 3]))]).await;
        stage.send(citizen, &format!("{form}/remove"), &[]).await;
        assert_eq!(kept(&stage).await, [0, 0]);
        sent(&stage, citizen, &[("proof", "a.png", &picture([1, 2, 3]))]).await;
        stage.send(citizen, "/renewal/withdraw", &[("part", "whole")]).await;
        assert_eq!(kept(&stage).await, [0, 0]);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_taken_over_leaves_the_files_of_the_first_behind(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        sent(&stage, &mira, &[("proof", "a.png", &picture([1, 2, 3]))]).await;
        stage.let_lie().await;
        assert_eq!(stage.send(&johan, "/renewal/take-over", &[]).await.led_to(), "/renewal");
        assert_eq!(kept(&stage).await, [0, 0]);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_file_is_opened_by_who_showed_it_and_by_staff_when_it_is_signed(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (_, [mira, johan]) = stage.couple().await;
        let renewal = stage.written(&mira).await;
        let form = sent_to(&stage, &mira, "Avin.png").await;
        let files = addresses(&stage.page(&mira, &form).await);
        let [address] = &files[..] else { panic!("one file") };
        let of_staff = format!("/staff{address}");
        let opens = async |cookie: &str, path: &str| {
            stage
                .raw(&stage.home.host, cookie, path, None)
                .await
                .0
                .get(CONTENT_TYPE)
                .is_some_and(|kind| kind == "image/jpeg")
        };
        assert!(opens(&mira, address).await);
        for cookie in [&johan, &stage.home.citizen] {
            assert_eq!(stage.look(cookie, address).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(stage.look(&stage.home.caseworker, &of_staff).await.status, StatusCode::NOT_FOUND, "not signed");
        let check = stage.page(&mira, "/renewal/check").await;
        assert!(check.contains("Avin.png"), "{check}");
        stage.save(&mira, "/renewal/expenses", &[("more", "no")]).await;
        let revision = stage.look(&mira, "/renewal/revision").await.number("revision").to_string();
        let sent = stage.send(&mira, "/renewal/sign", &[("revision", &revision)]).await;
        let back = stage.look(&sent.browser(&mira), &eid.sign(sent.led_to())).await;
        assert_eq!(back.led_to(), "/renewal/receipt");
        let signed = stage.page(&mira, &format!("/renewals/{renewal}/signed")).await;
        assert!(signed.contains("Hyra eller avgift för bostaden, 6 850 kr: Avin.png, Bild, 1 sida"), "{signed}");
        assert!(signed.contains(&format!("href=\"{address}\"")), "she opens it there: {signed}");
        let others = stage.page(&johan, &format!("/renewals/{renewal}/signed")).await;
        assert!(!others.contains("Avin.png"), "{others}");
        let opened = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
        assert!(opened.contains("bostaden, 6 850 kr, Mira") && opened.contains(&of_staff), "{opened}");
        assert!(opens(&stage.home.caseworker, &of_staff).await && opens(&mira, address).await);
        assert_eq!(stage.look(&johan, address).await.status, StatusCode::NOT_FOUND);
        assert!(!stage.page(&johan, "/renewal/cosign").await.contains("Avin.png"), "what she shows is hers");
        let other = renewal.0.as_u128() ^ 1;
        let elsewhere = of_staff.replace(&renewal.to_string(), &uuid::Uuid::from_u128(other).to_string());
        assert_eq!(stage.look(&stage.home.caseworker, &elsewhere).await.status, StatusCode::NOT_FOUND);
        let mut tx = stage.tx(&stage.home).await;
        let removed = sqlx::query("delete from proof").execute(tx.connection()).await.unwrap();
        assert_eq!(removed.rows_affected(), 0, "what was signed stays");
    }

    async fn sent_to(stage: &Towns, cookie: &str, name: &str) -> String {
        let revision = stage.look(cookie, "/renewal/revision").await.number("revision").to_string();
        let fields = [&[("revision", &*revision)], &RENT[1..]].concat();
        let answer: Answered = stage.send_files(cookie, ADD, &fields, &[("proof", name, &picture([9, 9, 9]))]).await;
        assert_eq!(answer.led_to(), "/renewal/expenses", "{}", answer.body);
        let list = stage.page(cookie, "/renewal/expenses").await;
        let at = list.find("Underlag: ").unwrap();
        let (_, rest) = list[at..].split_once("href=\"/renewal/expenses/").unwrap();
        format!("/renewal/expenses/{}", rest.split_once('"').unwrap().0)
    }
}
