//! `/apart`: one of the two adults of a case says that they have moved apart, after a question. Neither sees anything new of the other from
//! then on.

use app::citizen::model::MoveApart;
use app::citizen::move_apart;
use domain::id::{CaseId, MessageId, PersonId};
use domain::message::MessageSubject;
use domain::renewal::Stage;
use domain::renewal::state::{SignatureState, SignerRole};
use uuid::Uuid;

use super::send_message;
use super::withdraw::take_back;
use crate::case::{household, separations};
use crate::db::{Action, DbError, Object, TenantTx, query, query_scalar};
use crate::http::{Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

/// `GET`: the question before it. Who is alone in their case has nobody to move apart from.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let members = household::members(tx, actor.case()).await?;
    let other = members.iter().find(|one| one.signs_as.is_some() && one.person != actor.person());
    let question = MoveApart {
        other: other.ok_or_else(|| Problem::see_other("/home"))?.name.called().to_owned(),
        stays: actor.signs_as() == SignerRole::Applicant,
        contact: here.site.municipality.contact.clone(),
    };
    tx.audit(Action::SawHome, Object::Case(actor.case())).await?;
    visit.page(move_apart::page(question)).await
}

/// `POST`: the case is the applicant's, and the other's part in it ends now. Pressed twice, or by both, it is said once.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let (case, person) = (actor.case(), actor.person());
    let left = query_scalar!("select leave_household($1, $2)", case, here.today()).fetch_one(tx.connection()).await?;
    if let Some(left) = left.map(PersonId) {
        take_back_begun(tx, actor, left).await?;
        wait_no_more(tx, case, left).await?;
        let message = MessageId(Uuid::now_v7());
        let words = here.service.swedish().get("apart-message");
        send_message::send(tx, case, person, message, MessageSubject::MovedApart, &words).await?;
        separations::insert(tx, case, person, left, message).await?;
        tx.audit(Action::MovedApart, Object::Case(case)).await?;
    }
    visit.see_other("/home").await
}

/// What the one who leaves has begun and nobody has signed. What the other has begun is theirs still.
async fn take_back_begun(tx: &mut TenantTx, citizen: &Citizen, left: PersonId) -> Result<(), DbError> {
    let renewals = OwnRenewal::all(tx, citizen).await?;
    let is_theirs = |one: &OwnRenewal| one.stage() == Stage::Draft && one.begun_by() == left;
    let Some(begun) = renewals.into_iter().find(is_theirs) else { return Ok(()) };
    let locked = begun.lock(tx, citizen).await?;
    // It may have been signed or taken back since it was found.
    if locked.stage() == Stage::Draft {
        take_back(tx, &locked, citizen).await?;
        tx.audit(Action::Withdrew, Object::Renewal(locked.id())).await?;
    }
    Ok(())
}

