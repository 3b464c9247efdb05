//! Reads households that are written for people: names in place of identifiers, and what may be left out left out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::authority::{Agency, RowState};
use domain::household::{Household, Member, Role};
use domain::id::{PersonId, QueryId, RowId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::{
    ApprovedExpense, Asset, AssetKind, ExpenseRow, IncomeRow, Input, MunicipalSettings, PartOfMonth, RowRef, RuleBook,
    RuleFile, Surplus, seed,
};
use domain::source::Source;
use domain::{BirthDate, Money, NormMonth};
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;

/// The rules that the service is delivered with.
pub(crate) static BOOK: LazyLock<RuleBook> =
    LazyLock::new(|| RuleBook::new(seed::read(toml::from_str).unwrap()).unwrap());

/// The same, and the fragments of earlier years that the published examples need.
pub(crate) static BOOK_WITH_FRAGMENTS: LazyLock<RuleBook> = LazyLock::new(|| {
    let fragments = [
        include_str!("../tables/riksnorm-2014.toml"),
        include_str!("../tables/riksnorm-2017.toml"),
        include_str!("../tables/riksnorm-2024.toml"),
        include_str!("../tables/rules-2013-07.toml"),
    ];
    let mut files: Vec<RuleFile> = seed::read(toml::from_str).unwrap();
    files.extend(fragments.map(|text| toml::from_str(text).unwrap()));
    RuleBook::with_fragments(files).unwrap()
});

/// The households of a file.
pub(crate) fn read(text: &str) -> Vec<Written> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        household: Vec<Written>,
    }
    toml::from_str::<File>(text).unwrap_or_else(|error| panic!("{error}")).household
}

/// The settings of an invented municipality.
pub(crate) fn settings(name: &str) -> MunicipalSettings {
    let (_, text) = seed::EXAMPLE_SETTINGS.iter().find(|(known, _)| *known == name).unwrap();
    toml::from_str(text).unwrap()
}

/// A household in words that a caseworker would use, and what is to come of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    pub(crate) name: String,
    pub(crate) month: NormMonth,
    judged: Option<Date>,
    previous_judged: Option<Date>,
    part: Option<PartOfMonth>,
    settings: Option<String>,
    members: Vec<WrittenMember>,
    #[serde(default)]
    incomes: Vec<WrittenRow>,
    #[serde(default)]
    expenses: Vec<WrittenRow>,
    #[serde(default)]
    assets: Vec<WrittenAsset>,
    #[serde(default)]
    surpluses: Vec<Surplus>,
    #[serde(default)]
    approved_before: Vec<ApprovedExpense>,
    /// Each line: its rule, what it adds to the balance, and its mark.
    #[serde(default)]
    pub(crate) lines: Vec<String>,
    /// What lines say beside their rule.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// Provisions that are cited.
    #[serde(default)]
    pub(crate) paragraphs: Vec<String>,
    /// The arithmetic, a step a line.
    #[serde(default)]
    pub(crate) arithmetic: Vec<String>,
    /// What the lines come to.
    pub(crate) expect: Option<Expected>,
    /// The surplus that is left to carry.
    pub(crate) carry: Option<Vec<Surplus>>,
    /// The error, where there is no calculation.
    pub(crate) refused: Option<String>,
}

