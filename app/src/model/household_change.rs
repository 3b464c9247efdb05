//! What has changed in a household, as sentences.

use domain::form::PlainText;
use domain::id::PersonId;
use domain::renewal::household_change::{HouseholdChange, Relation};
use domain::{NormMonth, PersonNumber};

use super::{Phrase, Value};

/// One change in a sentence. `month` is the one applied for; `called` names a member of the household.
pub fn told(change: &HouseholdChange, month: NormMonth, called: impl Fn(PersonId) -> String) -> Phrase {
    match change {
        HouseholdChange::MovedIn { name, relation, number, date } => {
            let name = name.as_ref().map(PlainText::as_str);
            let who: Vec<_> = name.map(str::to_owned).into_iter().chain(number.map(PersonNumber::hyphenated)).collect();
            let phrase = match (relation, who.is_empty()) {
                (Relation::Newborn, true) => Phrase::new("told-born"),
                (Relation::Newborn, false) => Phrase::new("told-born-named").with("who", who.join(", ")),
                (Relation::Partner | Relation::Child | Relation::Other, _) => {
                    Phrase::new("told-moved-in").with("who", who.join(", "))
                }
            };
            phrase.with("relation", Value::Key(relation.key().into())).with("date", *date)
        }
        HouseholdChange::MovedOut { person, date } => {
            Phrase::new("told-moved-out").with("name", called(*person)).with("date", *date)
        }
        HouseholdChange::PartTime { person, days } => Phrase::new("told-part-time")
            .with("name", called(*person))
            .with("days", i64::from(days.0))
            .with("month", month),
        HouseholdChange::NewHome { address, tenure, date } => {
            let phrase = match address {
                Some(address) => {
                    let lines = address.as_str().lines().map(str::trim).filter(|line| !line.is_empty());
                    Phrase::new("told-new-home").with("address", lines.collect::<Vec<_>>().join(", "))
                }
                None => Phrase::new("told-no-home"),
            };
            phrase.with("tenure", Value::Key(tenure.key().into())).with("date", *date)
        }
        HouseholdChange::SharedHome { sharing, persons } => {
            let sharing = Value::Key(sharing.key().into());
            Phrase::new("told-shared-home").with("persons", i64::from(persons.0)).with("sharing", sharing)
        }
    }
}