/// Nobody waits for the signature of the one who leaves; what they have signed they have signed.
async fn wait_no_more(tx: &mut TenantTx, case: CaseId, left: PersonId) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        r#"
        update signer s set state = $4, changed_at = $5
          from renewal r
         where (r.municipality_id, r.id) = (s.municipality_id, s.renewal_id)
           and s.municipality_id = $1 and r.case_id = $2 and s.person_id = $3 and s.state <> 'signed'
           and r.state in ('draft', 'submitted', 'under-review', 'completion-requested')
        "#,
        municipality,
        case,
        left,
        SignatureState::Left,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use domain::kind::IncomeKind;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, add_answer, add_source, audited, day, reported};

    const PATH: &str = "/apart";

    #[sqlx::test(migrations = "../migrations")]
    async fn neither_sees_anything_new_of_the_other_from_then_on_whoever_says_it(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, cookies) = stage.couple().await;
        let [mira, johan] = &cookies;
        let shared = stage.signed(couple.case, "2026-11", &Statement::default()).await;
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        let benefit = reported(IncomeKind::SicknessBenefit, 2_300, day(10, 12));
        add_answer(&mut tx, shared, couple.johan, fk, day(10, 18), &benefit).await;
        tx.commit().await.unwrap();
        let decision = stage.decided(shared, "granted", "need-by-norm").await;
        for cookie in &cookies {
            assert!(stage.page(cookie, "/home").await.contains("Vi har flyttat isär"));
        }
        let (hers, his) = (stage.page(mira, PATH).await, stage.page(johan, PATH).await);
        assert!(hers.contains("Du har kvar ditt ärende") && hers.contains("Johan ser det vid nästa"), "{hers}");
        assert!(his.contains("Ärendet är Miras.") && his.contains("0123-45 67 89"), "{his}");
        for _ in 0..2 {
            assert_eq!(stage.send(johan, PATH, &[]).await.led_to(), "/home");
        }
        // She applies for herself, and is decided about for herself.
        stage.begun(mira).await;
        let household = stage.page(mira, "/renewal/household").await;
        assert!(household.contains("Elsa") && !household.contains("Johan"), "{household}");
        stage.send(mira, "/renewal/withdraw", &[("part", "whole")]).await;
        let own = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        let new = stage.decided(own, "granted", "need-by-norm").await;
        let his = stage.page(johan, "/home").await;
        assert!(his.contains("Du är inte med i ärende 2026-2 sedan 24 november 2026."), "{his}");
        assert!(his.contains("Du har sagt att ni har flyttat isär.") && !his.contains("december"), "{his}");
        assert!(stage.page(johan, &format!("/decisions/{decision}")).await.contains("2026-2"));
        let calculation = stage.page(johan, &format!("/decisions/{decision}/calculation")).await;
        assert!(calculation.contains("Elsa"), "as it was decided: {calculation}");
        for path in
            [format!("/decisions/{new}"), format!("/decisions/{new}/calculation"), format!("/renewals/{own}/signed")]
        {
            assert_eq!(stage.look(johan, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["/payouts", "/decisions", "/messages", "/openings"] {
            assert!(!stage.page(johan, path).await.contains("december"), "{path}");
        }
        for path in ["/renewal", PATH] {
            assert_eq!(stage.look(johan, path).await.led_to(), "/home");
        }
        let hers = stage.page(mira, "/home").await;
        assert!(!hers.contains("Johan") && !hers.contains("Vi har flyttat isär"), "{hers}");
        assert_eq!(stage.look(mira, PATH).await.led_to(), "/home", "nobody is there to move apart from");
        let opened = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{shared}")).await;
        let (before, answers) = opened.split_once("Myndigheternas svar").unwrap();
        assert_eq!(
            before.matches("rehabiliteringspenning, Johan Nilsson").count(),
            2,
            "compared and counted: {before}"
        );
        assert!(answers.contains("Johan Nilsson") && answers.contains("2 300 kr"), "{answers}");
        let told = stage.page(&stage.home.caseworker, "/staff/notices").await;
        assert_eq!(told.matches("Vi har flyttat isär").count(), 1, "{told}");
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "moved-apart").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_the_one_who_leaves_has_begun_is_taken_back_and_nobody_waits_for_them(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let signed = stage.signed(couple.case, "2026-11", &Statement::ordinary()).await;
        stage.begun(&johan).await;
        assert_eq!(stage.send(&mira, PATH, &[]).await.led_to(), "/home");
        let hers = stage.page(&mira, "/home").await;
        assert!(hers.contains("Ansök för december") && hers.contains("är ditt ärende inte längre gemensamt"), "{hers}");
        assert!(hers.contains("Johan är inte med i ansökan längre."), "{hers}");
        let his = stage.page(&johan, "/home").await;
        assert!(his.contains("Den du sökte tillsammans med har sagt"), "{his}");
        assert_eq!(stage.look(&johan, &format!("/renewals/{signed}/signed")).await.status, StatusCode::NOT_FOUND);
        let opened = stage.page(&stage.home.caseworker, &format!("/staff/renewals/{signed}")).await;
        assert!(opened.contains("Johan har lämnat hushållet och skriver inte under."), "{opened}");
        assert!(opened.contains("Beräkningen är gjord utan Johan Nilsson."), "{opened}");
        assert_eq!(
            stage.count("select count(*) from signer where state = 'left'").await,
            1,
            "what is taken back waits for nobody"
        );
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_the_one_who_stays_has_begun_is_theirs_still(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        stage.save(&mira, "/renewal/message", &[("message", "Mitt eget.")]).await;
        stage.send(&johan, PATH, &[]).await;
        assert!(stage.page(&mira, "/renewal/message").await.contains("Mitt eget."));
        let check = stage.page(&mira, "/renewal/check").await;
        assert!(!check.contains("Johan"), "{check}");
        assert_eq!(stage.look(&johan, "/renewal/cosign").await.led_to(), "/home");
    }
}
