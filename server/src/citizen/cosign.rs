//! `GET /renewal/cosign`: what the other adult has signed and what is the reader's own, to be signed too.

use app::citizen::cosign;
use app::citizen::model::{CoSign, OwnPart};
use app::model::{ShownSignatureState as Shown, SigningState};
use domain::renewal::Stage;
use domain::renewal::document::Canonical as _;
use domain::renewal::state::SignatureState;

use super::check::section_error;
use super::other_adult::Seen;
use super::own_part;
use super::sign_too::own_annex;
use super::signed::{Wording, shown};
use super::work::newest_submitted;
use crate::case::{answers, signed, signers};
use crate::db::{Action, DbError, Object};
use crate::http::{Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;
use crate::signing;

/// The document of the newest renewal as this person would sign it now, while they have not.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let renewal = newest_submitted(&renewals).ok_or_else(|| Problem::see_other("/home"))?;
    let signers = signers::of_renewal(tx, renewal.id()).await?;
    let own = signers.iter().find(|signer| signer.person == actor.person());
    // What is decided is signed no more: the receipt says so.
    if renewal.stage() == Stage::Decided || own.is_some_and(|signer| signer.state == SignatureState::Signed) {
        return Err(Problem::see_other("/renewal/receipt"));
    }
    let signing = match own {
        Some(own) if renewal.unused().is_some_and(|unused| own.sent.is_none_or(|sent| unused >= sent)) => {
            SigningState::NotUsed
        }
        Some(own) if own.was_interrupted() => SigningState::Interrupted,
        _ => SigningState::Ready,
    };
    tx.audit(Action::SawSignedDocument, Object::Renewal(renewal.id())).await?;
    let core = signed::core(tx, renewal.id()).await?.ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
    let asked = answers::newest(tx, renewal.id()).await?;
    let first = signers.iter().find(|signer| signer.person != actor.person());
    let seen = Seen::beside(tx, actor, first.map(|first| (first.person, first.name.called()))).await?;
    let own = own_part::judged(tx, here, actor, renewal)?;
    let said = own.as_ref().ok().cloned().unwrap_or_default();
    let annex = own_annex(actor, &core, &asked, &said, &here.service.swedish());
    let texts = &here.site.texts;
    let text = Wording {
        text: signing::text_to_sign(&core, &annex, &here.site.municipality.name, texts),
        language: texts.language().code().to_owned(),
        digest: core.digest()?.to_string(),
    };
    let document = shown(renewal, actor.person(), &signers, text)?;
    let applicant = document.signatures.iter().find(|signature| matches!(signature.state, Shown::Signed { .. }));
    let page = CoSign {
        applicant: applicant.map_or_else(String::new, |signature| signature.name.called().to_owned()),
        document,
        other: seen.other(renewal.month(), &asked),
        own: OwnPart {
            is_begun: renewal.own_part().is_some(),
            errors: own.err().unwrap_or_default().iter().map(section_error).collect(),
        },
        signing,
    };
    visit.page(cosign::page(page)).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::case::signers;
    use crate::test_support::{Statement, Towns};

    const PATH: &str = "/renewal/cosign";

    #[sqlx::test(migrations = "../migrations")]
    async fn the_other_adult_reads_what_both_sign_and_not_what_is_the_first_ones_own(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        for cookie in [&mira, &johan, &stage.home.citizen] {
            assert_eq!(stage.look(cookie, PATH).await.led_to(), "/home", "nothing has been signed");
        }
        let statement = Statement { message: Some("Bara till handläggaren."), ..Statement::ordinary() };
        stage.signed(couple.case, "2026-12", &statement).await;
        let page = stage.page(&johan, PATH).await;
        for text in ["Mira har skrivit under", "3 000 kr", "6 000 kr", "Avstå från att skriva under"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        for text in ["Bara till handläggaren.", "070-174 06 05"] {
            assert!(!page.contains(text), "{text}: {page}");
        }
        assert_eq!(stage.look(&mira, PATH).await.led_to(), "/renewal/receipt", "she has signed");
        assert_eq!(stage.look(&stage.home.citizen, PATH).await.led_to(), "/home", "another household");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_signature_that_was_interrupted_is_said_to_be(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [_, johan]) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        assert!(!stage.page(&johan, PATH).await.contains("Skriv under igen"));
        let mut tx = stage.tx(&stage.home).await;
        signers::note_sent(&mut tx, renewal, couple.johan).await.unwrap();
        tx.commit().await.unwrap();
        let page = stage.page(&johan, PATH).await;
        assert!(page.contains("Din underskrift blev inte klar") && page.contains("Skriv under igen"), "{page}");
    }
}
