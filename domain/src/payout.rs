//! What is paid, when, and how it goes on.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::account::PayoutMethod;
use crate::calendar;
use crate::decision::Decision;
use crate::id::{DecisionId, PayoutId};
use crate::{Money, NormMonth};

/// How a payout stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayoutState {
    /// Planerad.
    Planned,
    /// Utbetald. Money that has gone is not called back here: that is recovery, with a decision of its own.
    Paid,
    /// Stoppad, until it is released or cancelled.
    Stopped,
    /// Makulerad.
    Cancelled,
}

impl PayoutState {
    /// All that a stored code can stand for.
    pub const ALL: &[Self] = &[Self::Planned, Self::Paid, Self::Stopped, Self::Cancelled];

    /// The code in the database and in text keys: `planned`, `paid`, `stopped`, `cancelled`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Paid => "paid",
            Self::Stopped => "stopped",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }

    /// The state after an act, or why the act cannot be done.
    pub const fn after(self, act: PayoutAct) -> Result<Self, PayoutRefusal> {
        match (self, act) {
            (Self::Planned, PayoutAct::Pay) => Ok(Self::Paid),
            (Self::Planned, PayoutAct::Stop) => Ok(Self::Stopped),
            (Self::Planned | Self::Stopped, PayoutAct::Cancel) => Ok(Self::Cancelled),
            (Self::Stopped, PayoutAct::Release) => Ok(Self::Planned),
            (Self::Planned, PayoutAct::Release) => Err(PayoutRefusal::NotStopped),
            (Self::Stopped, PayoutAct::Pay | PayoutAct::Stop) => Err(PayoutRefusal::Stopped),
            (Self::Paid, _) => Err(PayoutRefusal::AlreadyPaid),
            (Self::Cancelled, _) => Err(PayoutRefusal::Cancelled),
        }
    }
}

/// Something done to a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayoutAct {
    /// The bank has paid.
    Pay,
    /// A caseworker stops it.
    Stop,
    /// A caseworker lets it go on.
    Release,
    /// A caseworker takes it away.
    Cancel,
}

impl PayoutAct {
    /// All that can be done to a payout.
    pub const ALL: &[Self] = &[Self::Pay, Self::Stop, Self::Release, Self::Cancel];
}

/// Why an act cannot be done on a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PayoutRefusal {
    /// It has been paid.
    #[error("the payout has been paid")]
    AlreadyPaid,
    /// It has to be released first.
    #[error("the payout is stopped")]
    Stopped,
    /// It is not stopped.
    #[error("the payout is not stopped")]
    NotStopped,
    /// It has been cancelled.
    #[error("the payout has been cancelled")]
    Cancelled,
}

/// A payout that a decision leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPayout {
    /// The same for the same decision and line, however often it is planned.
    pub id: PayoutId,
    /// Which of the decision's grants it pays, from 1.
    pub line: u16,
    /// All of the grant.
    pub amount: Money,
    /// How it is paid.
    pub method: PayoutMethod,
    /// The banking day that it is paid on.
    pub pay_date: Date,
}

/// The payouts of a decision, one for each grant; none when nothing is granted. Planned twice they are the same.
pub fn plan(id: DecisionId, decision: &Decision, rule: PayRule) -> Vec<PlannedPayout> {
    let content = decision.content();
    let pay_date = rule.pay_date(content.norm_month, content.date);
    content
        .grants
        .iter()
        .zip(1..)
        .map(|(grant, line)| PlannedPayout {
            id: payout_id(id, line),
            line,
            amount: grant.amount,
            method: grant.method.clone(),
            pay_date,
        })
        .collect()
}

/// The identity of the payout of one line of a decision: a UUID of version 8 from the SHA-256 of both.
pub fn payout_id(decision: DecisionId, line: u16) -> PayoutId {
    let digest = Sha256::new()
        .chain_update(b"payout/1")
        .chain_update(decision.0.as_bytes())
        .chain_update(line.to_be_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    PayoutId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// When a municipality pays, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayRule(PaySettings);

/// When a municipality pays, as an administrator sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaySettings {
    /// The ordinary day of payment in the month before the norm month, so that the money is there when that begins: 1 to 31; in a shorter
    /// month, its last day.
    pub day: i8,
    /// How many banking days the bank needs after the decision, 0 to 10.
    pub lead_days: u8,
}

/// A setting that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PayRuleError {
    /// Not a day of a month.
    #[error("day is a day of the month, 1 to 31")]
    Day,
    /// More than two weeks.
    #[error("lead_days is 0 to 10")]
    LeadDays,
}

impl PayRule {
    /// The rule of these settings.
    pub const fn new(settings: PaySettings) -> Result<Self, PayRuleError> {
        if settings.day < 1 || settings.day > 31 {
            return Err(PayRuleError::Day);
        }
        if settings.lead_days > 10 {
            return Err(PayRuleError::LeadDays);
        }
        Ok(Self(settings))
    }

    /// The banking day on which a decision of this day is paid: the ordinary day, or as soon as the bank can when that is later,
    /// moved on to a banking day.
    pub fn pay_date(self, norm_month: NormMonth, decided: Date) -> Date {
        let month = norm_month.previous();
        let ordinary = month.first_day().saturating_add((self.0.day.min(month.days()) - 1).days());
        let soonest = calendar::working_days_after(decided, self.0.lead_days);
        calendar::working_day_from(ordinary.max(soonest))
    }
}

#[cfg(test)]
mod tests;
