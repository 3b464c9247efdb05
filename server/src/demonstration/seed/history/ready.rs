//! One month's renewal made ready: what was asked and answered, what was typed, and what the adults signed. Nothing is written yet.

use domain::NormMonth;
use domain::authority::{Answer, RowKind};
use domain::form::Typed;
use domain::id::{PersonId, QueryId, RenewalId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::money::Money;
use domain::renewal::document::{Annex, Core};
use domain::renewal::draft::{ActivityDraft, ContactDraft, HouseholdDraft, ItemDraft, ListDraft, Section};
use domain::renewal::state::SignerRole;
use domain::renewal::{Context, Draft, OwnStatements, Part, judge};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use url::Url;
use uuid::Uuid;

use super::times::Times;
use super::{Adult, HistoryError, Home, Source, Teller, answers, signers};
use crate::case::answers::Asked;
use crate::case::{household, to_sign};
use crate::citizen::sign_renewal::PendingSigning;
use crate::citizen::stored_draft::StoredDraft;
use crate::identity::oidc::{Callback, LoginError, SignRequest, Verified, VerifiedSignature};
use crate::signing::{self, Proposal};
use demo::people::{Behaviour, DemoPerson, DemoSource};

/// A renewal that is ready to be written.
pub(super) struct Ready {
    pub(super) month: NormMonth,
    pub(super) times: Times,
    pub(super) renewal: RenewalId,
    /// What was asked about each adult who logged in, in the order of the adults.
    pub(super) asked: Vec<Vec<Asked>>,
    pub(super) draft: StoredDraft,
    /// The signatures of the adults, in their order.
    pub(super) signatures: Vec<(PendingSigning, Box<VerifiedSignature>)>,
}

/// The draft's revision when it is signed: it was begun, and each section was saved once.
pub(super) const REVISION: i32 = 7;

impl Teller<'_> {
    /// Makes one month's renewal ready.
    pub(super) async fn ready(&self, home: &Home<'_>, month: NormMonth, times: Times) -> Result<Ready, HistoryError> {
        let renewal = RenewalId(Uuid::now_v7());
        // The other adult's part of the open month may be what is missing.
        let one_is_missing = month == self.open && home.household.second_signature_missing;
        let signing = || home.adults.iter().filter(|adult| adult.role == SignerRole::Applicant || !one_is_missing);
        let asked: Vec<Vec<Asked>> = signing()
            .map(|adult| {
                let at = if adult.role == SignerRole::Applicant { times.begun } else { times.co_begun };
                self.asked(adult, month, at)
            })
            .collect::<Result<_, _>>()?;
        let typed = self.draft(home, month, asked.first().map(Vec::as_slice).unwrap_or_default())?;
        let context = Context {
            norm_month: month,
            today: signers::day(times.signed),
            part: Part::Whole,
            owners: household::owners(&home.members),
        };
        let statements = judge(&typed, &context)
            .map_err(|_| HistoryError::Statements { household: home.household.key.clone(), month })?;
        let core = to_sign::core(renewal, month, &home.members, &statements, &home.payout);
        let mut signatures = Vec::new();
        for (adult, answers) in signing().zip(&asked) {
            let own = match adult.role {
                SignerRole::Applicant => statements.own(),
                SignerRole::CoApplicant => OwnStatements::default(),
            };
            let annex = to_sign::annex(&core, adult.role, answers, &own, &self.swedish);
            signatures.push(self.sign(home, adult, &core, &annex).await?);
        }
        let posted = Section::ALL.iter().map(|section| section.code().to_owned()).collect();
        let draft = StoredDraft { draft: typed, posted, signing_begun: Some(REVISION), ..StoredDraft::default() };
        Ok(Ready { month, times, renewal, asked, draft, signatures })
    }

    /// What every source was asked about one adult, and answered.
    fn asked(&self, adult: &Adult<'_>, month: NormMonth, at: Timestamp) -> Result<Vec<Asked>, HistoryError> {
        let question = answers::Asked::for_month(month, signers::day(at))?;
        let later = |seconds| at.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(at);
        let asked = |(place, source): (i64, &Source)| {
            let behaviour = self.behaviour(adult.person, source.known_as, month);
            // A source that hangs is given up after its time.
            let came = if behaviour == Behaviour::Hang { later(7) } else { later(1 + place % 3) };
            Asked {
                query: QueryId(Uuid::now_v7()),
                source: source.id,
                authority: source.authority.clone(),
                person: adult.id,
                at,
                answer: Some((came, question.answer(adult.person, source.known_as, behaviour))),
            }
        };
        Ok((0..).zip(&self.sources).map(asked).collect())
    }

    /// Sources that behave badly have done so for the last month only, or when the story says so.
    fn behaviour(&self, person: &DemoPerson, source: DemoSource, month: NormMonth) -> Behaviour {
        let of_late = || if month >= self.open.previous() { person.behaviour(source) } else { Behaviour::Answer };
        self.story.went_wrong(&person.key, source, month).unwrap_or_else(of_late)
    }

    /// What the applicant typed.
    fn draft(&self, home: &Home<'_>, month: NormMonth, shown: &[Asked]) -> Result<Draft, HistoryError> {
        let applicant = home.adults.first().map(|adult| adult.person);
        let reached = |how: fn(&DemoPerson) -> &Option<String>| {
            typed(applicant.and_then(|it| how(it).as_deref()).unwrap_or_default())
        };
        let letter = applicant.and_then(|person| self.story.letter(&person.key, month));
        Ok(Draft {
            contact: ContactDraft { phone: reached(|it| &it.phone)?, email: reached(|it| &it.email)? },
            household: HouseholdDraft { answer: typed("same")?, ..HouseholdDraft::default() },
            activity: ActivityDraft { answer: typed("as-planned")?, ..ActivityDraft::default() },
            incomes: ListDraft { items: self.incomes(home, month, shown)?, done: true },
            expenses: ListDraft { items: self.expenses(home, month, shown)?, done: true },
            authorities_seen: true,
            message: typed(letter.unwrap_or_default())?,
            message_seen: true,
            ..Draft::default()
        })
    }

    /// Wages and what came once in the month before; and what authorities should have reported, where they did not.
    fn incomes(&self, home: &Home<'_>, month: NormMonth, shown: &[Asked]) -> Result<Vec<ItemDraft>, HistoryError> {
        let (first, last) = (month.previous().first_day(), month.previous().last_day());
        let mut items = Vec::new();
        for adult in &home.adults {
            let mut add = |kind: IncomeKind, amount, date, note: &str| -> Result<(), HistoryError> {
                items.push(item(kind.code(), amount, (date, None), Some(adult.id), note)?);
                Ok(())
            };
            for row in adult.person.stated_wages(first, last) {
                add(row.kind, row.amount, row.date, &row.label)?;
            }
            let once = self.story.income.iter().filter(|it| it.person == adult.person.key);
            for income in once.filter(|it| (first..=last).contains(&it.date)) {
                add(income.kind, income.amount, income.date, &income.note)?;
            }
            for asked in shown.iter().filter(|asked| asked.person == adult.id && is_lacking(asked)) {
                let Some(source) = self.sources.iter().find(|source| source.id == asked.source) else { continue };
                for row in adult.person.benefits(source.known_as, first, last) {
                    if !has_reported(asked, RowKind::Income(row.kind), row.date) {
                        add(row.kind, row.amount, row.date, &row.label)?;
                    }
                }
            }
        }
        Ok(items)
    }

    /// The expenses of the norm month, but for those that a source has reported.
    fn expenses(&self, home: &Home<'_>, month: NormMonth, shown: &[Asked]) -> Result<Vec<ItemDraft>, HistoryError> {
        let (first, last) = (month.first_day(), month.last_day());
        let mut items = Vec::new();
        for row in home.household.expenses(first, last) {
            let reported = |asked: &Asked| has_reported(asked, RowKind::Expense(row.kind), row.date);
            if !shown.iter().any(reported) {
                items.push(item(row.kind.code(), row.amount, (row.date, Some(month)), None, &row.label)?);
            }
        }
        let once = self.story.expense.iter().filter(|it| it.household == home.household.key);
        for expense in once.filter(|it| (first..=last).contains(&it.date)) {
            let kind: ExpenseKind = expense.kind;
            items.push(item(kind.code(), expense.amount, (expense.date, Some(month)), None, &expense.note)?);
        }
        Ok(items)
    }

    /// Signs as somebody does who presses the button: the service's relying party asks the eID, and verifies what it gives.
    async fn sign(
        &self,
        home: &Home<'_>,
        adult: &Adult<'_>,
        core: &Core,
        annex: &Annex,
    ) -> Result<(PendingSigning, Box<VerifiedSignature>), HistoryError> {
        let signer = signing::ProposalSigner {
            municipality: self.municipality.id,
            municipality_name: &self.municipality.name,
            case: home.case,
            swedish: &self.swedish,
            texts: &self.swedish,
        };
        let proposal: Proposal = signing::propose(core, annex, &signer)?;
        let request = SignRequest::new(
            adult.person.number,
            proposal.manifest.clone().into_bytes(),
            proposal.sign_message.clone(),
        )?;
        let (relying_party, clock) = (&self.relying_party, &self.service.clock);
        let start = relying_party.begin_signing(&request, proposal.locale.as_str(), clock.real()).await?;
        let back = self.eid.sign_unseen(&start.url).ok_or(HistoryError::NotAsked)?;
        let verified = relying_party.finish(&start.pending, callback(&back), clock.real()).await?;
        let Verified::Signature(signature) = verified else { return Err(LoginError::UnknownState.into()) };
        let signing = PendingSigning {
            own_revision: None,
            renewal: core.renewal,
            revision: (adult.role == SignerRole::Applicant).then_some(REVISION),
            proposal,
            request_object: start.request_object,
            pending: start.pending,
        };
        Ok((signing, signature))
    }
}

