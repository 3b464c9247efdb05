//! `POST /renewal/cosign/sign`: the co-applicant signs what the applicant signed.

use app::i18n::Texts;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use domain::renewal::document::{Annex, Core};
use domain::renewal::state::{Act, Refusal};
use domain::renewal::{OwnStatements, Stage};

use super::own_part;
use super::sign_renewal::{Ready, number_of, send, signer};
use super::work::{current_month, newest_submitted};
use crate::case::answers::Asked;
use crate::case::signed::{self, SignedError};
use crate::case::{answers, asking, household, signers, to_sign};
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::{Here, Problem, Visit};
use crate::session::own_renewal::{LockedRenewal, OwnRenewal};
use crate::session::policy::Citizen;
use crate::signing::{self, SigningError};

/// Why there is nothing for this person to co-sign.
#[derive(Debug, thiserror::Error)]
pub(super) enum CoSignError {
    /// Nothing has been signed that this person could sign too.
    #[error("there is nothing to co-sign")]
    Nothing,
    #[error("this person has signed already")]
    AlreadySigned,
    /// What they have begun to say of themselves is not whole: the page tells.
    #[error("one's own part is not ready to be signed")]
    OwnPart,
    /// What was signed cannot be read.
    #[error(transparent)]
    Signed(#[from] SignedError),
    /// The document for the co-applicant cannot be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<CoSignError> for Problem {
    fn from(error: CoSignError) -> Self {
        match error {
            CoSignError::Nothing => Self::see_other("/renewal"),
            CoSignError::AlreadySigned => Self::see_other("/renewal/receipt"),
            CoSignError::OwnPart => Self::see_other("/renewal/cosign"),
            CoSignError::Signed(error) => error.into(),
            CoSignError::Signing(error) => error.into(),
            CoSignError::Db(error) => error.into(),
        }
    }
}

/// The browser is sent to the eID with what is to be signed.
pub(crate) async fn act(mut visit: Visit<Citizen>, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    let ready = make_ready(&mut visit).await?;
    let Visit { here, actor, tx, .. } = visit;
    tx.commit().await?;
    send(&here, &actor, jar, ready).await
}

async fn make_ready(visit: &mut Visit<Citizen>) -> Result<Ready, CoSignError> {
    let Visit { here, actor, tx, .. } = visit;
    let sign = Act::Sign { role: actor.signs_as(), on: here.today() };
    let locked = lock(tx, here, actor, sign).await?;
    let own = own_part::judged(tx, here, actor, &locked)?.map_err(|_| CoSignError::OwnPart)?;
    let renewal = locked.id();
    let core = signed::core(tx, renewal).await?.ok_or(CoSignError::Nothing)?;
    let swedish = here.service.swedish();
    let annex = own_annex(actor, &core, &answers::newest(tx, renewal).await?, &own, &swedish);
    let proposal = signing::propose(&core, &annex, &signer(here, actor, &swedish))?;
    let signer = number_of(&household::members(tx, actor.case()).await?, actor)?;
    asking::apply(tx, renewal, actor.person()).await?;
    signers::note_sent(tx, renewal, actor.person()).await?;
    tx.audit(Action::BeganSigning, Object::Renewal(renewal)).await?;
    Ok(Ready { renewal, revision: None, own_revision: locked.own_part().map(|own| own.revision), signer, proposal })
}

/// What stands in the annex of whoever signs too, as it is now.
pub(super) fn own_annex(
    citizen: &Citizen,
    core: &Core,
    answers: &[Asked],
    own: &OwnStatements,
    swedish: &Texts,
) -> Annex {
    to_sign::annex(core, citizen.signs_as(), answers, own, swedish)
}

/// The submitted renewal of the month that the case is working with, locked, if this person may do this to it now.
pub(super) async fn lock(
    tx: &mut TenantTx,
    here: &Here,
    citizen: &Citizen,
    act: Act,
) -> Result<LockedRenewal, CoSignError> {
    let renewals = OwnRenewal::all(tx, citizen).await?;
    let current = current_month(&renewals, here);
    let is_current = |one: &&OwnRenewal| current.is_none_or(|current| one.month() >= current.previous());
    let newest = newest_submitted(&renewals).filter(is_current).ok_or(CoSignError::Nothing)?.clone();
    let renewal = newest.lock(tx, citizen).await?;
    let progress = signers::progress_of(tx, renewal.id()).await?;
    if progress.stage == Stage::Draft {
        return Err(CoSignError::Nothing);
    }
    match progress.after(act) {
        Ok(_) => Ok(renewal),
        Err(Refusal::AlreadySigned) => Err(CoSignError::AlreadySigned),
        Err(_) => Err(CoSignError::Nothing),
    }
}

#[cfg(test)]
mod tests {
    use domain::authority::Agency;
    use domain::form::PlainText;
    use domain::kind::IncomeKind;
    use domain::renewal::document::{AnswerFact, AuthorityFact};
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::eid::TestEid;
    use crate::test_support::{Statement, Towns, add_answer, add_source, audited, day, reported, stage_of};

    const PATH: &str = "/renewal/cosign/sign";

