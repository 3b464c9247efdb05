//! How a payout is put into words, the same on every page.

use leptos::prelude::*;

use crate::i18n::Texts;
use crate::model::{Payee, Payout, ShownPayoutMethod};
use crate::ui::Isolated;

/// Who gets the money and how: "till Anna Lindqvist, konto hos SEB", "till Exempelby Energi, avi".
pub fn destination(texts: &Texts, payout: &Payout) -> String {
    match (&payout.payee, &payout.method) {
        (Payee::Household(name), ShownPayoutMethod::Account { bank, .. }) => {
            texts.with("payout-to-account", &[("name", name.as_str().into()), ("bank", bank.as_str().into())])
        }
        (Payee::Household(name), ShownPayoutMethod::PaymentSlip) => {
            texts.with("payout-to-slip", &[("name", name.as_str().into())])
        }
        (Payee::ThirdParty(name), ShownPayoutMethod::Account { .. }) => {
            texts.with("payout-to-other", &[("name", name.as_str().into())])
        }
        (Payee::ThirdParty(name), ShownPayoutMethod::PaymentSlip) => {
            texts.with("payout-to-other-slip", &[("name", name.as_str().into())])
        }
    }
}

/// How it is paid, in as few words as may be, with as much of the account number as is ever shown.
pub fn method(texts: &Texts, method: &ShownPayoutMethod) -> AnyView {
    match method {
        ShownPayoutMethod::Account { bank, ending } => {
            let account = texts.with("payout-short", &[("bank", bank.as_str().into())]);
            view! { {account}" "<Isolated text=ending.clone()/> }.into_any()
        }
        ShownPayoutMethod::PaymentSlip => texts.get("payout-section-slip").into_any(),
    }
}
