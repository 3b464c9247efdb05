//! What sticks out in a renewal: in a few words for the inbox, in whole sentences for the one who is to judge it.

use app::model::{Finding, Phrase, ShownSignatureState, Signature, Tone, Value};
use domain::authority::RowKind;
use domain::id::PersonId;
use domain::kind::ExpenseKind;
use domain::norm::{Explanation, NormCalculation, RowRef, Subject};
use domain::renewal::dispute::Dispute;
use domain::renewal::episode::{Certificate, Episode};
use domain::renewal::household_change::HouseholdStatement;
use jiff::civil::Date;

use super::comparison::{Bill, Change, Compared, Silence};
use crate::case::answers::Asked;
use crate::case::household::{self, HouseholdMember};
use crate::case::signed::SignedFacts;

/// The most findings that a row of the inbox shows.
const SHOWN: usize = 4;

/// All that findings are made of.
pub(super) struct Facts<'a> {
    pub(super) members: &'a [HouseholdMember],
    pub(super) asked: &'a [Asked],
    pub(super) compared: &'a [Compared],
    pub(super) has_previous: bool,
    pub(super) signatures: &'a [Signature],
    pub(super) signed: &'a SignedFacts,
    pub(super) has_message: bool,
    pub(super) result: Option<&'a NormCalculation>,
    /// Whether the money would go where the household has signed.
    pub(super) payee_is_signed: bool,
}

