use std::collections::HashMap;

use app::model::{
    AuthorityName, Calculation, CalculationLine, CalculationOutcome, Finality, LineState, Phrase, SourceChip,
};
use domain::id::{PersonId, RowId};
use domain::norm::{Explanation, LineSection, NormCalculation, RowRef, Standing, Subject};
use domain::renewal::document::Core;
use domain::renewal::state::SignerRole;
use domain::{Money, norm, source};
use jiff::civil::Date;

use super::super::answers::Asked;
use super::super::household::HouseholdMember;
use super::{Made, NoFigure};

/// The names that a calculation's lines are shown with.
pub(crate) struct Names {
    given: HashMap<PersonId, String>,
    signers: HashMap<SignerRole, String>,
    roles: HashMap<PersonId, SignerRole>,
    authorities: HashMap<RowId, AuthorityName>,
    reader: Option<HouseholdReader>,
}

/// The adult of the household who reads: what is fetched about another, and what another says of themselves, they see as a sum.
struct HouseholdReader {
    person: PersonId,
    /// Whether they wrote the renewal: what another states in it is then that other's own part.
    is_writer: bool,
}

/// What of another's stands together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Fetched,
    OwnPart,
}

impl Names {
    /// The names of a household and of the sources that were asked for its renewal.
    pub(crate) fn of(members: &[HouseholdMember], asked: &[Asked]) -> Self {
        let given = |member: &HouseholdMember| member.name.called().to_owned();
        let rows =
            |one: &Asked| one.answer.as_ref().and_then(|(_, answer)| answer.content()).map_or(0, |c| c.rows.len());
        Self {
            given: members.iter().map(|member| (member.person, given(member))).collect(),
            signers: members.iter().filter_map(|member| Some((member.signs_as?, given(member)))).collect(),
            roles: members.iter().filter_map(|member| Some((member.person, member.signs_as?))).collect(),
            authorities: asked
                .iter()
                .flat_map(|one| (0..rows(one)).map(|index| (one.row_id(index), one.authority.clone())))
                .collect(),
            reader: None,
        }
    }

    /// With the names of those who were in the household when it was signed, and are no more.
    pub(crate) fn and_signed(mut self, core: &Core) -> Self {
        for member in &core.household {
            self.given.entry(member.person).or_insert_with(|| member.name.as_str().to_owned());
        }
        for role in [SignerRole::Applicant, SignerRole::CoApplicant] {
            if let Some(signer) = core.signer(role) {
                self.signers.entry(role).or_insert_with(|| signer.name.as_str().to_owned());
                self.roles.entry(signer.person).or_insert(role);
            }
        }
        self
    }

    /// Whether a line is about somebody whose name is not known.
    pub(crate) fn lack_somebody(&self, result: &NormCalculation) -> bool {
        result.lines.iter().any(|line| {
            owner(line.subject).is_some_and(|person| !self.given.contains_key(&person))
                || line.source.signer().is_some_and(|role| !self.signers.contains_key(&role))
        })
    }

    /// The same for an adult of the household, in a renewal of this writer: what was fetched about another, and what another says of
    /// themselves, stands together, a line in each section.
    pub(crate) fn read_by(self, reader: PersonId, writer: PersonId) -> Self {
        Self { reader: Some(HouseholdReader { person: reader, is_writer: reader == writer }), ..self }
    }

    /// A figure as it would be today, or why there is none.
    pub(crate) fn outcome(&self, made: Result<&Made, &NoFigure>) -> CalculationOutcome {
        match made {
            Ok(made) => {
                let open_lines = u32::try_from(made.result.questions().count()).unwrap_or(u32::MAX);
                CalculationOutcome::Figure(self.shown(&made.result, Finality::Draft { open_lines }))
            }
            Err(why) => CalculationOutcome::NoFigure(why.phrase()),
        }
    }

    /// The calculation that a decision rests on, line by line.
    pub(crate) fn calculation(&self, result: &NormCalculation) -> Calculation {
        self.shown(result, Finality::Decided)
    }

