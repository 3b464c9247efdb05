//! Who the norm is calculated for (hushållet): spouses and cohabitees, and the children and school youths whom they maintain.

use serde::{Deserialize, Serialize};

use crate::birth_date::{Age, BirthDate};
use crate::id::PersonId;
use crate::order::in_order;
use crate::source::Source;
use crate::wire::{wire_enum, wire_struct};
use crate::{Money, NormMonth};

/// The people of one renewal, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    /// Everyone whom the norm counts, the applicant among them.
    pub members: Vec<Member>,
}

/// One person of a household (familjemedlem).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// By whom incomes, expenses and lines name their owner.
    pub person: PersonId,
    /// The date of birth, as far as it is known.
    pub birth_date: BirthDate,
    /// What the person is to the norm.
    pub role: Role,
    /// Who says that this person belongs to the household.
    pub source: Source,
    /// The first norm month of the person's jobbstimulans (SoL 12 kap. 8 §), where a caseworker has found that it applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_stimulus_since: Option<NormMonth>,
    /// What a child or school youth has earned by own work earlier in the calendar year of the reference month, before that
    /// month. `None` when nobody knows: unknown is not zero, and a human is asked where it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_work_earlier_this_year: Option<Money>,
}

/// What a person is to the norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "kebab-case")]
pub enum Role {
    /// The applicant, alone or with a partner (vuxen).
    Adult,
    /// The applicant, not cohabiting as a couple, in a home shared with others (SoF 12 kap. 3 § andra stycket).
    SharedHomeAdult {
        /// How many live in the home, the applicant and the applicant's own children included.
        persons: u8,
    },
    /// The spouse, registered partner or cohabitee (sambo).
    Partner,
    /// A child under 18 (barn).
    Child {
        /// Whether the child eats lunch five days a week in preschool.
        #[serde(default)]
        preschool_lunch: bool,
        /// The days in this home during the norm month; `None` for a child who lives here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u8>,
    },
    /// A youth in basic or upper secondary school whom the parents must maintain (skolungdom).
    SchoolYouth {
        /// The days in this home during the norm month; `None` for a youth who lives here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u8>,
    },
}

impl Role {
    /// Whether this is one of the adults who apply.
    pub const fn is_adult(self) -> bool {
        matches!(self, Self::Adult | Self::SharedHomeAdult { .. } | Self::Partner)
    }

    /// The days in this home, where the person lives here for a part of the month only.
    pub const fn days(self) -> Option<u8> {
        match self {
            Self::Child { days, .. } | Self::SchoolYouth { days } => days,
            Self::Adult | Self::SharedHomeAdult { .. } | Self::Partner => None,
        }
    }

    const fn order(self) -> u8 {
        match self {
            Self::Adult | Self::SharedHomeAdult { .. } => 0,
            Self::Partner => 1,
            Self::Child { .. } | Self::SchoolYouth { .. } => 2,
        }
    }
}

/// The ages between which the roles change, from the rules of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AgeLimits {
    /// A child is under this age.
    pub child_under: u8,
    /// A school youth is under this age.
    pub school_youth_under: u8,
}

/// Why a household cannot be calculated for. Each variant names the person it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HouseholdError {
    /// Nobody is the applicant.
    #[error("the household has no adult who applies")]
    NoAdult,
    /// Two members have the role of the applicant.
    #[error("person {person} is a second applicant; a cohabitee is a partner")]
    SecondAdult {
        /// The later of the two in the list.
        person: PersonId,
    },
    /// Two members are cohabiting partners.
    #[error("person {person} is a second partner")]
    SecondPartner {
        /// The later of the two in the list.
        person: PersonId,
    },
    /// A couple is not "a non-cohabiting adult in a shared home".
    #[error("person {person} is the partner of someone counted as living alone in a shared home")]
    PartnerInSharedHome {
        /// The applicant's partner.
        person: PersonId,
    },
    /// The same person stands twice.
    #[error("person {person} stands in the household more than once")]
    Twice {
        /// The member who is repeated.
        person: PersonId,
    },
    /// Born after the norm month.
    #[error("person {person} is born after the norm month")]
    BornAfterTheMonth {
        /// The member with that date of birth.
        person: PersonId,
    },
    /// Too old for a child or a school youth, too young for an adult, or older than anyone has been.
    #[error("person {person} is {age} years, which does not fit the role")]
    AgeDoesNotFit {
        /// The member whose role it is.
        person: PersonId,
        /// The age on the first day of the norm month.
        age: u16,
    },
    /// More days in the home than the month, or the part of it that is calculated, has.
    #[error("person {person} has {days} days in the home, more than there are")]
    TooManyDays {
        /// The child or school youth with those days.
        person: PersonId,
        /// The days that were given.
        days: u8,
    },
    /// More people than any home has.
    #[error("the household has more than {LARGEST_HOME} members")]
    TooMany,
    /// Earlier earnings below zero or beyond all bounds.
    #[error("person {person} has earlier earnings that cannot be")]
    EarlierEarnings {
        /// The child or school youth with those earnings.
        person: PersonId,
    },
    /// A shared home with fewer people than the household itself and someone more, or with absurdly many.
    #[error("person {person} shares a home with {persons} people, which cannot be")]
    SharedHomeSize {
        /// The adult who shares the home.
        person: PersonId,
        /// The number that was given.
        persons: u8,
    },
}

