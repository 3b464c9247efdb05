//! A core and an annex of each schema, with everything that they can hold.

use super::*;

pub(super) fn petras_account() -> PayoutMethod {
    PayoutMethod::Account { account: Account::parse("3300", "000620-5124").unwrap().0 }
}

pub(super) fn text(text: &str) -> PlainText {
    PlainText::new(text)
}

pub(super) fn member(person: PersonId, number: &str, name: &str, role: SignedRole) -> SignedMember {
    SignedMember { person, person_number: PersonNumber::parse(number).unwrap(), name: text(name), role }
}

/// A couple with everything that a core can hold.
pub(super) fn core() -> Core {
    let mut core = Core { schema: CoreSchema::V6, ..fifth_core() };
    core.incomes[0].payer = Some(text("Lagret AB"));
    core
}

/// The same in the schema before.
pub(super) fn fifth_core() -> Core {
    Core {
        schema: CoreSchema::V5,
        household_statement: HouseholdStatement::Changed {
            changes: vec![
                HouseholdChange::MovedIn {
                    name: Some(text("Alva Nilsson")),
                    relation: Relation::Child,
                    number: Some(PersonNumber::parse("201703152395").unwrap()),
                    date: date(2026, 12, 3),
                },
                HouseholdChange::MovedOut { person: JOHAN, date: date(2026, 12, 1) },
                HouseholdChange::PartTime { person: JOHAN, days: SmallCount(15) },
                HouseholdChange::NewHome {
                    address: Some(text("Storgatan 1\n123 45 Exempelby")),
                    tenure: Tenure::SecondHand,
                    date: date(2026, 11, 28),
                },
                HouseholdChange::SharedHome { sharing: Sharing::Lodger, persons: SmallCount(4) },
            ],
            change: Some(text("Vårt barn bor hos oss varannan vecka.")),
        },
        ..fourth_core()
    }
}

/// The same in the schema before.
/// The identity numbers are published test numbers.
pub(super) fn fourth_core() -> Core {
    Core {
        schema: CoreSchema::V4,
        renewal: RENEWAL,
        norm_month: "2026-12".parse().unwrap(),
        household: vec![
            member(PETRA, "199006022397", "Petra Nilsson", SignedRole::Applicant),
            member(JOHAN, "199107172380", "Johan Nilsson", SignedRole::CoApplicant),
        ],
        household_statement: HouseholdStatement::Changed {
            changes: Vec::new(),
            change: Some(text("Vårt barn bor hos oss varannan vecka.")),
        },
        authorities: None,
        incomes: vec![IncomeStatement {
            id: StatementId(Uuid::from_u128(0xd1)),
            kind: IncomeKind::Wage,
            amount: Money::from_ore(305_450),
            date: date(2026, 11, 25),
            state: RowState::Planned,
            person: JOHAN,
            payer: None,
            note: Some(text("Extra pass på lagret")),
            carried: None,
        }],
        expenses: vec![ExpenseStatement {
            id: StatementId(Uuid::from_u128(0xd2)),
            kind: ExpenseKind::Rent,
            amount: Money::from_kronor(6_150),
            month: Some("2026-12".parse().unwrap()),
            date: Some(date(2026, 11, 30)),
            state: RowState::Planned,
            person: None,
            note: None,
            carried: Some("2026-09".parse().unwrap()),
        }],
        payout: PayoutFact::of(&petras_account(), RENEWAL),
        declarations: Declaration::ALL.to_vec(),
    }
}

/// What authorities have answered about both, in each way that there is.
pub(super) fn answered() -> Vec<AuthorityFact> {
    let rent_benefit = AuthorityRow {
        label: "Bostadsbidrag".into(),
        kind: RowKind::Income(IncomeKind::HousingBenefit),
        amount: Money::from_kronor(1_900),
        pay_date: Some(date(2026, 11, 25)),
        period: Some((date(2026, 11, 1), date(2026, 11, 30))),
        state: RowState::Planned,
    };
    let fact = |source: &str, person, answer: &Answer, fetched: bool| AuthorityFact {
        source: text(source),
        person,
        fetched: fetched.then(|| "2026-11-24T08:14:00Z".parse().unwrap()),
        answer: answer.into(),
    };
    let failure = Failure { kind: FailureKind::TimedOut, code: Some("504".into()) };
    let job_seeker = Fact::RegisteredJobSeeker { since: date(2026, 3, 3) };
    let study = Fact::UnderWay { label: "Studiemedel".into() };
    vec![
        fact("Försäkringskassan", PETRA, &Answer::Answered(Content { rows: vec![rent_benefit], facts: vec![] }), true),
        fact("Arbetsförmedlingen", PETRA, &Answer::Answered(Content { rows: vec![], facts: vec![job_seeker] }), true),
        fact(
            "CSN",
            PETRA,
            &Answer::Partly { content: Content { rows: vec![], facts: vec![study] }, missing: vec![failure.clone()] },
            true,
        ),
        fact("Skatteverket", PETRA, &Answer::NothingFound, true),
        fact("A-kassan", PETRA, &Answer::Failed(failure), false),
        fact("Försäkringskassan", JOHAN, &Answer::NotAsked(NotAsked::SwitchedOff), false),
    ]
}

/// The identifier of the sick leave in the newest annex.
pub(super) const SICK_LEAVE: StatementId = StatementId(Uuid::from_u128(0xd5));