/// The sums; what is not written is zero, or not looked at when it is a part of the norm.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    pub(crate) personal: Option<Money>,
    pub(crate) shared: Option<Money>,
    pub(crate) norm: Money,
    #[serde(default)]
    pub(crate) expenses: Money,
    pub(crate) need: Money,
    #[serde(default)]
    pub(crate) income: Money,
    #[serde(default)]
    pub(crate) means: Money,
    pub(crate) balance: Money,
    pub(crate) payable: Money,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMember {
    who: String,
    born: BirthDate,
    role: WrittenRole,
    persons: Option<u8>,
    days: Option<u8>,
    #[serde(default)]
    preschool_lunch: bool,
    source: Option<Source>,
    job_stimulus_since: Option<NormMonth>,
    earned_earlier: Option<Money>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenRole {
    Adult,
    SharedHomeAdult,
    Partner,
    Child,
    SchoolYouth,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRow {
    /// A name for other rows to point at.
    row: Option<String>,
    who: Option<String>,
    kind: String,
    amount: Money,
    paid: Option<Date>,
    planned: Option<Date>,
    from: Option<Date>,
    through: Option<Date>,
    known: Option<Date>,
    source: Option<Source>,
    agency: Option<Agency>,
    disputes: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAsset {
    who: Option<String>,
    kind: AssetKind,
    value: Money,
    realisable: Option<bool>,
}

impl Written {
    /// Who has which identifier: a name that stands twice is the same person twice.
    pub(crate) fn people(&self) -> BTreeMap<&str, PersonId> {
        let mut people = BTreeMap::new();
        for (number, member) in (1..).zip(&self.members) {
            people.entry(member.who.as_str()).or_insert(person(number));
        }
        people
    }

    /// The input that the calculation takes.
    pub(crate) fn input(&self) -> Input {
        let judged_on = self.judged.unwrap_or_else(|| self.month.previous().last_day());
        let people = self.people();
        let owner = |who: &Option<String>| who.as_deref().map(|who| people.get(who).copied().unwrap_or(person(999)));
        let rows = Rows::of(self);
        Input {
            month: self.month,
            judged_on,
            previous_judged_on: self.previous_judged,
            part: self.part,
            household: Household {
                members: self.members.iter().map(|member| member.member(people[member.who.as_str()])).collect(),
            },
            incomes: rows.incomes(self, judged_on, &owner),
            expenses: rows.expenses(self, &owner),
            assets: assets(self, &owner),
            surpluses: self.surpluses.clone(),
            approved_before: self.approved_before.clone(),
            settings: settings(self.settings.as_deref().unwrap_or("exempelby")),
            overrides: Vec::new(),
        }
    }
}

/// The person with a number, the same in every test.
pub(crate) fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

/// The references of rows: by place in the file, income rows from 1, expenses from 101, assets from 201.
struct Rows(BTreeMap<String, RowRef>);

impl Rows {
    fn of(written: &Written) -> Self {
        let incomes = (1..).zip(&written.incomes);
        let expenses = (101..).zip(&written.expenses);
        let named = incomes
            .chain(expenses)
            .filter_map(|(number, row)| Some((row.row.clone()?, reference(number, row.source()))));
        Self(named.collect())
    }

    fn disputed(&self, row: &WrittenRow) -> Option<RowRef> {
        row.disputes.as_ref().map(|name| self.0[name])
    }

    fn incomes(
        &self,
        written: &Written,
        judged_on: Date,
        owner: &impl Fn(&Option<String>) -> Option<PersonId>,
    ) -> Vec<IncomeRow> {
        let rows = (1..).zip(&written.incomes).map(|(number, row)| IncomeRow {
            row: reference(number, row.source()),
            person: owner(&row.who),
            kind: IncomeKind::from_code(&row.kind).unwrap(),
            amount: row.amount,
            pay_date: row.paid.or(row.planned),
            period: row.from.zip(row.through),
            state: if row.planned.is_some() { RowState::Planned } else { RowState::Paid },
            known_on: row.known.unwrap_or(judged_on),
            source: row.source(),
            agency: row.agency,
            disputes: self.disputed(row),
        });
        rows.collect()
    }

    fn expenses(&self, written: &Written, owner: &impl Fn(&Option<String>) -> Option<PersonId>) -> Vec<ExpenseRow> {
        let rows = (101..).zip(&written.expenses).map(|(number, row)| ExpenseRow {
            row: reference(number, row.source()),
            person: owner(&row.who),
            kind: ExpenseKind::from_code(&row.kind).unwrap(),
            amount: row.amount,
            pay_date: row.paid.or(row.planned),
            period: row.from.zip(row.through),
            source: row.source(),
            agency: row.agency,
            disputes: self.disputed(row),
        });
        rows.collect()
    }
}

fn assets(written: &Written, owner: &impl Fn(&Option<String>) -> Option<PersonId>) -> Vec<Asset> {
    let rows = (201..).zip(&written.assets).map(|(number, asset)| Asset {
        row: reference(number, Source::Applicant),
        person: owner(&asset.who),
        kind: asset.kind,
        value: asset.value,
        realisable: asset.realisable,
        source: Source::Applicant,
    });
    rows.collect()
}

impl WrittenRow {
    fn source(&self) -> Source {
        self.source.unwrap_or(if self.agency.is_some() { Source::Authority } else { Source::Applicant })
    }
}

impl WrittenMember {
    fn member(&self, person: PersonId) -> Member {
        Member {
            person,
            birth_date: self.born,
            role: match self.role {
                WrittenRole::Adult => Role::Adult,
                WrittenRole::SharedHomeAdult => Role::SharedHomeAdult { persons: self.persons.unwrap() },
                WrittenRole::Partner => Role::Partner,
                WrittenRole::Child => Role::Child { preschool_lunch: self.preschool_lunch, days: self.days },
                WrittenRole::SchoolYouth => Role::SchoolYouth { days: self.days },
            },
            source: self.source.unwrap_or(Source::Register),
            job_stimulus_since: self.job_stimulus_since,
            own_work_earlier_this_year: self.earned_earlier,
        }
    }
}

fn reference(number: u128, source: Source) -> RowRef {
    match source {
        Source::Authority | Source::Register => {
            RowRef::Fetched(RowId { query: QueryId(Uuid::from_u128(number)), index: 0 })
        }
        _ => RowRef::Stated(StatementId(Uuid::from_u128(number))),
    }
}