    fn shown(&self, result: &NormCalculation, finality: Finality) -> Calculation {
        let number = |version: u32| i64::from(version);
        Calculation {
            month: result.month,
            table: Phrase::new("calculation-table")
                .with("table", &*result.table.id)
                .with("version", number(result.table.version))
                .with("rules", &*result.rules.id)
                .with("rules-version", number(result.rules.version)),
            lines: self.lines(&result.lines, finality),
            norm: result.sums.norm,
            expenses: result.sums.expenses,
            incomes: result.sums.income,
            balance: result.sums.balance,
            payable: result.sums.payable,
            finality,
        }
    }

    fn lines(&self, all: &[norm::Line], finality: Finality) -> Vec<CalculationLine> {
        let mut lines = Vec::new();
        let mut together = Vec::new();
        for line in all {
            let Some(kept) = self.kept(line) else {
                lines.push(self.line(line, finality));
                continue;
            };
            let of = |one: &norm::Line| (one.section(), owner(one.subject));
            if !together.contains(&(of(line), kept)) {
                together.push((of(line), kept));
                let same = all.iter().filter(|one| self.kept(one) == Some(kept) && of(one) == of(line));
                lines.extend(self.sum(of(line), kept, same, finality));
            }
        }
        lines
    }

    /// As what the line is not the reader's to read: what an authority reported about somebody else, or what somebody else says of
    /// themselves.
    fn kept(&self, line: &norm::Line) -> Option<Kept> {
        let reader = self.reader.as_ref()?;
        if owner(line.subject) == Some(reader.person) {
            return None;
        }
        // What another says of their authorities' rows goes with those: it is not told that they say anything.
        let is_fetched = line.source == source::Source::Authority || fetched(line.subject).is_some();
        if is_fetched || line.because.is_dispute() {
            return Some(Kept::Fetched);
        }
        let is_others = line.source.signer().is_some_and(|role| self.roles.get(&reader.person) != Some(&role));
        (reader.is_writer && is_others).then_some(Kept::OwnPart)
    }

    /// These lines as one. What does not count for the month tells of other months, and so nothing.
    fn sum<'l>(
        &self,
        (section, person): (LineSection, Option<PersonId>),
        kept: Kept,
        lines: impl Iterator<Item = &'l norm::Line>,
        finality: Finality,
    ) -> Option<CalculationLine> {
        let of_month = |line: &&norm::Line| line.standing != Standing::NotCounted || line.overridden.is_some();
        let lines: Vec<_> = lines.filter(of_month).collect();
        let asks = lines.iter().any(|line| line.standing == Standing::AsksHuman);
        let amount: Money = lines.iter().map(|line| line.amounts.counted()).sum();
        let name = person.and_then(|person| self.given.get(&person).cloned());
        (!lines.is_empty()).then(|| CalculationLine {
            section,
            label: Phrase::new(match kept {
                Kept::Fetched => "calculation-from-authorities",
                Kept::OwnPart => "calculation-own-part",
            }),
            rules: vec![Phrase::new("calculation-together").with("name", name.clone().unwrap_or_default())],
            person: name.clone(),
            date: None,
            from: None,
            amount,
            state: match finality {
                Finality::Draft { .. } if asks && amount.is_zero() => LineState::AsksHuman,
                Finality::Decided if asks && amount.is_zero() => LineState::LeftOut,
                _ => LineState::Counted,
            },
            source: Some(match kept {
                Kept::Fetched => SourceChip::Authorities,
                Kept::OwnPart => SourceChip::Stated(name.unwrap_or_default()),
            }),
            why: None,
            paragraph: None,
        })
    }

    /// A rule in words. One that tells whether an authority has reported something about somebody else does not.
    fn rule(&self, because: &Explanation, subject: Subject) -> Phrase {
        let reader = self.reader.as_ref().map(|reader| reader.person);
        let is_anothers = reader.is_some_and(|reader| owner(subject).is_some_and(|owner| owner != reader));
        match because {
            Explanation::IncomeStatedBesideAuthority { .. } | Explanation::IncomeBenefitMissing { .. }
                if is_anothers =>
            {
                Phrase::new("calculation-compared")
            }
            because => explanation(because),
        }
    }

    /// One line of a calculation that is not decided.
    pub(crate) fn draft_line(&self, line: &norm::Line) -> CalculationLine {
        self.line(line, Finality::Draft { open_lines: 0 })
    }

    fn line(&self, line: &norm::Line, finality: Finality) -> CalculationLine {
        let (stated, counted) = (line.amounts.stated(), line.amounts.counted());
        CalculationLine {
            section: line.section(),
            label: label(line.subject),
            person: owner(line.subject).and_then(|person| self.given.get(&person).cloned()),
            date: day(line.subject),
            from: (stated != counted).then_some(stated),
            amount: counted,
            state: state(line, finality),
            source: self.source(line),
            why: why(line),
            rules: std::iter::once(&line.because).chain(&line.also).map(|one| self.rule(one, line.subject)).collect(),
            paragraph: Some(line.paragraph.to_string()),
        }
    }

    fn source(&self, line: &norm::Line) -> Option<SourceChip> {
        if let Some(role) = line.source.signer() {
            return Some(SourceChip::Stated(self.signers.get(&role).cloned().unwrap_or_default()));
        }
        match (line.source, line.subject) {
            (source::Source::Authority, subject) => {
                let named = || self.authorities.get(&fetched(subject)?).cloned();
                line.agency.map(AuthorityName::Agency).or_else(named).map(SourceChip::Authority)
            }
            (source::Source::Register, _) => Some(SourceChip::Register),
            (source::Source::CarriedOver, Subject::Surplus { from }) => Some(SourceChip::Earlier(from)),
            _ => None,
        }
    }
}

