//! One calculation under way: what every section of it looks at.

use std::sync::Arc;

use super::book::Rules;
use super::input::Input;
use super::line::{Certainty, TableRef};
use super::rule_set::Provision;
use crate::household::{Member, Role};
use crate::id::PersonId;

/// The input, its rules, and the household in order.
pub(super) struct Case<'a> {
    pub(super) input: &'a Input,
    pub(super) rules: Rules<'a>,
    /// In the order that lines stand in.
    pub(super) members: Vec<&'a Member>,
    /// How many days the norm is calculated for.
    pub(super) days: u8,
    /// How many of the household the shared costs are for.
    pub(super) persons: u8,
}

impl<'a> Case<'a> {
    pub(super) fn new(input: &'a Input, rules: Rules<'a>, days: u8) -> Self {
        let members = input.household.in_order();
        let mut case = Self { input, rules, members, days, persons: 0 };
        // A household has at most thirty members.
        case.persons =
            u8::try_from(case.members.iter().filter(|member| case.counts(member.role)).count()).unwrap_or(u8::MAX);
        case
    }

    /// The days that a child lives here, when those are fewer than the ones that the norm is calculated for.
    pub(super) fn part_time_days(&self, role: Role) -> Option<u8> {
        role.days().filter(|days| *days < self.days)
    }

    /// The days that the norm month has.
    pub(super) fn month_days(&self) -> u8 {
        // A month has 28 to 31 days.
        u8::try_from(self.input.month.days()).unwrap_or(31)
    }

    /// The place of a person in the household's order; the household itself comes first.
    pub(super) fn place(&self, person: Option<PersonId>) -> usize {
        let place = person.and_then(|person| self.members.iter().position(|member| member.person == person));
        place.map_or(0, |place| place + 1)
    }

    /// The set of rules, as a line cites it.
    pub(super) fn rule_set(&self) -> TableRef {
        self.rules.set.reference.clone()
    }

    fn counts(&self, role: Role) -> bool {
        match self.part_time_days(role) {
            None => true,
            Some(0) => false,
            Some(_) => self.input.settings.part_time_children().count_in_household,
        }
    }
}

/// A provision together with the certainty of the figure that it is applied to.
pub(super) fn cite(provision: &Provision, figure: Certainty) -> (Arc<str>, Certainty) {
    (provision.paragraph.clone(), provision.certainty.max(figure))
}
