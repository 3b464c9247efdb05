//! Renewals as if signed: nothing but the provider's own proof is invented.

use domain::account::PayoutMethod;
use domain::authority::RowState;
use domain::form::PlainText;
use domain::id::{CaseId, DecisionId, PersonId, RenewalId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::renewal::Reference;
use domain::renewal::document::{
    Annex, AuthorityFact, Canonical as _, Core, CoreSchema, Declaration, PayoutFact, SignedMember, SignedRole, read,
};
use domain::renewal::household_change::HouseholdStatement;
use domain::renewal::judge::{ExpenseStatement, IncomeStatement};
use domain::renewal::proof::Proofs;
use domain::renewal::state::{SignatureState, SignerRole};
use domain::{Money, NormMonth};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use super::{Towns, day, month, noon};
use crate::case::household::{self, HouseholdMember};
use crate::case::{decisions, head};
use crate::db::{Column, TenantTx};
use crate::service::Service;
use crate::signing::{self, Evidence, ProposalSigner};

/// What a household states when it signs.
#[derive(Default)]
pub(crate) struct Statement {
    /// Own incomes: kind, kronor and day.
    pub incomes: Vec<(IncomeKind, i64, Date)>,
    /// Own expenses: kind, kronor and day.
    pub expenses: Vec<(ExpenseKind, i64, Date)>,
    /// How the household has changed.
    pub household: Option<&'static str>,
    /// A message with the renewal.
    pub message: Option<&'static str>,
    /// What authorities have answered, where it stands in what both sign: as the second schema had it.
    pub in_core: Option<Vec<AuthorityFact>>,
}

impl Statement {
    /// A wage that does not suffice, and a rent within the guideline.
    pub(crate) fn ordinary() -> Self {
        Self {
            incomes: vec![(IncomeKind::Wage, 3_000, day(11, 20))],
            expenses: vec![(ExpenseKind::Rent, 6_000, day(12, 1))],
            ..Self::default()
        }
    }
}

impl Towns {
    /// A renewal of the home town for a month, such as `2026-12`, that its applicant signed on the 18th of the month before.
    pub(crate) async fn signed(&self, case: CaseId, norm_month: &str, statement: &Statement) -> RenewalId {
        let mut tx = self.tx(&self.home).await;
        let norm_month = month(norm_month);
        let on = norm_month.previous().first_day().with().day(18).build().unwrap();
        let renewal = add_signed(&self.service, &mut tx, case, norm_month, on, statement).await;
        tx.commit().await.unwrap();
        renewal
    }

    /// Renewals of the home town that no caseworker may see: a draft of its citizen, and what was signed in a hidden case.
    pub(crate) async fn unseen(&self) -> [RenewalId; 2] {
        let draft = self.begun(&self.home.citizen).await;
        let hidden = self.hidden_case().await;
        [draft, self.signed(hidden, "2026-12", &Statement::default()).await]
    }

    /// What the home town's caseworker decides, today and without a word.
    pub(crate) async fn decided(&self, renewal: RenewalId, outcome: &str, reason: &str) -> DecisionId {
        let (home, path) = (&self.home, format!("/staff/renewals/{renewal}/decide"));
        let fields = [("outcome", outcome), ("reason", reason)];
        self.fill(&home.host, &home.caseworker, &path, &fields).await;
        let mut tx = self.tx(home).await;
        decisions::of_renewal(&mut tx, renewal).await.unwrap().expect("it could be decided").id
    }
}

/// A renewal that its applicant signed on a day. Nothing but the provider's own proof is invented.
pub(crate) async fn add_signed(
    service: &Service,
    tx: &mut TenantTx,
    case: CaseId,
    month: NormMonth,
    on: Date,
    statement: &Statement,
) -> RenewalId {
    let members = household::members(tx, case).await.unwrap();
    let applicant = members.iter().find(|member| member.signs_as == Some(SignerRole::Applicant)).unwrap().person;
    let renewal = add_renewal(tx, case, month, applicant, on).await;
    for member in &members {
        let Some(role) = member.signs_as else { continue };
        let state = if member.person == applicant { SignatureState::Signed } else { SignatureState::Awaited };
        sqlx::query(
            "insert into signer (municipality_id, renewal_id, person_id, role, state, changed_at, applies_since)
             values ($1, $2, $3, $4, $5, $6, $6)",
        )
        .bind(tx.municipality().0)
        .bind(renewal.0)
        .bind(member.person.0)
        .bind(role.code())
        .bind(state.code())
        .bind(noon(on).to_sqlx())
        .execute(tx.connection())
        .await
        .unwrap();
    }
    let payout = head::payout(tx, case).await.unwrap();
    let core = core(renewal, month, &members, applicant, statement, &payout);
    let annex = Annex {
        schema: core.schema.annex(),
        renewal,
        role: SignerRole::Applicant,
        authorities: statement.in_core.is_none().then(Vec::new),
        rows: None,
        activity: None,
        proofs: Proofs::default(),
        phone: Some(PlainText::new("070-174 06 05")),
        email: None,
        message: statement.message.map(PlainText::new),
    };
    sign(service, tx, case, applicant, on, &core, &annex).await;
    renewal
}

async fn add_renewal(tx: &mut TenantTx, case: CaseId, month: NormMonth, begun_by: PersonId, on: Date) -> RenewalId {
    let renewal = RenewalId(Uuid::now_v7());
    sqlx::query(
        "insert into renewal (municipality_id, id, case_id, norm_month, state, begun_by, begun_at, submitted_at, reference)
         values ($1, $2, $3, $4, 'submitted', $5, $6, $6, $7)",
    )
    .bind(tx.municipality().0)
    .bind(renewal.0)
    .bind(case.0)
    .bind(month.first_day().to_sqlx())
    .bind(begun_by.0)
    .bind(noon(on).to_sqlx())
    .bind(Reference::from_random(crate::random::bytes().unwrap()).to_string())
    .execute(tx.connection())
    .await
    .unwrap();
    renewal
}

fn core(
    renewal: RenewalId,
    norm_month: NormMonth,
    members: &[HouseholdMember],
    person: PersonId,
    statement: &Statement,
    payout: &PayoutMethod,
) -> Core {
    let id = || StatementId(Uuid::now_v7());
    let (state, note) = (RowState::Paid, None);
    let incomes = statement.incomes.iter().map(|&(kind, kronor, date)| IncomeStatement {
        id: id(),
        kind,
        amount: Money::from_kronor(kronor),
        date,
        state,
        person,
        payer: None,
        note: note.clone(),
        carried: None,
    });
    let is_old = statement.in_core.is_some();
    let expenses = statement.expenses.iter().map(|&(kind, kronor, date)| ExpenseStatement {
        id: id(),
        kind,
        amount: Money::from_kronor(kronor),
        month: (!is_old).then(|| NormMonth::of(date).unwrap()),
        date: Some(date),
        state,
        person: None,
        note: note.clone(),
        carried: None,
    });
    Core {
        schema: if is_old { CoreSchema::V2 } else { CoreSchema::V6 },
        renewal,
        norm_month,
        household: members.iter().map(document_member).collect(),
        household_statement: statement.household.map_or(HouseholdStatement::Same, |change| {
            HouseholdStatement::Changed { changes: Vec::new(), change: Some(PlainText::new(change)) }
        }),
        authorities: statement.in_core.clone(),
        incomes: incomes.collect(),
        expenses: expenses.collect(),
        payout: PayoutFact::of(payout, renewal),
        declarations: Declaration::ALL.to_vec(),
    }
}

fn document_member(member: &HouseholdMember) -> SignedMember {
    SignedMember {
        person: member.person,
        person_number: member.number,
        name: PlainText::new(&member.name.full()),
        role: match member.signs_as {
            Some(SignerRole::Applicant) => SignedRole::Applicant,
            Some(SignerRole::CoApplicant) => SignedRole::CoApplicant,
            None => SignedRole::Child,
        },
    }
}

async fn sign(
    service: &Service,
    tx: &mut TenantTx,
    case: CaseId,
    person: PersonId,
    on: Date,
    core: &Core,
    annex: &Annex,
) {
    let (municipality, vault, swedish) = (tx.municipality(), tx.vault(), service.swedish());
    let signer = ProposalSigner {
        municipality,
        municipality_name: "Exempelby kommun",
        case,
        swedish: &swedish,
        texts: &swedish,
    };
    let proposal = signing::propose(core, annex, &signer).unwrap();
    let manifest: domain::renewal::document::Manifest = read(proposal.manifest.as_bytes()).unwrap();
    let evidence = Evidence {
        swedish_text: proposal.swedish_text.clone(),
        shown_text: proposal.shown_text.clone(),
        locale: proposal.locale.clone(),
        sign_message: proposal.sign_message.clone(),
        request_object: String::new(),
        id_token: String::new(),
        provider_keys: String::new(),
        user_signature: String::new(),
        certificates: Vec::new(),
        authentication_evidence: None,
        level: String::new(),
    };
    sqlx::query(
        "insert into signed_document (municipality_id, renewal_id, core_sealed, core_hash_sealed) values ($1, $2, $3, $4)",
    )
    .bind(municipality.0)
    .bind(core.renewal.0)
    .bind(vault.seal(Column::DocumentCore, core.renewal, proposal.core.as_bytes()).unwrap())
    .bind(vault.seal_json(Column::DocumentDigest, core.renewal, &core.digest().unwrap()).unwrap())
    .execute(tx.connection())
    .await
    .unwrap();
    let row = (core.renewal, person);
    let seal = |column, bytes: &[u8]| vault.seal(column, row, bytes).unwrap();
    sqlx::query(
        "insert into signature (municipality_id, renewal_id, person_id, manifest_sealed, manifest_hash_sealed, annex_sealed,
                                evidence_sealed, signed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(municipality.0)
    .bind(core.renewal.0)
    .bind(person.0)
    .bind(seal(Column::SignatureManifest, proposal.manifest.as_bytes()))
    .bind(vault.seal_json(Column::SignatureDigest, row, &manifest.digest().unwrap()).unwrap())
    .bind(seal(Column::SignatureAnnex, proposal.annex.as_bytes()))
    .bind(vault.seal_json(Column::SignatureEvidence, row, &evidence).unwrap())
    .bind(noon(on).to_sqlx())
    .execute(tx.connection())
    .await
    .unwrap();
}