/// What the caseworker wrote who set the line.
fn why(line: &norm::Line) -> Option<String> {
    line.overridden.as_ref().map(|overridden| overridden.reason.to_string()).filter(|why| !why.is_empty())
}

fn fetched(subject: Subject) -> Option<RowId> {
    match subject {
        Subject::Expense { row: RowRef::Fetched(row), .. }
        | Subject::Income { row: RowRef::Fetched(row), .. }
        | Subject::Asset { row: RowRef::Fetched(row), .. } => Some(row),
        _ => None,
    }
}

fn owner(subject: Subject) -> Option<PersonId> {
    match subject {
        Subject::Personal { person } => Some(person),
        Subject::Expense { person, .. } | Subject::Income { person, .. } | Subject::Asset { person, .. } => person,
        Subject::Shared | Subject::Surplus { .. } => None,
    }
}

fn day(subject: Subject) -> Option<Date> {
    match subject {
        Subject::Expense { date, .. } | Subject::Income { date, .. } => date,
        Subject::Personal { .. } | Subject::Shared | Subject::Asset { .. } | Subject::Surplus { .. } => None,
    }
}

fn label(subject: Subject) -> Phrase {
    let label = Phrase::new(subject.text_key());
    match subject {
        Subject::Surplus { from } => label.with("from", from),
        _ => label,
    }
}

fn state(line: &norm::Line, finality: Finality) -> LineState {
    match (line.standing, finality) {
        (Standing::AsksHuman, Finality::Draft { .. }) => LineState::AsksHuman,
        (Standing::AsksHuman, Finality::Decided) => LineState::LeftOut,
        _ if line.overridden.is_some() => LineState::Overridden,
        (Standing::NotCounted, _) if line.is_of_another_month() => LineState::OtherMonth,
        (Standing::Counted, _) if line.amounts.counted() == line.amounts.stated() => LineState::Counted,
        (Standing::Counted | Standing::NotCounted, _) => LineState::Reduced,
    }
}

/// A rule in words.
fn explanation(because: &Explanation) -> Phrase {
    Phrase::new(because.text_key()).with_all(because.arguments())
}
