//! The one place that rounds. No source found says how; half up is this service's choice, and the rules mark it as unverified.

use crate::Money;

/// An amount after division, and whether anything was rounded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rounded {
    pub(super) amount: Money,
    pub(super) exact: bool,
}

/// `part` of `whole` parts of an amount, to the öre, half up.
pub(super) fn share(amount: Money, part: u8, whole: u8) -> Rounded {
    // Every whole is checked before: days of a month, people of a home, or a hundred.
    divide(amount.ore() * i64::from(part), i64::from(whole.max(1)))
}

/// An amount in whole kronor, half up.
pub(super) fn to_krona(amount: Money) -> Rounded {
    let kronor = divide(amount.ore(), 100);
    Rounded { amount: Money::from_kronor(kronor.amount.ore()), exact: kronor.exact }
}

fn divide(ore: i64, whole: i64) -> Rounded {
    let amount = (2 * ore + whole).div_euclid(2 * whole);
    Rounded { amount: Money::from_ore(amount), exact: ore.rem_euclid(whole) == 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_goes_up() {
        let share = |ore, part, whole| share(Money::from_ore(ore), part, whole).amount.ore();
        assert_eq!(share(1, 1, 2), 1);
        assert_eq!(share(100, 1, 3), 33);
        assert_eq!(share(200, 1, 3), 67);
        assert_eq!(share(171_000, 1, 5), 34_200);
        let krona = |ore| to_krona(Money::from_ore(ore)).amount.ore();
        assert_eq!(krona(100_049), 100_000);
        assert_eq!(krona(100_050), 100_100);
        assert_eq!(krona(0), 0);
    }

    #[test]
    fn says_whether_something_was_rounded_away() {
        assert!(share(Money::from_kronor(100), 1, 4).exact);
        assert!(!share(Money::from_kronor(100), 1, 3).exact);
    }

    proptest! {
        #[test]
        fn a_share_is_never_more_than_half_an_ore_off(ore in 0i64..10_000_000, part in 0u8..=31, whole in 1u8..=31) {
            let rounded = share(Money::from_ore(ore), part, whole).amount.ore();
            let off = rounded * i64::from(whole) - ore * i64::from(part);
            prop_assert!(2 * off.abs() <= i64::from(whole));
        }

        #[test]
        fn all_parts_make_the_whole(ore in 0i64..10_000_000, whole in 1u8..=31) {
            prop_assert_eq!(share(Money::from_ore(ore), whole, whole), Rounded { amount: Money::from_ore(ore), exact: true });
        }
    }
}
