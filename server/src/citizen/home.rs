//! `GET /home`: the one next step, how the latest renewal goes, payouts.

use app::citizen::home;
use app::citizen::model::{Applying, AwaitedBrief, Home, NextStep, OpenMonth, RenewalProgress, Told};
use app::model::{Payout, PayoutState, Signature};
use domain::NormMonth;
use domain::renewal::Stage;
use domain::renewal::state::SignatureState;
use domain::renewal::window::Offer;
use jiff::{SignedDuration, Timestamp};

use super::past;
use super::work::{current_month, newest_submitted, offer, to_take_over};
use crate::case::signers::{self, Signer};
use crate::case::{decisions, head, other_adult_rule, payouts};
use crate::db::{Action, DbError, TenantTx, Vault};
use crate::http::{Here, Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::{Citizen, Reader};

/// How many payouts that were made the home page shows.
const MADE_SHOWN: u8 = 3;

/// How long it is told that the two adults have moved apart.
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(60 * 24);

/// The page that everything leads back to; for who has no ongoing case, the one that leads to what they had.
pub(crate) async fn page(mut visit: Visit<Reader>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let page = match actor.citizen() {
        Some(citizen) => home::page(read(here, &citizen, tx).await?),
        None => app::citizen::past::page(past::read(here, tx).await?),
    };
    tx.audit(Action::SawHome, actor.object()).await?;
    visit.page(page).await
}

async fn read(here: &Here, actor: &Citizen, tx: &mut TenantTx) -> Result<Home, Problem> {
    let (renewals, withdrawn) = OwnRenewal::all_and_withdrawn(tx, actor).await?;
    let head = head::of_case(tx, actor.case()).await?;
    let newest = newest_submitted(&renewals);
    let signers = match newest {
        Some(renewal) => signers::of_renewal(tx, renewal.id()).await?,
        None => Vec::new(),
    };
    let decision = newest.and_then(OwnRenewal::decision).map(|decision| decision.id);
    let payouts = payouts::recent(tx, decision, MADE_SHOWN.into()).await?;
    let (planned, past) = payouts::split(payouts);
    let progress = match newest {
        Some(renewal) => Some(progress(here, actor, renewal, &signers, planned.iter().chain(&past))?),
        None => None,
    };
    // Asked only where a page says what the other would see.
    let is_asked = to_take_over(&renewals, actor, here).is_some_and(|(draft, _)| !draft.applies());
    let shows_sum = is_asked && other_adult_rule::in_force(tx).await?.ground().is_some();
    let vault = tx.vault();
    Ok(Home {
        person: actor.name(),
        caseworker: head.caseworker(),
        case_number: head.number,
        is_shared: head.is_shared,
        apart: head.apart_since.filter(|since| is_news(here, newest, *since)).map(|since| here.local(since).date()),
        told: told(here, &vault, actor, &renewals, &withdrawn)?,
        awaited: awaited(&renewals),
        next: next_step(here, &vault, actor, &renewals, &signers, shows_sum)?,
        progress,
        planned,
        made: past.into_iter().take(MADE_SHOWN.into()).collect(),
    })
}

/// The proof that is to be sent still, of the renewal with the nearest day.
fn awaited(renewals: &[OwnRenewal]) -> Option<AwaitedBrief> {
    let open = renewals.iter().filter(|renewal| renewal.stage() != Stage::Decided);
    let brief = |one: &OwnRenewal| Some(AwaitedBrief { renewal: one.id(), month: one.month(), due: one.proof_due()? });
    open.filter_map(brief).min_by_key(|brief| brief.due)
}

/// The one thing to do: finish a draft, sign what the other has signed, apply for the open month, or wait.
fn next_step(
    here: &Here,
    vault: &Vault,
    citizen: &Citizen,
    renewals: &[OwnRenewal],
    signers: &[Signer],
    shows_sum: bool,
) -> Result<NextStep, Problem> {
    let own_draft = renewals.iter().find(|one| one.stage() == Stage::Draft && one.begun_by() == citizen.person());
    if let Some((renewal, draft)) = own_draft.and_then(|one| Some((one, one.draft()?))) {
        let month = renewal.month();
        let window = OpenMonth { month, until: here.site.municipality.until(month, here.today()) };
        return Ok(NextStep::Continue { window, saved: here.local(draft.saved) });
    }
    if let Some(step) = others_draft(here, vault, citizen, renewals, shows_sum)? {
        return Ok(step);
    }
    if let Some(step) = newest_submitted(renewals).and_then(|renewal| co_signature(citizen, renewal, signers)) {
        return Ok(step);
    }
    Ok(match offer(renewals, here) {
        Some(Offer::Renew { month, until, .. }) => {
            NextStep::Begin { window: OpenMonth { month, until }, previous: renewals.first().map(OwnRenewal::month) }
        }
        Some(Offer::Wait { month, opens }) => NextStep::Wait { month, opens },
        None => {
            let month = NormMonth::of(here.today())?.next().next();
            NextStep::Wait { month, opens: here.site.municipality.window.opens(month) }
        }
    })
}

/// What the other has begun and not signed.
fn others_draft(
    here: &Here,
    vault: &Vault,
    citizen: &Citizen,
    renewals: &[OwnRenewal],
    shows_sum: bool,
) -> Result<Option<NextStep>, DbError> {
    let Some((draft, taking_over)) = to_take_over(renewals, citizen, here) else { return Ok(None) };
    let month = draft.month();
    Ok(Some(NextStep::OtherBegan {
        window: OpenMonth { month, until: here.site.municipality.until(month, here.today()) },
        other: draft.begun_by_name(vault)?,
        applying: match (draft.applies(), draft.own_part()) {
            (_, Some(_)) => Applying::Writing,
            (true, None) => Applying::Said,
            (false, None) => Applying::NotSaid,
        },
        shows_sum,
        taking_over,
    }))
}

/// What the other has done with what was begun for the month that can be applied for, until something newer is.
fn told(
    here: &Here,
    vault: &Vault,
    citizen: &Citizen,
    renewals: &[OwnRenewal],
    withdrawn: &[OwnRenewal],
) -> Result<Option<Told>, DbError> {
    let Some((current, last)) = current_month(renewals, here)
        .and_then(|current| Some((current, withdrawn.iter().find(|one| one.month() == current)?)))
    else {
        return Ok(None);
    };
    let Some(by_other) = last.withdrawn().filter(|withdrawn| withdrawn.by != citizen.person()) else { return Ok(None) };
    let took_over = last.begun_by() == citizen.person();
    // What has come since speaks for itself.
    let now = renewals.iter().find(|one| one.month() == current);
    let is_news = match now {
        Some(now) => took_over && now.stage() == Stage::Draft && now.begun_by() == by_other.by,
        None => true,
    };
    if !is_news {
        return Ok(None);
    }
    Ok(Some(Told { name: by_other.called(vault)?, month: current, at: here.local(by_other.at), took_over }))
}

/// That the two adults have moved apart is told until something has been sent since, for two months at most.
fn is_news(here: &Here, newest: Option<&OwnRenewal>, since: Timestamp) -> bool {
    let sent = newest.and_then(OwnRenewal::arrived);
    sent.is_none_or(|sent| sent < since) && here.service.clock.business() < since + TOLD_FOR
}

/// Whether the other has signed and this person's signature is awaited.
fn co_signature(citizen: &Citizen, renewal: &OwnRenewal, signers: &[Signer]) -> Option<NextStep> {
    let own = signers.iter().find(|signer| signer.person == citizen.person())?;
    if renewal.stage() == Stage::Decided || own.state != SignatureState::Awaited {
        return None;
    }
    let other = signers.iter().find(|signer| signer.person != citizen.person());
    let applicant = other.map_or_else(String::new, |signer| signer.name.called().to_owned());
    Some(NextStep::CoSign { month: renewal.month(), applicant })
}

fn progress<'p>(
    here: &Here,
    citizen: &Citizen,
    renewal: &OwnRenewal,
    signers: &[Signer],
    mut payouts: impl Iterator<Item = &'p Payout>,
) -> Result<RenewalProgress, DbError> {
    let arrived = renewal.arrived().ok_or(DbError::Inconsistent { column: "renewal.submitted_at" })?;
    let decision = renewal.decision();
    let payout = decision.and_then(|decision| payouts.find(|payout| payout.decision == decision.id));
    let signatures: Vec<Signature> = signers.iter().map(|signer| signer.shown(Some(citizen.person()))).collect();
    Ok(RenewalProgress {
        renewal: renewal.id(),
        month: renewal.month(),
        received: here.local(arrived),
        signatures,
        decision: decision.map(decisions::own_brief),
        payout: payout.map(|payout: &Payout| -> (PayoutState, _) { (payout.state, payout.pay_date) }),
    })
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Statement, Towns, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn the_next_step_is_each_adults_own(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let begin = "Ansök för december";
        for cookie in [&mira, &johan] {
            assert!(stage.page(cookie, "/home").await.contains(begin));
        }
        let draft = stage.begun(&mira).await;
        let (hers, his) = (stage.page(&mira, "/home").await, stage.page(&johan, "/home").await);
        assert!(hers.contains("Fortsätt din ansökan för december") && !hers.contains(begin), "{hers}");
        assert!(!his.contains("Fortsätt din ansökan") && !his.contains(begin), "he cannot work in her draft: {his}");
        assert!(his.contains("Mira har börjat ansökan för december") && his.contains("Jag söker också"), "{his}");
        stage.send(&johan, "/renewal/apply", &[]).await;
        let his = stage.page(&johan, "/home").await;
        assert!(
            his.contains("Du söker också, och kan skriva det som är ditt") && !his.contains("Jag söker också"),
            "{his}"
        );

        let mut tx = stage.tx(&stage.home).await;
        sqlx::query("update renewal set state = 'withdrawn' where id = $1")
            .bind(draft.0)
            .execute(tx.connection())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        stage.signed(couple.case, "2026-11", &Statement::default()).await;
        let cosign = "Skriv under ansökan för november";
        let (hers, his) = (stage.page(&mira, "/home").await, stage.page(&johan, "/home").await);
        assert!(his.contains(cosign) && his.contains("Mira har skrivit under. Nu är det din tur"), "{his}");
        assert!(!hers.contains(cosign) && hers.contains("Johan har inte skrivit under"), "{hers}");
        stage.send(&johan, "/renewal/cosign/decline", &[]).await;
        assert!(!stage.page(&johan, "/home").await.contains(cosign), "who has declined is not asked again");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn how_it_goes_and_what_is_paid_is_told_to_both_adults_and_to_no_other_household(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let (couple, [mira, johan]) = stage.couple().await;
        let statement = Statement::ordinary();
        let renewal = stage.signed(couple.case, "2026-12", &statement).await;
        assert!(stage.page(&johan, "/home").await.contains("En handläggare går igenom den"));
        let decision = stage.decided(renewal, "granted", "need-by-norm").await;
        for cookie in [&mira, &johan] {
            let page = stage.page(cookie, "/home").await;
            for text in ["Beslut: bifall", "Planerad utbetalning", "27 november", "Din handläggare är sara."] {
                assert!(page.contains(text), "{text}: {page}");
            }
            assert!(page.contains(&format!("/decisions/{decision}")));
        }
        for (host, cookie) in [(&home.host, &home.citizen), (&away.host, &away.citizen)] {
            let page = stage.get(host, cookie, "/home").await.body;
            assert!(page.contains("Du har inga utbetalningar än.") && !page.contains("/decisions/"), "{page}");
        }
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "saw-home").await, 4);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn only_the_latest_payouts_that_were_made_are_shown(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        for month in ["2026-09", "2026-10", "2026-11", "2026-12"] {
            let renewal = stage.signed(home.case, month, &Statement::default()).await;
            stage.decided(renewal, "granted", "need-by-norm").await;
        }
        let mut tx = stage.tx(home).await;
        sqlx::query("update payout set state = 'paid'").execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
        let page = stage.page(&home.citizen, "/home").await;
        let made = page.split_once("Utförda utbetalningar").unwrap().1;
        assert_eq!(made.matches(">Beräkning<").count(), usize::from(MADE_SHOWN), "{made}");
        assert!(!page.contains("Planerad utbetalning"), "{page}");
    }
}