impl Facts<'_> {
    /// For the inbox: the weightiest first. Who has not signed stands in a column of its own.
    pub(super) fn brief(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (asked, silence) in self.silent() {
            let (key, tone) = match silence {
                Silence::Waiting | Silence::Failed => ("finding-failed", Tone::Bad),
                Silence::Partly => ("finding-partly", Tone::Warning),
                Silence::NotAsked => ("finding-not-asked", Tone::Warning),
            };
            push(&mut findings, tone, Phrase::new(key).with("authority", &asked.authority));
        }
        for (authority, amount) in self.compared.iter().filter_map(Compared::differs) {
            let text = Phrase::new("finding-differs").with("authority", authority).with("amount", amount);
            push(&mut findings, Tone::Warning, text);
        }
        if self.household_differs() {
            push(&mut findings, Tone::Plain, Phrase::new("finding-household"));
        }
        for person in self.signed.contradicted() {
            let text = Phrase::new("finding-contradicted").with("name", self.called(person));
            push(&mut findings, Tone::Warning, text);
        }
        if !self.signed.disputes.is_empty() {
            let count = i64::try_from(self.signed.disputes.len()).unwrap_or(i64::MAX);
            push(&mut findings, Tone::Warning, Phrase::new("finding-disputed").with("count", count));
        }
        if self.illnesses().any(|(_, certificate, ..)| certificate != Certificate::Given) {
            push(&mut findings, Tone::Warning, Phrase::new("finding-no-certificate"));
        }
        if self.signed.activities.iter().any(|(_, activity)| !activity.episodes.is_empty()) {
            push(&mut findings, Tone::Plain, Phrase::new("finding-episodes"));
        }
        if self.has_previous {
            for one in self.compared {
                findings.extend(changed(one));
            }
        } else {
            push(&mut findings, Tone::Plain, Phrase::new("finding-no-previous"));
        }
        if self.has_message {
            push(&mut findings, Tone::Info, Phrase::new("finding-message"));
        }
        if findings.is_empty() && self.is_signed_by_all() {
            push(&mut findings, Tone::Good, Phrase::new("finding-unchanged"));
        }
        findings.truncate(SHOWN);
        findings
    }

    /// For the one who is to judge: what needs a human.
    pub(super) fn questions(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !self.payee_is_signed {
            push(&mut findings, Tone::Bad, Phrase::new("finding-question-payee"));
        }
        for one in self.compared {
            let Some((authority, amount)) = one.differs() else { continue };
            let text = Phrase::new("finding-question-differs")
                .with("authority", authority)
                .with("amount", amount)
                .with("name", one.person.map_or_else(String::new, |person| self.called(person)));
            push(&mut findings, Tone::Warning, text);
        }
        for (asked, silence) in self.silent() {
            let (key, tone) = match silence {
                Silence::Waiting | Silence::Failed => ("finding-question-failed", Tone::Bad),
                Silence::Partly => ("finding-question-partly", Tone::Warning),
                Silence::NotAsked => ("finding-question-not-asked", Tone::Warning),
            };
            let text = Phrase::new(key).with("authority", &asked.authority).with("name", self.called(asked.person));
            push(&mut findings, tone, text);
        }
        for person in self.signed.contradicted() {
            let text = Phrase::new("finding-question-contradicted").with("name", self.called(person));
            push(&mut findings, Tone::Warning, text);
        }
        for (person, certificate, from, to) in self.illnesses() {
            let key = match certificate {
                Certificate::Given => continue,
                Certificate::Later => "finding-question-certificate-later",
                Certificate::None => "finding-question-certificate-none",
            };
            let text = Phrase::new(key).with("name", self.called(person)).with("from", from).with("to", to);
            push(&mut findings, Tone::Warning, text);
        }
        self.add_lines_to_judge(&mut findings);
        for signature in self.signatures {
            let key = match signature.state {
                ShownSignatureState::Waiting | ShownSignatureState::NotYet => "finding-question-signature-missing",
                ShownSignatureState::Declined { .. } => "finding-question-signature-declined",
                ShownSignatureState::Left { .. } => "finding-question-signer-left",
                ShownSignatureState::Signed { .. } => continue,
            };
            push(&mut findings, Tone::Warning, Phrase::new(key).with("name", signature.name.called()));
        }
        if self.is_said_to_have_changed() {
            push(&mut findings, Tone::Plain, Phrase::new("finding-question-household"));
        }
        for name in self.left() {
            push(&mut findings, Tone::Bad, Phrase::new("finding-question-left").with("name", name));
        }
        findings
    }

    fn called(&self, person: PersonId) -> String {
        household::called(self.members, &self.signed.core, person).unwrap_or_default()
    }

    /// Who has been ill, with what certificate and when.
    fn illnesses(&self) -> impl Iterator<Item = (PersonId, Certificate, Date, Date)> {
        let told = self.signed.activities.iter();
        let told = told.flat_map(|(person, activity)| activity.episodes.iter().map(move |one| (*person, one)));
        told.filter_map(|(person, episode)| match episode {
            Episode::SickLeave { id, from, to, certificate, .. } => {
                let shown = self.signed.proofs.iter().filter(|(signer, _)| *signer == person);
                let is_shown = shown.flat_map(|(_, proofs)| &proofs.shown).any(|proof| Some(proof.of) == *id)
                    || id.is_some_and(|id| self.signed.came.contains(&id));
                let certificate = if is_shown { Certificate::Given } else { *certificate };
                Some((person, certificate, *from, *to))
            }
            Episode::Work { .. }
            | Episode::Study { .. }
            | Episode::ParentalLeave { .. }
            | Episode::Activity { .. }
            | Episode::Absence { .. } => None,
        })
    }

    fn is_said_to_have_changed(&self) -> bool {
        matches!(self.signed.core.household_statement, HouseholdStatement::Changed { .. })
    }

    fn household_differs(&self) -> bool {
        self.is_said_to_have_changed() || self.left().next().is_some()
    }

    /// Who was in the household when it was signed, and is no more: the calculation is made without them.
    fn left(&self) -> impl Iterator<Item = &str> {
        let is_in_it = |person| self.members.iter().any(|member| member.person == person);
        let left = self.signed.core.household.iter().filter(move |signed| !is_in_it(signed.person));
        left.map(|signed| signed.name.as_str())
    }

    /// What the rules leave to a human, except what has been asked already because two sources differ.
    fn add_lines_to_judge(&self, findings: &mut Vec<Finding>) {
        let asked_already = |subject: Subject| {
            let Subject::Income { kind, person, .. } = subject else { return false };
            if self.dispute_of(subject).is_some() {
                return false;
            }
            let same = |one: &&Compared| one.kind == RowKind::Income(kind) && one.person == person;
            self.compared.iter().find(same).is_some_and(|one| one.differs().is_some())
        };
        for line in self.result.into_iter().flat_map(NormCalculation::questions) {
            if asked_already(line.subject) {
                continue;
            }
            if let Some((person, dispute)) = self.dispute_of(line.subject) {
                let text = Phrase::new("finding-question-disputed")
                    .with("name", self.called(*person))
                    .with("what", dispute.original.label.as_str())
                    .with("amount", dispute.original.amount);
                push(findings, Tone::Warning, text);
                continue;
            }
            if let (Subject::Personal { person }, Explanation::NormPersonalAgeUnknown { ages }) =
                (line.subject, line.because)
            {
                let text = Phrase::new("finding-question-age")
                    .with("name", self.called(person))
                    .with("ages", ages.to_string());
                push(findings, Tone::Warning, text);
                continue;
            }
            let text = Phrase::new("finding-question-judge")
                .with("what", Value::Key(line.subject.text_key().into()))
                .with("amount", line.amounts.stated());
            push(findings, Tone::Warning, text);
        }
    }

    /// What somebody says of an authority's row, where the line is that.
    fn dispute_of(&self, subject: Subject) -> Option<&(PersonId, Dispute)> {
        let (Subject::Income { row: RowRef::Stated(id), .. } | Subject::Expense { row: RowRef::Stated(id), .. }) =
            subject
        else {
            return None;
        };
        self.signed.disputes.iter().find(|(_, dispute)| dispute.said.id == id)
    }

    fn is_signed_by_all(&self) -> bool {
        self.signatures.iter().all(|signature| matches!(signature.state, ShownSignatureState::Signed { .. }))
    }

    fn silent(&self) -> impl Iterator<Item = (&Asked, Silence)> {
        self.asked.iter().filter_map(|asked| Some((asked, Silence::of(asked)?)))
    }
}

