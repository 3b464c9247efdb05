//! The digits of amounts: the same on the server and in the islands.

use domain::Money;

/// A space that no line is broken at.
const HARD_SPACE: char = '\u{a0}';
/// The real minus sign, as wide as a digit.
const MINUS: char = '\u{2212}';

/// What stands for the digits in the pattern by which amounts are written: U+FFFC, which nobody types.
pub(crate) const DIGITS: &str = "\u{fffc}";

/// The digits of an amount, without the currency: grouped by hard spaces, a real minus, öre only when they are not zero.
pub(crate) fn money(amount: Money, decimal_sign: &str) -> String {
    let (kronor, ore) = (amount.ore().unsigned_abs() / 100, amount.ore().unsigned_abs() % 100);
    let digits = kronor.to_string();
    let mut text = String::new();
    if amount.is_negative() {
        text.push(MINUS);
        text.push(HARD_SPACE);
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(HARD_SPACE);
        }
        text.push(digit);
    }
    if ore == 0 { text } else { format!("{text}{decimal_sign}{ore:02}") }
}