/// Nobody has lived longer; an older one is a typing mistake.
const OLDEST: u16 = 125;

/// A home with more people than this is a typing mistake.
const LARGEST_HOME: u8 = 30;

impl Household {
    /// Looks at the household as a whole. `days` is the number of days that the norm is calculated for.
    pub fn check(&self, month: NormMonth, days: u8, limits: AgeLimits) -> Result<(), HouseholdError> {
        if self.members.len() > usize::from(LARGEST_HOME) {
            return Err(HouseholdError::TooMany);
        }
        let mut adult = None;
        let mut partner = None;
        for (place, member) in self.members.iter().enumerate() {
            let person = member.person;
            if self.members[..place].iter().any(|earlier| earlier.person == person) {
                return Err(HouseholdError::Twice { person });
            }
            match member.role {
                Role::Adult | Role::SharedHomeAdult { .. } if adult.is_some() => {
                    return Err(HouseholdError::SecondAdult { person });
                }
                Role::Partner if partner.is_some() => return Err(HouseholdError::SecondPartner { person }),
                Role::Adult | Role::SharedHomeAdult { .. } => adult = Some(member),
                Role::Partner => partner = Some(member),
                Role::Child { .. } | Role::SchoolYouth { .. } => {}
            }
            member.check(month, days, limits)?;
        }
        let adult = adult.ok_or(HouseholdError::NoAdult)?;
        if let Role::SharedHomeAdult { persons } = adult.role {
            if let Some(partner) = partner {
                return Err(HouseholdError::PartnerInSharedHome { person: partner.person });
            }
            if usize::from(persons) <= self.members.len() || persons > LARGEST_HOME {
                return Err(HouseholdError::SharedHomeSize { person: adult.person, persons });
            }
        }
        Ok(())
    }

    /// The members in the order that a calculation lists them: applicant, partner, then children from the eldest.
    pub fn in_order(&self) -> Vec<&Member> {
        in_order(&self.members, |member| (member.role.order(), member.birth_date, member.person))
    }

    /// The member who is this person.
    pub fn member(&self, person: PersonId) -> Option<&Member> {
        self.members.iter().find(|member| member.person == person)
    }

    /// Who says that the household is these people: the register, unless someone else added a member.
    pub fn source(&self) -> Source {
        self.members
            .iter()
            .map(|member| member.source)
            .filter(|source| *source != Source::Register)
            .min()
            .unwrap_or(Source::Register)
    }
}

impl Member {
    /// The age on the first day of the norm month; 0 for a child born during it.
    ///
    /// The ordinance gives ages and no day to take them on; the first day is this service's choice.
    pub fn age(&self, month: NormMonth) -> Age {
        self.birth_date.age_on(month.first_day())
    }