/// What the eID put into the address that the browser comes back to.
fn callback(address: &Url) -> Callback {
    let value = |of: &str| address.query_pairs().find(|(name, _)| name == of).map(|(_, value)| value.into_owned());
    Callback {
        code: value("code"),
        state: value("state"),
        iss: value("iss"),
        error: value("error"),
        error_description: None,
    }
}

/// Whether the source did not tell all.
fn is_lacking(asked: &Asked) -> bool {
    matches!(asked.answer, Some((_, Answer::Partly { .. } | Answer::Failed(_))))
}

fn has_reported(asked: &Asked, kind: RowKind, date: Date) -> bool {
    let content = asked.answer.as_ref().and_then(|(_, answer)| answer.content());
    content.is_some_and(|content| content.rows.iter().any(|row| (row.kind, row.pay_date) == (kind, Some(date))))
}

fn item(
    kind: &str,
    amount: Money,
    (date, month): (Date, Option<NormMonth>),
    person: Option<PersonId>,
    note: &str,
) -> Result<ItemDraft, HistoryError> {
    Ok(ItemDraft {
        payer: Typed::default(),
        id: StatementId(Uuid::now_v7()),
        kind: typed(kind)?,
        amount: typed(&amount.to_string())?,
        date: typed(&date.to_string())?,
        month: typed(&month.map(|month| month.to_string()).unwrap_or_default())?,
        carried: None,
        person: typed(&person.map(|person| person.to_string()).unwrap_or_default())?,
        note: typed(note)?,
    })
}

fn typed(text: &str) -> Result<Typed, HistoryError> {
    Ok(Typed::new(text)?)
}
