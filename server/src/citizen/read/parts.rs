//! The parts of a renewal, from the task list to the message.

use app::citizen::port::{
    Authorities, Direction, History, Household, MessagePart, Part, PartState, PayoutPart, Renewal, RenewalPart, Window,
};
use app::port::{AnswerState, Conflict, Form, PersonAnswers, SourceAnswer};
use domain::authority::{Answer, AuthorityRow, NotAsked};
use domain::id::{CaseId, PersonId, RenewalId};
use domain::renewal::draft::SectionStatus;
use domain::renewal::judge;
use domain::renewal::state::SignerRole;
use domain::renewal::{Context, Draft, Section, Stage};
use jiff::civil::Date;
use jiff_sqlx::Timestamp as SqlTimestamp;

use super::phrases::field_error;
use super::{CitizenReader, ReadError};
use crate::case::answers::{self, Asked};
use crate::case::household::{self, HouseholdMember};
use crate::case::{earlier, payout_way, payouts};
use crate::citizen::draft::{self, OpenDraft, Stored};
use crate::db::{Column, DbError, TenantTx};
use crate::login::policy::OwnRenewal;
use crate::signing;

/// A draft with what it is judged against.
pub(super) struct Work {
    pub(super) open: OpenDraft,
    pub(super) members: Vec<HouseholdMember>,
    pub(super) context: Context,
}

impl Work {
    pub(super) fn stored(&self) -> &Stored {
        &self.open.stored
    }

    pub(super) fn draft(&self) -> &Draft {
        &self.open.stored.draft
    }

    pub(super) fn renewal(&self) -> &OwnRenewal {
        &self.open.renewal
    }

    /// Revision, errors of a part that has been posted, and what other windows typed.
    pub(super) fn form(&self, part: Section, errors: &[judge::FieldError]) -> Form {
        let posted = self.stored().posted.contains(part.code());
        Form {
            revision: u32::try_from(self.open.revision).unwrap_or_default(),
            errors: if posted { errors.iter().map(field_error).collect() } else { Vec::new() },
            conflicts: self
                .stored()
                .conflicts
                .iter()
                .filter(|conflict| conflict.section == part.code())
                .map(|conflict| Conflict { field: conflict.field.clone(), other: conflict.other.clone() })
                .collect(),
        }
    }
}

impl CitizenReader {
    pub(super) async fn work(&self, tx: &mut TenantTx) -> Result<Work, ReadError> {
        let open = OpenDraft::lock(tx, &self.actor, &self.site.municipality, self.today()).await?;
        let members = household::members(tx, self.actor.case()).await?;
        let context =
            Context { norm_month: open.renewal.month(), today: self.today(), owners: signing::owners(&members) };
        Ok(Work { open, members, context })
    }

    pub(super) fn window(&self, work: &Work) -> Result<Window, DbError> {
        let month = work.renewal().month();
        Ok(Window { month, until: draft::until(&self.site.municipality, month, self.today())? })
    }

    pub(super) async fn read_renewal(&self) -> Result<Renewal, ReadError> {
        let mut tx = self.tx().await?;
        let month = draft::current_month(&mut tx, &self.actor, &self.site.municipality, self.today()).await?;
        let renewal = match month {
            Some(month) => OwnRenewal::for_month(&mut tx, &self.actor, month).await?,
            None => None,
        };
        match renewal {
            None => return Err(ReadError::NotBegun),
            Some(renewal) if renewal.stage() != Stage::Draft => return Err(ReadError::Elsewhere("/renewal/receipt")),
            Some(renewal) if renewal.begun_by() != self.actor.person() => return Err(ReadError::Elsewhere("/home")),
            Some(_) => {}
        }
        let work = self.work(&mut tx).await?;
        let pending = pending(&answers::newest(&mut tx, work.renewal().id()).await?, self.actor.person());
        let saved = saved(&mut tx, work.renewal().id()).await?;
        let co_applicant = work
            .members
            .iter()
            .find(|member| member.signs_as.is_some() && member.person != self.actor.person())
            .map(|member| member.name.given.clone());
        Ok(Renewal {
            window: self.window(&work)?,
            saved: self.local(saved),
            co_applicant,
            parts: parts(&work, pending),
        })
    }

    pub(super) async fn read_household(&self) -> Result<Household, ReadError> {
        let mut tx = self.tx().await?;
        let work = self.work(&mut tx).await?;
        self.household_of(&mut tx, &work).await
    }

