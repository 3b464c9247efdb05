//! The other adult of the household, and what the municipality lets the citizen see of what authorities say about them.

use app::citizen::model::{OtherAdult, OtherSum};
use domain::NormMonth;
use domain::authority::{Answer, NotAsked};
use domain::id::PersonId;
use domain::other_adult::{LegalGround, OtherAdultRule};
use domain::renewal::draft::ItemList;

use crate::case::answers::Asked;
use crate::case::household::HouseholdMember;
use crate::case::{earlier, other_adult_rule};
use crate::db::{DbError, TenantTx};
use crate::session::policy::Citizen;

/// Whose answers a page shows and counts.
pub(super) struct Seen {
    reader: PersonId,
    other: Option<Other>,
}

/// The other adult who signs.
struct Other {
    person: PersonId,
    name: String,
    rule: OtherAdultRule,
}

impl Seen {
    /// What this citizen sees, of a household where these sign.
    pub(super) async fn in_household(
        tx: &mut TenantTx,
        citizen: &Citizen,
        members: &[HouseholdMember],
    ) -> Result<Self, DbError> {
        let mut others = members.iter().filter(|member| member.signs_as.is_some());
        let other = others.find(|member| member.person != citizen.person());
        Self::beside(tx, citizen, other.map(|member| (member.person, member.name.called()))).await
    }

    /// What this citizen sees, beside this other adult. Where there is none, the municipality's rule is about nobody.
    pub(super) async fn beside(
        tx: &mut TenantTx,
        citizen: &Citizen,
        other: Option<(PersonId, &str)>,
    ) -> Result<Self, DbError> {
        let other = match other {
            Some((person, name)) => {
                Some(Other { person, name: name.to_owned(), rule: other_adult_rule::in_force(tx).await? })
            }
            None => None,
        };
        Ok(Self { reader: citizen.person(), other })
    }

    /// The answers about the citizen.
    pub(super) fn own(&self, asked: &[Asked]) -> Vec<Asked> {
        asked.iter().filter(|one| one.person == self.reader).cloned().collect()
    }

    /// The answers that a figure is made of which the citizen sees: their own, and the other's where a sum of them is shown.
    pub(super) fn counted(&self, asked: Vec<Asked>) -> Vec<Asked> {
        let summed = self.other.as_ref().filter(|other| other.rule.ground().is_some()).map(|other| other.person);
        asked.into_iter().filter(|one| one.person == self.reader || Some(one.person) == summed).collect()
    }

    /// Without whose answers such a figure is made.
    pub(super) fn figure_without(&self) -> Option<String> {
        let kept_back = self.other.as_ref().filter(|other| other.rule.ground().is_none());
        kept_back.map(|other| other.name.clone())
    }

    /// What is said of the other adult on a page about a renewal of this month.
    pub(super) fn other(&self, month: NormMonth, asked: &[Asked]) -> Option<OtherAdult> {
        let other = self.other.as_ref()?;
        let asked: Vec<_> = asked.iter().filter(|one| one.person == other.person).cloned().collect();
        Some(OtherAdult {
            name: other.name.clone(),
            is_asked: !asked.is_empty(),
            sum: other.rule.ground().map(|ground| sum(month.previous(), &asked, ground)),
        })
    }
}

/// What sources tell of money in a month. A source that does not apply to somebody leaves nothing out.
fn sum(month: NormMonth, asked: &[Asked], ground: &LegalGround) -> OtherSum {
    let is_whole = |one: &Asked| {
        matches!(
            one.answer,
            Some((_, Answer::Answered(_) | Answer::NothingFound | Answer::NotAsked(NotAsked::NotApplicable)))
        )
    };
    let told = earlier::rows_of_month(asked, month, ItemList::Incomes);
    OtherSum {
        month,
        amount: (!told.is_empty()).then(|| told.iter().map(|row| row.amount).sum()),
        is_whole: asked.iter().all(is_whole),
        ground: ground.as_str().to_owned(),
    }
}