/// What has changed since the month before, for a list. A union fee enters no list (SFS 2001:454 7 a §), and a
/// bill of the month before was in that month's.
fn changed(one: &Compared) -> Option<Finding> {
    if one.kind == RowKind::Expense(ExpenseKind::UnionFee) || one.bill == Bill::OfTheMonthBefore {
        return None;
    }
    let what = Value::Key(one.label().key);
    let text = match (one.change()?, one.kind) {
        (Change::New(amount), RowKind::Income(_)) => Phrase::new("finding-new-income").with("amount", amount),
        (Change::New(amount), RowKind::Expense(_)) => Phrase::new("finding-new-expense").with("amount", amount),
        (Change::Raised(amount), _) => Phrase::new("finding-raised").with("what", what).with("amount", amount),
        (Change::Lowered(amount), _) => Phrase::new("finding-lowered").with("what", what).with("amount", amount),
        (Change::Gone, _) => return None,
    };
    Some(Finding { text, tone: Tone::Plain })
}

/// Adds a finding that is not there already: two people's failed source is told once.
fn push(findings: &mut Vec<Finding>, tone: Tone, text: Phrase) {
    let finding = Finding { text, tone };
    if !findings.contains(&finding) {
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use domain::authority::{Agency, Answer, Failure, FailureKind};
    use domain::kind::IncomeKind;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, add_answer, add_signed, add_source, day, month, reported};

    #[sqlx::test(migrations = "../migrations")]
    async fn what_differs_and_what_is_missing_is_asked_about(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        let (case, person) = (stage.home.case, stage.home.person);
        let (csn, so) = (add_source(&mut tx, Agency::Csn).await, add_source(&mut tx, Agency::So).await);
        let before =
            add_signed(&stage.service, &mut tx, case, month("2026-11"), day(10, 18), &Statement::default()).await;
        add_answer(
            &mut tx,
            before,
            person,
            so,
            day(10, 18),
            &reported(IncomeKind::UnemploymentBenefit, 900, day(10, 20)),
        )
        .await;
        let statement = Statement { incomes: vec![(IncomeKind::StudyAid, 2_000, day(11, 20))], ..Statement::default() };
        let renewal = add_signed(&stage.service, &mut tx, case, month("2026-12"), day(11, 18), &statement).await;
        add_answer(&mut tx, renewal, person, csn, day(11, 18), &reported(IncomeKind::StudyAid, 4_012, day(11, 20)))
            .await;
        let failed = Answer::Failed(Failure { kind: FailureKind::TimedOut, code: None });
        add_answer(&mut tx, renewal, person, so, day(11, 18), &failed).await;
        tx.commit().await.unwrap();

        let caseworker = &stage.home.caseworker;
        let body = stage.page(caseworker, &format!("/staff/renewals/{renewal}")).await;
        assert!(body.contains("CSN skiljer 2 012 kr från det som Petra uppger."), "two sources differ");
        assert!(body.contains("A-kassan har inte svarat om Petra."), "a source is silent");
        assert!(body.contains("Skiljer 2 012 kr"), "the row says so");
        let inbox = stage.page(caseworker, "/staff/inbox").await;
        assert!(inbox.contains("CSN skiljer 2 012 kr"), "the inbox says so in short");
        assert!(inbox.contains("A-kassan svarade inte"));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_missing_signature_is_a_finding_and_no_veto(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let caseworker = &stage.home.caseworker;
        let (couple, _) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        let inbox = stage.page(caseworker, "/staff/inbox?tab=mine").await;
        for text in ["Mira Nilsson", "920601-2388", "Johan Nilsson", "910717-2380", "Johan saknas"] {
            assert!(inbox.contains(text), "{text}: {inbox}");
        }
        let opened = stage.page(caseworker, &format!("/staff/renewals/{renewal}")).await;
        assert!(opened.contains("Johan har inte skrivit under."));
        stage.decided(renewal, "granted", "need-by-norm").await;
    }
}