    pub(super) async fn household_of(&self, tx: &mut TenantTx, work: &Work) -> Result<Household, ReadError> {
        let draft = work.draft();
        let mut errors = judge::judge_contact(&draft.contact).err().unwrap_or_default();
        errors.extend(judge::judge_household(&draft.household).err().unwrap_or_default());
        Ok(Household {
            month: work.renewal().month(),
            form: work.form(Section::Household, &errors),
            phone: draft.contact.phone.as_str().to_owned(),
            email: draft.contact.email.as_str().to_owned(),
            answer: draft.household.answer.as_str().to_owned(),
            change: draft.household.change.as_str().to_owned(),
            address: address(tx, self.actor.person()).await?,
            members: work.members.iter().map(HouseholdMember::shown).collect(),
        })
    }

    pub(super) async fn read_authorities(&self) -> Result<Authorities, ReadError> {
        let mut tx = self.tx().await?;
        let work = self.work(&mut tx).await?;
        let asked = answers::newest(&mut tx, work.renewal().id()).await?;
        let own: Vec<_> = asked.iter().filter(|one| one.person == self.actor.person()).collect();
        let latest = own.iter().map(|one| one.asked).max().unwrap_or_else(|| tx.at());
        let may_ask_again = own.iter().any(|one| {
            one.answer.as_ref().is_some_and(|(_, answer)| {
                matches!(answer, Answer::Failed(_) | Answer::Partly { .. } | Answer::NotAsked(NotAsked::SwitchedOff))
            })
        });
        let month = work.renewal().month();
        Ok(Authorities {
            month,
            reference_month: month.previous(),
            form: work.form(Section::Authorities, &[]),
            asked: self.local(latest),
            pending: pending(&asked, self.actor.person()),
            may_ask_again,
            people: self.people(&work, &asked),
            history: self.fetched_before(&mut tx, &work, &asked).await?,
        })
    }

    /// What each source said about each adult that this person may see, themselves first.
    pub(super) fn people(&self, work: &Work, asked: &[Asked]) -> Vec<PersonAnswers> {
        let since = work.renewal().month().previous().first_day();
        let adults = work.members.iter().filter(|member| member.signs_as.is_some());
        let (own, others): (Vec<_>, Vec<_>) = adults.partition(|member| member.person == self.actor.person());
        own.into_iter()
            .chain(others)
            .map(|member| PersonAnswers {
                person: member.name.given.clone(),
                answers: asked
                    .iter()
                    .filter(|one| one.person == member.person)
                    .map(|one| self.source_answer(one, since))
                    .collect(),
            })
            .filter(|person| !person.answers.is_empty())
            .collect()
    }

    fn source_answer(&self, asked: &Asked, since: Date) -> SourceAnswer {
        SourceAnswer {
            authority: asked.authority.clone(),
            state: match &asked.answer {
                None => AnswerState::Waiting,
                Some((at, answer)) => AnswerState::Done { answer: recent(answer, since), at: self.local(*at) },
            },
        }
    }

    /// What was paid before the reference month: by this renewal's answers, or where they tell of nothing so old, by those of earlier
    /// renewals.
    async fn fetched_before(&self, tx: &mut TenantTx, work: &Work, asked: &[Asked]) -> Result<Vec<History>, DbError> {
        let month = work.renewal().month();
        let own: Vec<_> = asked.iter().filter(|one| one.person == self.actor.person()).cloned().collect();
        let told: Vec<_> = (2..=4)
            .filter_map(|back| month.checked_add(-back))
            .map(|month| {
                let mut rows = earlier::rows_of_month(&own, month, Direction::Income);
                rows.extend(earlier::rows_of_month(&own, month, Direction::Expense));
                History { month, rows }
            })
            .filter(|history| !history.rows.is_empty())
            .collect();
        if told.is_empty() {
            return earlier::fetched(tx, self.actor.case(), month, &work.members).await;
        }
        Ok(told)
    }

    pub(super) async fn read_pending(&self) -> Result<u32, ReadError> {
        let mut tx = self.tx().await?;
        let work = self.work(&mut tx).await?;
        Ok(pending(&answers::newest(&mut tx, work.renewal().id()).await?, self.actor.person()))
    }

    pub(super) async fn read_payout_part(&self) -> Result<PayoutPart, ReadError> {
        let mut tx = self.tx().await?;
        let work = self.work(&mut tx).await?;
        self.payout_of(&mut tx, &work).await
    }