    #[sqlx::test(migrations = "../migrations")]
    async fn both_have_signed_the_same_and_each_keeps_what_is_their_own(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (couple, [_, johan]) = stage.couple().await;
        let statement = Statement { message: Some("Bara till handläggaren."), ..Statement::default() };
        let renewal = stage.signed(couple.case, "2026-12", &statement).await;
        let mut tx = stage.tx(&stage.home).await;
        let before = signed::core_digest(&mut tx, renewal).await.unwrap();
        stage.send(&johan, "/renewal/cosign/decline", &[]).await;

        let sent = stage.send(&johan, PATH, &[]).await;
        let back = stage.look(&sent.browser(&johan), &eid.sign(sent.led_to())).await;
        assert_eq!(back.led_to(), "/renewal/receipt");
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/renewal/receipt", "he has signed");
        assert_eq!(signed::core_digest(&mut tx, renewal).await.unwrap(), before);
        let (_, both) = signed::with_signers(&mut tx, renewal).await.unwrap();
        let his = both.iter().find(|one| one.person == couple.johan).unwrap();
        assert!(both.len() == 2 && his.message().is_none() && his.annex.phone.is_none());
        assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
        assert_eq!(stage.count("select count(*) from signer where state = 'signed'").await, 2);
        assert_eq!(audited(&mut tx, "signed").await, 1);
        let told = stage.page(&stage.home.caseworker, "/staff/notices").await;
        assert!(told.contains("Johan Nilsson har skrivit under ansökan för december"), "{told}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn each_annex_holds_what_was_fetched_about_its_signer_as_it_stood(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (couple, [_, johan]) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        for (person, kronor) in [(couple.mira, 1_400), (couple.johan, 2_300)] {
            let benefit = reported(IncomeKind::SicknessBenefit, kronor, day(11, 12));
            add_answer(&mut tx, renewal, person, fk, day(11, 24), &benefit).await;
        }
        tx.commit().await.unwrap();
        let sent = stage.send(&johan, PATH, &[]).await;
        stage.look(&sent.browser(&johan), &eid.sign(sent.led_to())).await;
        let mut tx = stage.tx(&stage.home).await;
        let (_, both) = signed::with_signers(&mut tx, renewal).await.unwrap();
        let his = both.iter().find(|one| one.person == couple.johan).unwrap();
        let [fact] = his.annex.authorities.as_deref().unwrap() else { panic!("one source was asked") };
        assert_eq!(fact.person, couple.johan);
        let text = his.evidence.shown_text.replace('\u{a0}', " ");
        assert!(text.contains("sickness-benefit, inkomst, 2 300 kr") && !text.contains("1 400 kr"), "{text}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_signed_in_an_older_form_is_signed_too_without_what_is_the_firsts(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (couple, [_, johan]) = stage.couple().await;
        let fact = |person, kronor| AuthorityFact {
            source: PlainText::new("Försäkringskassan"),
            person,
            fetched: None,
            answer: AnswerFact::from(&reported(IncomeKind::SicknessBenefit, kronor, day(11, 12))),
        };
        let in_core = Some(vec![fact(couple.mira, 1_400), fact(couple.johan, 2_300)]);
        let statement = Statement { in_core, ..Statement::default() };
        let renewal = stage.signed(couple.case, "2026-12", &statement).await;
        for path in ["/renewal/cosign", &format!("/renewals/{renewal}/signed")] {
            let page = stage.page(&johan, path).await;
            assert!(page.contains("2 300 kr") && !page.contains("1 400 kr"), "{path}: {page}");
        }
        let sent = stage.send(&johan, PATH, &[]).await;
        let back = stage.look(&sent.browser(&johan), &eid.sign(sent.led_to())).await;
        assert_eq!(back.led_to(), "/renewal/receipt");
        let mut tx = stage.tx(&stage.home).await;
        let (_, both) = signed::with_signers(&mut tx, renewal).await.unwrap();
        let his = both.iter().find(|one| one.person == couple.johan).unwrap();
        assert_eq!(his.annex.authorities, None, "the core has them");
        let text = his.evidence.shown_text.replace('\u{a0}', " ");
        assert!(text.contains("2 300 kr") && !text.contains("1 400 kr"), "{text}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nothing_is_sent_to_the_eid_that_is_not_there_to_sign_too(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        for cookie in [&johan, &stage.home.citizen] {
            assert_eq!(stage.send(cookie, PATH, &[]).await.led_to(), "/renewal", "nothing has been signed");
        }
        let renewal = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        assert_eq!(stage.send(&mira, PATH, &[]).await.led_to(), "/renewal/receipt", "she has signed");
        assert_eq!(stage.send(&stage.home.citizen, PATH, &[]).await.led_to(), "/renewal", "another household");
        stage.decided(renewal, "granted", "need-by-norm").await;
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/renewal", "it is decided");
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "began-signing").await, 0);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_waited_longer_than_a_month_is_not_signed_any_more(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [_, johan]) = stage.couple().await;
        stage.signed(couple.case, "2026-09", &Statement::default()).await;
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/renewal");
    }
}
