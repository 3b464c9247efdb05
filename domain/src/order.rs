//! Sorting by one routine for every type: a routine for each is a large part of what a browser would load.

use std::cmp::Ordering;

/// The items in the order of a key that no two of them share.
pub(crate) fn in_order<T, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> Vec<&T> {
    let keys: Vec<K> = items.iter().map(key).collect();
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort(&mut places, &|one, other| keys[one].cmp(&keys[other]));
    places.into_iter().map(|place| &items[place]).collect()
}

fn sort(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_unstable_by(|one, other| compare(*one, *other));
}