    pub(super) async fn payout_of(&self, tx: &mut TenantTx, work: &Work) -> Result<PayoutPart, ReadError> {
        let applicant = work.members.iter().find(|member| member.signs_as == Some(SignerRole::Applicant));
        Ok(PayoutPart {
            month: work.renewal().month(),
            form: work.form(Section::Payout, &[]),
            method: payouts::method(&payout_way::of_case(tx, self.actor.case()).await?),
            payee: applicant.map_or_else(String::new, |member| member.name.full()),
            phone: Some(self.site.municipality.row.phone.clone()),
        })
    }

    pub(super) async fn read_message_part(&self) -> Result<MessagePart, ReadError> {
        let mut tx = self.tx().await?;
        let work = self.work(&mut tx).await?;
        let errors = judge::judge_message(&work.draft().message).err().unwrap_or_default();
        Ok(MessagePart {
            month: work.renewal().month(),
            form: work.form(Section::Message, &errors),
            message: work.draft().message.as_str().to_owned(),
            caseworker: caseworker(&mut tx, self.actor.case()).await?,
        })
    }
}

fn parts(work: &Work, pending: u32) -> Vec<Part> {
    let state = |section: Section| match work.draft().status(section, &work.context) {
        SectionStatus::Done => PartState::Done,
        SectionStatus::InProgress => PartState::Incomplete,
        SectionStatus::NotStarted => match section {
            Section::Message => PartState::Optional,
            _ => PartState::NotBegun,
        },
    };
    let mut parts: Vec<_> = [
        (RenewalPart::Household, Section::Household),
        (RenewalPart::Authorities, Section::Authorities),
        (RenewalPart::Incomes, Section::Incomes),
        (RenewalPart::Expenses, Section::Expenses),
        (RenewalPart::Payout, Section::Payout),
        (RenewalPart::Message, Section::Message),
    ]
    .into_iter()
    .map(|(part, section)| Part { part, state: state(section) })
    .collect();
    for part in &mut parts {
        if part.part == RenewalPart::Authorities && pending > 0 && part.state != PartState::Done {
            part.state = PartState::Fetching;
        }
    }
    let ready = parts.iter().all(|part| matches!(part.state, PartState::Done | PartState::Optional));
    parts.push(Part { part: RenewalPart::Check, state: if ready { PartState::NotBegun } else { PartState::Blocked } });
    parts
}

/// The answer without what was paid before this day, unless that is all that it tells.
fn recent(answer: &Answer, since: Date) -> Answer {
    let mut answer = answer.clone();
    if let Answer::Answered(content) | Answer::Partly { content, .. } = &mut answer {
        let is_recent = |row: &AuthorityRow| row.pay_date.is_none_or(|day| day >= since);
        if content.rows.iter().any(is_recent) {
            content.rows.retain(is_recent);
        }
    }
    answer
}

/// How many sources have not answered yet about one person.
pub(super) fn pending(asked: &[Asked], person: PersonId) -> u32 {
    let waiting = asked.iter().filter(|one| one.person == person && one.answer.is_none()).count();
    u32::try_from(waiting).unwrap_or(u32::MAX)
}

async fn address(tx: &mut TenantTx, person: PersonId) -> Result<Vec<String>, DbError> {
    let municipality = tx.municipality().0;
    let sealed = sqlx::query_scalar!(
        "select address_sealed from person where municipality_id = $1 and id = $2",
        municipality,
        person.0,
    )
    .fetch_one(tx.connection())
    .await?;
    let Some(sealed) = sealed else { return Ok(Vec::new()) };
    let text = tx.vault().open_text(Column::PersonAddress, person.0, &sealed)?;
    Ok(text.lines().map(str::to_owned).collect())
}

pub(super) async fn saved(tx: &mut TenantTx, renewal: RenewalId) -> Result<jiff::Timestamp, DbError> {
    let municipality = tx.municipality().0;
    let saved = sqlx::query_scalar!(
        r#"select saved_at as "saved_at: SqlTimestamp" from renewal_draft where municipality_id = $1 and renewal_id = $2"#,
        municipality,
        renewal.0,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(saved.to_jiff())
}

/// The responsible caseworker's name.
pub(super) async fn caseworker(tx: &mut TenantTx, case: CaseId) -> Result<Option<String>, DbError> {
    let municipality = tx.municipality().0;
    Ok(sqlx::query_scalar!(
        r#"
        select s.name
          from assistance_case c
          join staff s on (s.municipality_id, s.id) = (c.municipality_id, c.responsible_id)
         where c.municipality_id = $1 and c.id = $2
        "#,
        municipality,
        case.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}
