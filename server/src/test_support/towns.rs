//! Two towns that know nothing of each other, with people, cases and renewals as if signed.
//!
//! The `add_…` functions write one thing each, in the transaction that they are given.

use domain::authority::{Agency, Answer, AuthorityRow, Content, RowKind, RowState};
use domain::form::PlainText;
use domain::household::Role;
use domain::id::{CaseId, MunicipalityId, PersonId, QueryId, RenewalId, SourceId, StaffId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::renewal::Reference;
use domain::renewal::document::{
    Annex, AnnexSchema, Canonical as _, Core, CoreSchema, Declaration, PayoutFact, SignedMember, SignedRole, read,
};
use domain::renewal::judge::{ExpenseStatement, HouseholdStatement, IncomeStatement};
use domain::renewal::state::{SignatureState, SignerRole};
use domain::{Money, NormMonth, PersonNumber};
use jiff::civil::{Date, date};
use jiff_sqlx::ToSqlx as _;
use sqlx::PgPool;
use uuid::Uuid;

use super::world::TestWorld;
use crate::case::calculation::Review;
use crate::case::household::{self, HouseholdMember, Particulars};
use crate::case::{answers, renewal, signed, signers};
use crate::db::{Actor, Column, TenantTx};
use crate::service::Service;
use crate::signing::{self, Evidence, ProposalSigner};

/// Published test numbers, which are never given to anyone: a husband.
pub(crate) const JOHAN: &str = "199107172380";
/// A daughter.
pub(crate) const ELSA: &str = "201703152395";
/// Somebody who lives alone, or a wife.
pub(crate) const MIRA: &str = "199206012388";

/// A service over a test's database.
pub(crate) struct Stage {
    /// Everything that a request needs.
    pub world: TestWorld,
    /// The town that a test is about.
    pub home: Town,
    /// Another town.
    pub away: Town,
}

/// One municipality with a caseworker and an administrator, and a citizen who lives alone and is paid by payment slip.
pub(crate) struct Town {
    /// Which.
    pub id: MunicipalityId,
    /// Its Host header.
    pub host: String,
    /// The caseworker.
    pub staff: StaffId,
    /// The caseworker's session, as a `Cookie` header.
    pub caseworker: String,
    /// The administrator's session.
    pub admin: String,
    /// The citizen.
    pub person: PersonId,
    /// The citizen's session.
    pub citizen: String,
    /// The citizen's case.
    pub case: CaseId,
}

impl Stage {
    /// Sets up both towns. Their citizens have begun nothing.
    pub(crate) async fn new(pool: PgPool) -> Self {
        let world = TestWorld::new(pool).await;
        let (home, away) = {
            let mut visitors = world.visitors().await;
            let mut hosts = world.hosts().into_iter();
            let mut cookie = |host: &str, role| {
                let of = visitors.iter_mut().find(|one| one.host == host && one.role == Some(role)).unwrap();
                of.cookie.take().unwrap()
            };
            let mut town = |host: String| (["caseworker", "admin", "citizen"].map(|role| cookie(&host, role)), host);
            (town(hosts.next().unwrap()), town(hosts.next().unwrap()))
        };
        let (home, away) = (Town::read(&world, home).await, Town::read(&world, away).await);
        Self { world, home, away }
    }

    /// The service.
    pub(crate) fn service(&self) -> &Service {
        &self.world.service
    }

    /// A transaction of nobody in particular, today.
    pub(crate) async fn tx(&self, town: &Town) -> TenantTx {
        let at = self.service().clock.business();
        TenantTx::begin(&self.service().db, town.id, Actor::System, at).await.unwrap()
    }
}

impl Town {
    async fn read(world: &TestWorld, ([caseworker, admin, citizen], host): ([String; 3], String)) -> Self {
        let service = &world.service;
        let id = service.municipalities.at(&service.db, &host).await.unwrap().unwrap().id;
        let mut tx = TenantTx::begin(&service.db, id, Actor::System, service.clock.business()).await.unwrap();
        let staff: Uuid = sqlx::query_scalar("select id from staff where role = 'caseworker'")
            .fetch_one(tx.connection())
            .await
            .unwrap();
        let (case, person): (Uuid, Uuid) =
            sqlx::query_as("select case_id, person_id from household_member").fetch_one(tx.connection()).await.unwrap();
        let (staff, person, case) = (StaffId(staff), PersonId(person), CaseId(case));
        Self { id, host, staff, caseworker, admin, person, citizen, case }
    }
}

/// An adult alone, in the calculation.
pub(crate) const ADULT: Role = Role::Adult;
/// A spouse or cohabitee.
pub(crate) const PARTNER: Role = Role::Partner;
/// A child who lives at home.
pub(crate) const CHILD: Role = Role::Child { preschool_lunch: false, days: None };

/// A person of the register.
pub(crate) async fn add_person(tx: &mut TenantTx, number: &str, given: &str, protected: bool) -> PersonId {
    let (municipality, vault, person) = (tx.municipality().0, tx.vault(), PersonId(Uuid::now_v7()));
    let digits = PersonNumber::parse(number).unwrap().digits();
    sqlx::query(
        "insert into person (municipality_id, id, number_sealed, number_index, given_name, family_name, protected)
         values ($1, $2, $3, $4, $5, 'Nilsson', $6)",
    )
    .bind(municipality)
    .bind(person.0)
    .bind(vault.seal(Column::PersonNumber, person, digits.as_bytes()).unwrap())
    .bind(vault.index(Column::PersonNumber, digits.as_bytes()))
    .bind(given)
    .bind(protected)
    .execute(tx.connection())
    .await
    .unwrap();
    person
}

/// An ongoing case that is paid by payment slip.
pub(crate) async fn add_case(tx: &mut TenantTx, number: &str, responsible: Option<StaffId>) -> CaseId {
    let (municipality, case) = (tx.municipality().0, CaseId(Uuid::now_v7()));
    sqlx::query(
        "insert into assistance_case (municipality_id, id, number, opened_on, responsible_id, payout_method)
         values ($1, $2, $3, '2026-01-01', $4, 'payment-slip')",
    )
    .bind(municipality)
    .bind(case.0)
    .bind(number)
    .bind(responsible.map(|staff| staff.0))
    .execute(tx.connection())
    .await
    .unwrap();
    case
}

/// A member of a household; one who signs signs in the given role.
pub(crate) async fn add_member(
    tx: &mut TenantTx,
    case: CaseId,
    person: PersonId,
    role: Role,
    signs_as: Option<SignerRole>,
) {
    let municipality = tx.municipality().0;
    let particulars = Particulars { role, job_stimulus_since: None, own_work_earlier_this_year: None };
    sqlx::query(
        "insert into household_member (municipality_id, case_id, person_id, position, particulars, signs_as)
         select $1, $2, $3, count(*) + 1, $4, $5 from household_member where case_id = $2",
    )
    .bind(municipality)
    .bind(case.0)
    .bind(person.0)
    .bind(serde_json::to_value(particulars).unwrap())
    .bind(signs_as.map(SignerRole::code))
    .execute(tx.connection())
    .await
    .unwrap();
}

/// A case with one adult in it.
pub(crate) async fn add_single(tx: &mut TenantTx, number: &str, given: &str, responsible: Option<StaffId>) -> CaseId {
    let person = add_person(tx, number, given, false).await;
    let case = add_case(tx, &format!("2026-{given}"), responsible).await;
    add_member(tx, case, person, ADULT, Some(SignerRole::Applicant)).await;
    case
}

/// A source that is switched on.
pub(crate) async fn add_source(tx: &mut TenantTx, agency: Agency) -> SourceId {
    let (municipality, source) = (tx.municipality().0, SourceId(Uuid::now_v7()));
    let board = serde_json::json!({
        "organisation_number": "162120009010",
        "name": "Exempelby kommun",
        "fk_actor": null,
        "legal_basis": crate::authority::LEGAL_BASIS,
    });
    let settings = serde_json::json!({
        "kind": { "speaks": "ssbtek", "agency": agency, "board": board },
        "endpoint": "http://127.0.0.1:9/",
        "connect_timeout_ms": 100,
        "answer_timeout_ms": 100,
        "tls": null,
        "bearer_file": null,
    });
    sqlx::query(
        "insert into authority_source (municipality_id, id, name, agency, settings, enabled, position)
         select $1, $2, $3, $3, $4, true, count(*) + 1 from authority_source",
    )
    .bind(municipality)
    .bind(source.0)
    .bind(agency.code())
    .bind(settings)
    .execute(tx.connection())
    .await
    .unwrap();
    source
}

/// What a source has answered about a person, on this day.
pub(crate) async fn add_answer(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    source: SourceId,
    on: Date,
    answer: &Answer,
) {
    let (municipality, query) = (tx.municipality().0, QueryId(Uuid::now_v7()));
    let at = noon(on).to_sqlx();
    sqlx::query(
        "insert into authority_query (municipality_id, id, renewal_id, person_id, source_id, asked_at, answered_at, answer_sealed)
         values ($1, $2, $3, $4, $5, $6, $6, $7)",
    )
    .bind(municipality)
    .bind(query.0)
    .bind(renewal.0)
    .bind(person.0)
    .bind(source.0)
    .bind(at)
    .bind(tx.vault().seal_json(Column::QueryAnswer, query, answer).unwrap())
    .execute(tx.connection())
    .await
    .unwrap();
}

/// An answer with one paid income.
pub(crate) fn reported(kind: IncomeKind, kronor: i64, on: Date) -> Answer {
    let row = AuthorityRow {
        label: kind.code().to_owned(),
        kind: RowKind::Income(kind),
        amount: Money::from_kronor(kronor),
        pay_date: Some(on),
        period: None,
        state: RowState::Paid,
    };
    Answer::Answered(Content { rows: vec![row], facts: Vec::new() })
}

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
}

