//! `GET /staff/renewals/{id}`: one renewal, opened. Who looks is noted; nothing else changes.

use app::caseworker::model::{OpenedRenewal, SecondText, SignersWord};
use app::caseworker::opened;
use app::model::{CalculationOutcome, Phrase, Signature, SignedDocument};
use domain::form::PlainText;
use domain::id::RenewalId;
use domain::norm::NormCalculation;
use domain::renewal::document::Core;

use super::comparison::{self, Compared, Now, Previous};
use super::findings::Facts;
use super::history::{self, HistoryFacts};
use super::{head, message, proof};
use crate::case::answers::{self, Asked};
use crate::case::calculation::{self, Names, Review};
use crate::case::decisions::{self, Decided};
use crate::case::household::{self, HouseholdMember};
use crate::case::messages;
use crate::case::payouts;
use crate::case::renewal::{self, CaseRenewal};
use crate::case::signed::{self, Signed, SignedFacts};
use crate::case::signers::Signer;
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// How many messages of the case are shown.
const MESSAGES: i64 = 20;

/// Everything that is known of it, side by side.
pub(crate) async fn page(mut visit: Visit<Caseworker>, Path(id): Path<RenewalId>) -> Reply {
    let renewal = renewal::find(&mut visit.tx, id).await?.ok_or(Problem::NotFound)?;
    let opened = read(&mut visit, &renewal).await?;
    visit.tx.audit(Action::OpenedRenewal, Object::Renewal(id)).await?;
    visit.page(opened::page(opened)).await
}

async fn read(visit: &mut Visit<Caseworker>, renewal: &CaseRenewal) -> Result<OpenedRenewal, Problem> {
    let Visit { here, tx, .. } = visit;
    let known = Known::read(tx, renewal).await?;
    let (members, asked) = (known.basis.members(), known.basis.asked());
    let compared = known.compared(renewal.month);
    let (signers, signed) = signed::with_signers(tx, renewal.id).await?;
    let messages = messages::of_case(tx, renewal.case, MESSAGES).await?;
    let openings = history::openings(here, tx, renewal.id).await?;
    let decided = known.basis.decided();
    let head = head::of_renewal(here, renewal, members, &signers, decided.map(|(decided, _)| decided))?;
    let facts = Facts {
        members,
        asked,
        compared: &compared,
        has_previous: known.previous.is_some(),
        signatures: &head.signatures,
        signed: known.basis.signed(),
        has_message: signed.iter().any(|one| one.message().is_some()),
        result: known.basis.result(),
        payee_is_signed: known.basis.core().pays_to(&renewal.payout),
    };
    let facts_of_history = HistoryFacts { members, asked, signers: &signers, messages: &messages, decided };
    let in_order = in_order(&signers, &signed);
    Ok(OpenedRenewal {
        revision: u32::try_from(renewal.draft_revision).unwrap_or_default(),
        questions: if decided.is_none() { facts.questions() } else { Vec::new() },
        comparison: compared
            .iter()
            .map(|one| {
                one.row(|person| household::called(members, known.basis.core(), person), known.previous.is_some())
            })
            .collect(),
        previous: known.previous.as_ref().map_or_else(|| renewal.month.previous(), |previous| previous.month),
        people: answers::of_signers(here, members, known.basis.signed(), asked),
        members: members.iter().map(HouseholdMember::shown).collect(),
        household_changes: household::changes(members, known.basis.core()),
        household_change: known.basis.core().household_statement.in_words().map(|text| text.as_str().to_owned()),
        signers: in_order.iter().map(|(signer, signed)| words(signer, signed)).collect(),
        proofs: proof::groups(&in_order, known.basis.core()),
        calculation: known.basis.shown(),
        payout: payouts::method(&renewal.payout),
        history: history::of_renewal(here, renewal, &facts_of_history, openings),
        document: document(renewal, head.signatures.clone(), &in_order)?,
        second_text: in_order.get(1).map(|(signer, signed)| SecondText {
            name: signer.name.called().to_owned(),
            text: signed.evidence.shown_text.clone(),
            language: signed.evidence.locale.clone(),
            digest: signed.digest.clone(),
        }),
        messages: messages.into_iter().map(|one| message::shown(here, one, Some(renewal.id))).collect(),
        head,
    })
}

/// What is known of a renewal and of the month before it.
struct Known {
    basis: Basis,
    previous: Option<Previous>,
}

