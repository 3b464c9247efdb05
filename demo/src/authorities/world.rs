//! What the servers know, and how they have been told to behave.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::PersonNumber;
use domain::kind::{ExpenseKind, IncomeKind};
use jiff::civil::Date;

use crate::people::{Behaviour, DemoPerson, DemoSource, MonthlyRow, People};

type Orders = HashMap<(Option<PersonNumber>, Option<DemoSource>), Behaviour>;

#[derive(Debug)]
pub(super) struct World {
    pub(super) people: Arc<People>,
    pub(super) today: Date,
    orders: RwLock<Orders>,
}

/// The days that are asked about, both included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) first: Date,
    pub(super) last: Date,
}

impl World {
    pub(super) fn new(people: Arc<People>, today: Date) -> Self {
        Self { people, today, orders: RwLock::default() }
    }

    pub(super) fn set_behaviour(&self, person: Option<PersonNumber>, source: Option<DemoSource>, behaviour: Behaviour) {
        self.orders.write().unwrap_or_else(PoisonError::into_inner).insert((person, source), behaviour);
    }

    pub(super) fn reset_behaviours(&self) {
        self.orders.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Orders given while running come before the file of people.
    pub(super) fn behaviour(&self, person: PersonNumber, source: DemoSource) -> Behaviour {
        let orders = self.orders.read().unwrap_or_else(PoisonError::into_inner);
        let ordered = [(Some(person), Some(source)), (Some(person), None), (None, Some(source)), (None, None)]
            .iter()
            .find_map(|reach| orders.get(reach).copied());
        let known = || self.people.by_number(person).map_or(Behaviour::Nothing, |person| person.behaviour(source));
        ordered.unwrap_or_else(known)
    }

    fn person(&self, number: PersonNumber) -> Option<&DemoPerson> {
        self.people.by_number(number)
    }

    pub(super) fn benefits(&self, number: PersonNumber, source: DemoSource, days: Days) -> Vec<MonthlyRow<IncomeKind>> {
        self.person(number).map(|person| person.benefits(source, days.first, days.last)).unwrap_or_default()
    }

    pub(super) fn invoices(&self, number: PersonNumber, days: Days) -> Vec<MonthlyRow<ExpenseKind>> {
        self.person(number).map(|person| person.energy_invoices(days.first, days.last)).unwrap_or_default()
    }

    pub(super) fn job_seeker_since(&self, number: PersonNumber) -> Option<Date> {
        self.person(number)?.job_seeker_since.filter(|since| *since <= self.today)
    }
}

/// The rows that a partial answer still has: the first half, at least one.
pub(super) fn half<T>(mut rows: Vec<T>) -> Vec<T> {
    rows.truncate(rows.len().div_ceil(2));
    rows
}