/// A month by its text, such as `2026-12`.
pub(crate) fn month(text: &str) -> NormMonth {
    text.parse().unwrap()
}

/// Noon of a day in Stockholm.
pub(crate) fn noon(day: Date) -> jiff::Timestamp {
    day.at(12, 0, 0, 0).in_tz("Europe/Stockholm").unwrap().timestamp()
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
            "insert into signer (municipality_id, renewal_id, person_id, role, state, changed_at)
             values ($1, $2, $3, $4, $5, $6)",
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
    let core = core(renewal, month, &members, applicant, statement);
    let annex = Annex {
        schema: AnnexSchema::V1,
        renewal,
        role: SignerRole::Applicant,
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
        note: note.clone(),
    });
    let expenses = statement.expenses.iter().map(|&(kind, kronor, date)| ExpenseStatement {
        id: id(),
        kind,
        amount: Money::from_kronor(kronor),
        date,
        state,
        person: None,
        note: note.clone(),
    });
    Core {
        schema: CoreSchema::V1,
        renewal,
        norm_month,
        household: members.iter().map(document_member).collect(),
        household_statement: statement
            .household
            .map_or(HouseholdStatement::Same, |change| HouseholdStatement::Changed { change: PlainText::new(change) }),
        authorities: Vec::new(),
        incomes: incomes.collect(),
        expenses: expenses.collect(),
        payout: PayoutFact::PaymentSlip,
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
        role: annex.role,
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
        "insert into signed_document (municipality_id, renewal_id, core_sealed, core_hash) values ($1, $2, $3, $4)",
    )
    .bind(municipality.0)
    .bind(core.renewal.0)
    .bind(vault.seal(Column::DocumentCore, core.renewal, proposal.core.as_bytes()).unwrap())
    .bind(core.digest().unwrap().as_bytes().as_slice())
    .execute(tx.connection())
    .await
    .unwrap();
    let row = (core.renewal, person);
    let seal = |column, bytes: &[u8]| vault.seal(column, row, bytes).unwrap();
    sqlx::query(
        "insert into signature (municipality_id, renewal_id, person_id, manifest_sealed, manifest_hash, annex_sealed,
                                evidence_sealed, signed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(municipality.0)
    .bind(core.renewal.0)
    .bind(person.0)
    .bind(seal(Column::SignatureManifest, proposal.manifest.as_bytes()))
    .bind(manifest.digest().unwrap().as_bytes().as_slice())
    .bind(seal(Column::SignatureAnnex, proposal.annex.as_bytes()))
    .bind(vault.seal_json(Column::SignatureEvidence, row, &evidence).unwrap())
    .bind(noon(on).to_sqlx())
    .execute(tx.connection())
    .await
    .unwrap();
}

/// A submitted renewal with its calculation.
pub(crate) async fn review(tx: &mut TenantTx, id: RenewalId) -> Review {
    let renewal = renewal::find(tx, id).await.unwrap().unwrap();
    let asked = answers::newest(tx, id).await.unwrap();
    let core = signed::core(tx, id).await.unwrap().unwrap();
    Review::read(tx, &renewal, asked, core).await.unwrap()
}

/// The stage that a renewal has come to, by code.
pub(crate) async fn stage_of(tx: &mut TenantTx, renewal: RenewalId) -> &'static str {
    signers::progress_of(tx, renewal).await.unwrap().stage.code()
}

/// How many times an act stands in the audit trail.
pub(crate) async fn audited(tx: &mut TenantTx, action: &str) -> i64 {
    sqlx::query_scalar("select count(*) from audit_entry where action = $1")
        .bind(action)
        .fetch_one(tx.connection())
        .await
        .unwrap()
}

/// A day of the test's year.
pub(crate) fn day(month: i8, day: i8) -> Date {
    date(2026, month, day)
}