impl Known {
    async fn read(tx: &mut TenantTx, renewal: &CaseRenewal) -> Result<Self, Problem> {
        let ids: Vec<_> = std::iter::once(renewal.id).chain(renewal.previous.map(|(id, _)| id)).collect();
        let mut asked = answers::newest_of(tx, &ids).await?;
        let mut all = signed::facts_of(tx, &ids).await?;
        let previous = renewal
            .previous
            .map(|(id, month)| Previous::new(month, all.get(&id), asked.remove(&id).unwrap_or_default()));
        let signed = all.remove(&renewal.id).ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
        let before = previous.as_ref().map_or(&[][..], Previous::asked);
        let basis = Basis::read(tx, renewal, asked.remove(&renewal.id).unwrap_or_default(), before, signed).await?;
        Ok(Self { basis, previous })
    }

    fn compared(&self, month: domain::NormMonth) -> Vec<Compared> {
        let stated = self.basis.signed().stated();
        let (members, asked) = (self.basis.members(), self.basis.asked());
        let now = Now { month, members, asked, stated: &stated, result: self.basis.result() };
        match &self.basis {
            Basis::Decided { calculation: Some(result), .. } => {
                comparison::compare_decided(&now, self.previous.as_ref(), result)
            }
            // What is known today is not what a decision without a calculation rests on.
            Basis::Decided { calculation: None, .. } | Basis::Open(_) => {
                comparison::compare(&now, self.previous.as_ref())
            }
        }
    }
}

/// What a renewal's figures rest on.
pub(super) enum Basis {
    /// It is not decided: what is known today.
    Open(Box<Review>),
    /// The decision was made on this calculation, or without one.
    Decided {
        decided: Box<Decided>,
        calculation: Option<Box<NormCalculation>>,
        payouts: Vec<app::model::Payout>,
        members: Vec<HouseholdMember>,
        asked: Vec<Asked>,
        signed: Box<SignedFacts>,
    },
}

impl Basis {
    pub(super) async fn read(
        tx: &mut TenantTx,
        renewal: &CaseRenewal,
        asked: Vec<Asked>,
        before: &[Asked],
        signed: SignedFacts,
    ) -> Result<Self, DbError> {
        if renewal.stage != domain::renewal::Stage::Decided {
            return Ok(Self::Open(Box::new(Review::read(tx, renewal, asked, before, signed).await?)));
        }
        let decided = decisions::of_renewal(tx, renewal.id).await?;
        let decided = decided.ok_or(DbError::Inconsistent { column: "decision.renewal_id" })?;
        let calculation = match decided.calculation {
            Some(id) => {
                let stored = calculation::find(tx, id).await?;
                Some(stored.ok_or(DbError::Inconsistent { column: "decision.calculation_id" })?)
            }
            None => None,
        };
        Ok(Self::Decided {
            calculation: calculation.map(Box::new),
            payouts: payouts::of_decision(tx, decided.id).await?,
            decided: Box::new(decided),
            members: household::members(tx, renewal.case).await?,
            asked,
            signed: Box::new(signed),
        })
    }

    pub(super) fn members(&self) -> &[HouseholdMember] {
        match self {
            Self::Open(review) => &review.known.facts.members,
            Self::Decided { members, .. } => members,
        }
    }

    fn asked(&self) -> &[Asked] {
        match self {
            Self::Open(review) => &review.known.facts.asked,
            Self::Decided { asked, .. } => asked,
        }
    }

    fn signed(&self) -> &SignedFacts {
        match self {
            Self::Open(review) => &review.signed,
            Self::Decided { signed, .. } => signed,
        }
    }

    fn core(&self) -> &Core {
        &self.signed().core
    }

    /// What the rules give today, while it is not decided.
    fn result(&self) -> Option<&NormCalculation> {
        match self {
            Self::Open(review) => review.outcome.as_ref().ok().map(|made| &made.result),
            Self::Decided { .. } => None,
        }
    }

    pub(super) fn decided(&self) -> Option<(&Decided, &[app::model::Payout])> {
        match self {
            Self::Open(_) => None,
            Self::Decided { decided, payouts, .. } => Some((decided, payouts)),
        }
    }

    /// The calculation as pages show it.
    pub(super) fn shown(&self) -> CalculationOutcome {
        match self {
            Self::Open(review) => review.shown(),
            Self::Decided { calculation: Some(result), members, asked, signed, .. } => {
                CalculationOutcome::Figure(Names::of(members, asked).and_signed(&signed.core).calculation(result))
            }
            Self::Decided { calculation: None, .. } => {
                CalculationOutcome::NoFigure(Phrase::new("decide-without-calculation"))
            }
        }
    }
}

/// Who has signed, with what they signed, in the order of their signatures.
fn in_order<'s>(signers: &'s [Signer], signed: &'s [Signed]) -> Vec<(&'s Signer, &'s Signed)> {
    let with_own = |signer: &'s Signer| Some((signer, signed.iter().find(|one| one.person == signer.person)?));
    let mut in_order: Vec<_> = signers.iter().filter_map(with_own).collect();
    in_order.sort_by_key(|(signer, _)| signer.changed);
    in_order
}

