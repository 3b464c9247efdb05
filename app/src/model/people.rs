//! People and the ways to reach the municipality.

use domain::PersonNumber;

/// A person's name from the register. Some people have one name alone, which may stand as either.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonName {
    given: String,
    family: String,
}

impl PersonName {
    /// Of a given name (tilltalsnamn) and a family name, of which one may be empty.
    pub fn new(given: impl AsRef<str>, family: impl AsRef<str>) -> Self {
        Self { given: given.as_ref().trim().to_owned(), family: family.as_ref().trim().to_owned() }
    }

    /// The name that one is called by: the given name, or the one name that there is.
    pub fn called(&self) -> &str {
        if self.given.is_empty() { &self.family } else { &self.given }
    }

    /// The family name; empty for who has none.
    pub fn family(&self) -> &str {
        &self.family
    }

    /// Given and family name, or the one name that there is.
    pub fn full(&self) -> String {
        match (self.given.as_str(), self.family.as_str()) {
            (one, "") | ("", one) => one.to_owned(),
            (given, family) => format!("{given} {family}"),
        }
    }

    /// The given name and the first letter of the family name, for places with little room: `Petra N.`
    pub fn short(&self) -> String {
        match self.family.chars().next() {
            Some(initial) if !self.given.is_empty() => format!("{} {initial}.", self.given),
            _ => self.called().to_owned(),
        }
    }
}

/// A person as staff see them.
#[derive(Clone, PartialEq)]
pub struct Party {
    pub name: PersonName,
    pub number: PersonNumber,
}

/// The municipality's own number of a case (ärendenummer), such as `2024-0173`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseNumber(pub String);

/// A member of the household as the register has it.
#[derive(Clone, PartialEq)]
pub struct HouseholdPerson {
    pub name: PersonName,
    /// The identity number; shown in full to the household and to staff.
    pub number: PersonNumber,
    /// What the member is to the applicant.
    pub role: MemberRole,
}

/// What a member of the household is to the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberRole {
    Applicant,
    /// Medsökande: spouse or cohabitee.
    CoApplicant,
    /// A child who lives at home.
    Child,
    /// A child who lives part of the time in this home.
    PartTimeChild {
        /// Days of the month in this home.
        days: u8,
    },
    /// A youth of 18 to 20 in school.
    YouthInSchool,
    /// An adult who shares the home without being a partner.
    SharesHome,
}

/// How to reach the municipality without this service.
#[derive(Clone, PartialEq)]
pub struct ContactWays {
    /// The telephone number, as it is written.
    pub phone: String,
    /// When somebody answers, in the municipality's own words.
    pub phone_hours: String,
    /// Where to go, in the municipality's own words.
    pub visit: String,
    /// Where to post a paper form.
    pub post: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_written_as_one() {
        for (given, family, called, full, short) in [
            ("Petra", "Nilsson", "Petra", "Petra Nilsson", "Petra N."),
            ("Suharto", "", "Suharto", "Suharto", "Suharto"),
            ("", "Suharto", "Suharto", "Suharto", "Suharto"),
            (" Suharto ", " ", "Suharto", "Suharto", "Suharto"),
            ("Åsa", "Öberg", "Åsa", "Åsa Öberg", "Åsa Ö."),
        ] {
            let name = PersonName::new(given, family);
            assert_eq!((name.called(), name.full().as_str(), name.short().as_str()), (called, full, short));
        }
    }
}