/// An annex with everything that it can hold but a dispute and own rows.
pub(super) fn annex(role: SignerRole) -> Annex {
    let mut annex = Annex { schema: AnnexSchema::V5, ..fourth_annex(role) };
    for episode in &mut annex.activity.as_mut().unwrap().episodes {
        if let Episode::SickLeave { id, .. } = episode {
            *id = Some(SICK_LEAVE);
        }
    }
    let proof = |id, of, name: &str, media, pages| Proof {
        id: ProofId(Uuid::from_u128(id)),
        of,
        name: text(name),
        media,
        pages: SmallCount(pages),
        digest: Digest::of(name.as_bytes()),
    };
    annex.proofs = Proofs {
        shown: vec![
            proof(0xf1, StatementId(Uuid::from_u128(0xd2)), "hyresavi.pdf", Media::Pdf, 2),
            proof(0xf2, SICK_LEAVE, "IMG_1.jpg", Media::Jpeg, 1),
        ],
        later: vec![StatementId(Uuid::from_u128(0xd1)), SICK_LEAVE],
    };
    annex
}

/// The one that stood beside the fifth core.
pub(super) fn fourth_annex(role: SignerRole) -> Annex {
    let mut annex = Annex { schema: AnnexSchema::V4, ..third_annex(role) };
    let (from, to) = (date(2026, 11, 3), date(2026, 11, 14));
    let place = text("Lagret AB");
    annex.activity.as_mut().unwrap().episodes = vec![
        Episode::Work { place: place.clone(), from, to: Some(to) },
        Episode::Study { place, from, to: None },
        Episode::SickLeave { id: None, from, to, extent: Extent::Half, certificate: Certificate::Later },
        Episode::ParentalLeave { from, to: None, extent: Extent::Full },
        Episode::Activity { what: text("Praktik"), planned: SmallCount(40), done: SmallCount(32) },
        Episode::Absence { from, to, reason: AbsenceReason::Other, why: Some(text("Tandläkaren")) },
    ];
    annex
}

/// The one that stood beside the fourth core.
pub(super) fn third_annex(role: SignerRole) -> Annex {
    let signer = if role == SignerRole::Applicant { PETRA } else { JOHAN };
    Annex {
        schema: AnnexSchema::V3,
        renewal: RENEWAL,
        role,
        authorities: Some(answered().into_iter().filter(|fact| fact.person == signer).collect()),
        rows: None,
        activity: Some(ActivityStatement {
            episodes: Vec::new(),
            month: "2026-11".parse().unwrap(),
            answer: ActivityAnswer::Partly,
            note: Some(text("Jag var sjuk den 3 november.")),
        }),
        proofs: Proofs::default(),
        phone: Some(text("070-123 45 67")),
        email: None,
        message: Some(text("CSN ska betala tillbaka.\nJag slutade läsa den 31 oktober.")),
    }
}

/// An annex that says that the first amount of an authority is wrong.
pub(super) fn disputed(mut annex: Annex) -> Annex {
    let row = annex.authorities.iter_mut().flatten().flat_map(|fact| fact.answer.rows_mut()).next().unwrap();
    row.disputed = Some(DisputeStatement {
        id: StatementId(Uuid::from_u128(0xd1)),
        row: RowId { query: QueryId(Uuid::from_u128(0xd2)), index: 1 },
        reason: DisputeReason::Different,
        amount: Some(Money::from_kronor(1_500)),
        date: Some(date(2026, 11, 28)),
        why: text("De har räknat på fel hyra."),
    });
    annex
}

/// What a person says of their own incomes and expenses, beside this core.
pub(super) fn rows_of(person: PersonId, core: Core) -> OwnRows {
    let Core { mut incomes, mut expenses, .. } = core;
    incomes[0].person = person;
    expenses[0].person = Some(person);
    OwnRows { incomes, expenses }
}

pub(super) fn binding() -> Binding {
    Binding {
        municipality: MunicipalityId(Uuid::from_u128(0xe0)),
        case: CaseId(Uuid::from_u128(0xe1)),
        locale: "sv".parse().unwrap(),
        nonce: Nonce::from_random([7; 16]),
    }
}

pub(super) struct Stored {
    pub(super) core: Vec<u8>,
    pub(super) annex: Vec<u8>,
}

impl Stored {
    pub(super) fn new(core: &Core, annex: &Annex) -> Self {
        Self { core: core.to_bytes().unwrap(), annex: annex.to_bytes().unwrap() }
    }

    pub(super) fn originals(&self) -> Originals<'_> {
        Originals {
            core: &self.core,
            annex: &self.annex,
            swedish_text: "Ansökan för december",
            shown_text: "Application for December",
            sign_message: "Jag skriver under ansökan för december.",
        }
    }
}

/// As the third schema had it: an expense is on a day, and nothing says that it was carried over.
pub(super) fn third_core() -> Core {
    let mut core = Core { schema: CoreSchema::V3, ..fourth_core() };
    core.expenses[0].month = None;
    core.expenses[0].carried = None;
    core
}

/// As the second schema had it: what authorities answered stands in what both sign.
pub(super) fn second_core() -> Core {
    Core { schema: CoreSchema::V2, authorities: Some(answered()), ..third_core() }
}

/// As the first schema had it: the end of an account binds nothing.
pub(super) fn first_core() -> Core {
    let PayoutFact::Account { bank, account, .. } = core().payout else { unreachable!("it goes to an account") };
    Core { schema: CoreSchema::V1, payout: PayoutFact::Account { bank, account, digest: None }, ..second_core() }
}

/// The annex that stood beside the first two.
pub(super) fn first_annex(role: SignerRole) -> Annex {
    Annex { schema: AnnexSchema::V1, authorities: None, ..second_annex(role) }
}

/// The one that stood beside the third.
pub(super) fn second_annex(role: SignerRole) -> Annex {
    Annex { schema: AnnexSchema::V2, activity: None, ..third_annex(role) }
}
