//! What one adult sees of what authorities say about the other.

use domain::form::Typed;
use domain::other_adult::{LegalGround, OtherAdultRule};

use super::Towns;
use crate::case::other_adult_rule;
use crate::db::Actor;

/// The ground of law that stands beside a sum.
pub(crate) const GROUND: &str = "Prövad grund: OSL 10 kap. 3 §.";

/// That a sum is shown.
pub(crate) fn sum_rule() -> OtherAdultRule {
    OtherAdultRule::Sum(LegalGround::read(&Typed::new(GROUND).unwrap()).unwrap())
}

impl Towns {
    /// From now on the home town shows each adult a sum of what authorities say about the other.
    pub(crate) async fn shows_sums(&self) {
        let mut tx = self.tx(&self.home).await;
        let by = self.home.administrator;
        tx.stand_for(Actor::Admin(by)).await.unwrap();
        let version = other_adult_rule::latest(&mut tx).await.unwrap().map_or(0, |said| said.version);
        assert!(other_adult_rule::set(&mut tx, version, by, &sum_rule()).await.unwrap());
        tx.commit().await.unwrap();
    }
}
