//! Amounts as authorities write them, read exactly.

use domain::Money;

/// Reads a decimal number of kronor, `1250.50`, `1250,5`, `-852` or `1.25E3`, or `None` where it is no number, is finer than an
/// öre or larger than [`Money::LIMIT`]. No float is involved, so nothing is rounded.
pub(super) fn exact(text: &str) -> Option<Money> {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa),
    };
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = format!("{whole}{decimals}");
    if whole.is_empty() || digits.len() > 18 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: i64 = digits.parse().ok()?;
    let shift = exponent.checked_sub(i32::try_from(decimals.len()).ok()?)?.checked_add(2)?;
    let scale = 10_i64.checked_pow(shift.unsigned_abs())?;
    let ore = if shift >= 0 {
        digits.checked_mul(scale)?
    } else if digits % scale == 0 {
        digits / scale
    } else {
        return None;
    };
    let money = Money::from_ore(if negative { -ore } else { ore });
    (-Money::LIMIT..=Money::LIMIT).contains(&money).then_some(money)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_every_way_that_authorities_write() {
        for (text, ore) in [
            ("1250.50", Some(125_050)),
            ("1250,5", Some(125_050)),
            (" 852 ", Some(85_200)),
            ("-852.00", Some(-85_200)),
            ("1250.5000", Some(125_050)),
            ("1.2505E3", Some(125_050)),
            ("12505e-1", Some(125_050)),
            ("0", Some(0)),
            ("1250.505", None),
            ("1,250.50", None),
            ("10000000.01", None),
            ("1e30", None),
            ("1e-2147483648", None),
            ("", None),
            ("-", None),
            (".5", None),
            ("+5", None),
            ("NaN", None),
            ("SEK 5", None),
        ] {
            assert_eq!(exact(text).map(Money::ore), ore, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(ore in -Money::LIMIT.ore()..=Money::LIMIT.ore()) {
            let money = Money::from_ore(ore);
            prop_assert_eq!(exact(&money.to_string()), Some(money));
        }

        #[test]
        fn no_text_makes_it_panic(text in r"[-+0-9.,eE]{0,30}|.*") {
            let _ = exact(&text);
        }
    }
}
