//! What has changed in a household, as sentences.

use domain::id::PersonId;
use domain::renewal::household_change::HouseholdChange;

use super::{Phrase, Value};

/// One change in a sentence. `called` names a member of the household.
pub fn told(change: &HouseholdChange, called: impl Fn(PersonId) -> String) -> Phrase {
    match change {
        HouseholdChange::MovedIn { name, relation, number, date } => {
            let phrase = match number {
                Some(number) => Phrase::new("told-moved-in-numbered").with("number", number.hyphenated()),
                None => Phrase::new("told-moved-in"),
            };
            let relation = Value::Key(relation.key().into());
            phrase.with("name", name.as_str()).with("relation", relation).with("date", *date)
        }
        HouseholdChange::MovedOut { person, date } => {
            Phrase::new("told-moved-out").with("name", called(*person)).with("date", *date)
        }
        HouseholdChange::PartTime { person, days } => {
            Phrase::new("told-part-time").with("name", called(*person)).with("days", i64::from(days.0))
        }
        HouseholdChange::NewHome { address, tenure, date } => {
            let lines: Vec<_> = address.as_str().lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let tenure = Value::Key(tenure.key().into());
            Phrase::new("told-new-home").with("address", lines.join(", ")).with("tenure", tenure).with("date", *date)
        }
        HouseholdChange::SharedHome { sharing, persons } => {
            let sharing = Value::Key(sharing.key().into());
            Phrase::new("told-shared-home").with("persons", i64::from(persons.0)).with("sharing", sharing)
        }
    }
}