/// The text that the first of the signers signed, in the words and language that they read.
fn words(signer: &Signer, with: &Signed) -> SignersWord {
    let text = |text: Option<&PlainText>| text.map(|text| text.as_str().to_owned());
    SignersWord {
        name: signer.name.called().to_owned(),
        phone: text(with.annex.phone.as_ref()).unwrap_or_default(),
        email: text(with.annex.email.as_ref()).unwrap_or_default(),
        activity: with.annex.activity.clone(),
        message: text(with.message()),
    }
}

fn document(
    renewal: &CaseRenewal,
    signatures: Vec<Signature>,
    in_order: &[(&Signer, &Signed)],
) -> Result<SignedDocument, DbError> {
    let (_, first) = in_order.first().ok_or(DbError::Inconsistent { column: "signature.renewal_id" })?;
    Ok(SignedDocument {
        month: renewal.month,
        reference: renewal.reference.clone(),
        signatures,
        text: first.evidence.shown_text.clone(),
        language: first.evidence.locale.clone(),
        digest: first.digest.clone(),
    })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use domain::kind::{ExpenseKind, IncomeKind};
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::eid::TestEid;
    use crate::test_support::{Statement, Towns, add_answer, add_source, audited, day, reported, stage_of};

    fn path(renewal: RenewalId) -> String {
        format!("/staff/renewals/{renewal}")
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_text_of_each_who_has_signed_is_there(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (couple, [_, johan]) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        let benefit = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
        add_answer(&mut tx, renewal, couple.johan, fk, day(11, 24), &benefit).await;
        tx.commit().await.unwrap();
        let own = "housing-benefit, inkomst, 1 400 kr";
        let one = stage.page(&stage.home.caseworker, &path(renewal)).await;
        assert!(!one.contains("Läs det som Johan skrev under") && !one.contains(own), "{one}");
        let sent = stage.send(&johan, "/renewal/cosign/sign", &[]).await;
        stage.look(&sent.browser(&johan), &eid.sign(sent.led_to())).await;
        let both = stage.page(&stage.home.caseworker, &path(renewal)).await;
        let (_, his) = both.split_once("Läs det som Johan skrev under").unwrap();
        assert!(his.contains(own), "{his}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn looking_is_noted_and_changes_nothing(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let statement = Statement {
            incomes: vec![(IncomeKind::Wage, 3_000, day(11, 20))],
            household: Some("Elsa bor hos sin pappa varannan vecka."),
            message: Some("Hej!\nJag börjar jobba i januari."),
            ..Statement::default()
        };
        let renewal = stage.signed(stage.home.case, "2026-12", &statement).await;
        for _ in 0..2 {
            let page = stage.page(&stage.home.caseworker, &path(renewal)).await;
            for text in ["Petra Nilsson", "Elsa bor hos sin pappa", "Jag börjar jobba i januari.", "070-174 06 05"] {
                assert!(page.contains(text), "{text}");
            }
        }
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
        assert_eq!(audited(&mut tx, "opened-renewal").await, 2);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_decided_renewal_shows_what_the_decision_rests_on_and_asks_nothing(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let statement = Statement { expenses: vec![(ExpenseKind::Other, 300, day(12, 1))], ..Statement::default() };
        let renewal = stage.signed(stage.home.case, "2026-12", &statement).await;
        let page = async || stage.page(&stage.home.caseworker, &path(renewal)).await;
        let open = page().await;
        let waiting = ["Att ta ställning till", "preliminärt", "att avgöra", "En handläggare behöver ta ställning"];
        for waits in waiting {
            assert!(open.contains(waits), "{waits}: {open}");
        }
        stage.decided(renewal, "rejected", "need-not-shown").await;
        let decided = page().await;
        for waits in waiting {
            assert!(!decided.contains(waits), "{waits}: {decided}");
        }
        assert!(decided.contains("Beslut: ") && decided.contains("Räknades inte"), "{decided}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_draft_a_hidden_case_and_another_municipalitys_are_not_found(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        for unseen in stage.unseen().await {
            assert_eq!(stage.look(&home.caseworker, &path(unseen)).await.status, StatusCode::NOT_FOUND);
        }
        let (couple, _) = stage.couple().await;
        let signed = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        let elsewhere = stage.get(&away.host, &away.caseworker, &path(signed)).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.look(&home.admin, &path(signed)).await.status, StatusCode::FORBIDDEN);
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "opened-renewal").await, 0, "nobody has opened anything");
        assert_eq!(stage_of(&mut tx, signed).await, "submitted");
    }
}