    fn check(&self, month: NormMonth, days: u8, limits: AgeLimits) -> Result<(), HouseholdError> {
        let person = self.person;
        if self.birth_date.earliest() > month.last_day() {
            return Err(HouseholdError::BornAfterTheMonth { person });
        }
        // Only an age that cannot fit is refused; where one that may fit is unknown, the calculation asks.
        let age = self.age(month);
        let (fits, age) = match self.role {
            Role::Adult | Role::SharedHomeAdult { .. } | Role::Partner => {
                (age.most() >= u16::from(limits.child_under) && age.least() <= OLDEST, age.most())
            }
            Role::Child { .. } => (age.least() < u16::from(limits.child_under), age.least()),
            Role::SchoolYouth { .. } => (age.least() < u16::from(limits.school_youth_under), age.least()),
        };
        if !fits {
            return Err(HouseholdError::AgeDoesNotFit { person, age });
        }
        if self.own_work_earlier_this_year.is_some_and(|earned| earned < Money::ZERO || earned > Money::LIMIT) {
            return Err(HouseholdError::EarlierEarnings { person });
        }
        match self.role.days() {
            Some(given) if given > days => Err(HouseholdError::TooManyDays { person, days: given }),
            _ => Ok(()),
        }
    }
}

wire_struct!(Household { members });
wire_struct!(Member { person, birth_date, role, source, job_stimulus_since, own_work_earlier_this_year });
wire_enum!(Role { Adult, SharedHomeAdult { persons }, Partner, Child { preschool_lunch, days }, SchoolYouth { days } });
wire_struct!(AgeLimits { child_under, school_youth_under });

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use uuid::Uuid;

    use super::*;

    fn member(number: u128, birth_date: Date, role: Role, source: Source) -> Member {
        Member {
            person: PersonId(Uuid::from_u128(number)),
            birth_date: birth_date.into(),
            role,
            source,
            job_stimulus_since: None,
            own_work_earlier_this_year: None,
        }
    }

    fn child(number: u128, birth_date: Date) -> Member {
        member(number, birth_date, Role::Child { preschool_lunch: false, days: None }, Source::Register)
    }

    #[test]
    fn the_age_is_that_of_the_first_day() {
        for (born, month, age) in [
            (date(2019, 12, 1), "2026-12", 7),
            (date(2019, 12, 2), "2026-12", 6),
            (date(2026, 12, 31), "2026-12", 0),
            (date(2024, 2, 29), "2027-02", 2),
            (date(2024, 2, 29), "2027-03", 3),
            (date(2024, 2, 29), "2028-03", 4),
            (date(1899, 6, 30), "2026-07", 127),
        ] {
            assert_eq!(child(1, born).age(month.parse().unwrap()), Age::Years(age), "{born} in {month}");
        }
    }

    #[test]
    fn who_may_be_of_the_right_age_stands_in_a_household() {
        let limits = AgeLimits { child_under: 18, school_youth_under: 21 };
        let month: NormMonth = "2026-12".parse().unwrap();
        let of = |born: &str, role| {
            let member =
                Member { birth_date: born.parse().unwrap(), ..member(1, date(1990, 1, 1), role, Source::Register) };
            member.check(month, 31, limits).is_ok()
        };
        let a_child = Role::Child { preschool_lunch: false, days: None };
        for (born, adult, child, youth) in [
            ("1990-00-00", true, false, false),
            ("2008-00-00", true, true, true),
            ("2008-06-00", true, false, true),
            ("2009-00-00", false, true, true),
            ("2005-00-00", true, false, true),
            ("2026-00-00", false, true, true),
            ("2027-00-00", false, false, false),
            ("1890-00-00", false, false, false),
        ] {
            let fits = (of(born, Role::Adult), of(born, a_child), of(born, Role::SchoolYouth { days: None }));
            assert_eq!(fits, (adult, child, youth), "{born}");
        }
    }

    #[test]
    fn the_applicant_stands_first_and_children_from_the_eldest() {
        let members = vec![
            child(4, date(2020, 5, 5)),
            child(3, date(2015, 5, 5)),
            member(2, date(1990, 5, 5), Role::Partner, Source::Register),
            member(1, date(1991, 5, 5), Role::Adult, Source::Register),
        ];
        let household = Household { members };
        let order: Vec<_> = household.in_order().iter().map(|member| member.person.0.as_u128()).collect();
        assert_eq!(order, [1, 2, 3, 4]);
    }

    #[test]
    fn a_member_whom_the_applicant_added_makes_the_household_the_applicants_word() {
        let adult = member(1, date(1991, 5, 5), Role::Adult, Source::Register);
        let register = Household { members: vec![adult.clone(), child(2, date(2020, 5, 5))] };
        assert_eq!(register.source(), Source::Register);
        let stated = Member { source: Source::Applicant, ..child(3, date(2024, 5, 5)) };
        assert_eq!(Household { members: vec![adult, stated] }.source(), Source::Applicant);
    }
}
