//! `addresses.txt`: the addresses with their guards, kept where a change is seen in review.

use axum::http::Method;

pub(super) const LISTED: &str = include_str!("addresses.txt");

/// One address of the list.
pub(super) struct Listed {
    pub guard: &'static str,
    pub method: Method,
    pub path: &'static str,
}

pub(super) fn listed() -> impl Iterator<Item = Listed> {
    LISTED.lines().map(|line| {
        let mut words = line.split_whitespace();
        let mut word = || words.next().unwrap();
        let (guard, method) = (word(), word().parse().unwrap());
        Listed { guard, method, path: word() }
    })
}
