//! How a payout reaches its payee, in the words that staff read.

use crate::i18n::Texts;
use crate::model::ShownPayoutMethod;

/// The bank and the last digits of the account, or a payment slip.
pub(super) fn method_words(texts: &Texts, method: &ShownPayoutMethod) -> String {
    match method {
        ShownPayoutMethod::Account { bank, ending } => {
            texts.with("method-account", &[("bank", bank.as_str().into()), ("ending", ending.as_str().into())])
        }
        ShownPayoutMethod::PaymentSlip => texts.get("method-slip"),
    }
}
