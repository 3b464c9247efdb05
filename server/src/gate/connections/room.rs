//! Who has a connection, and who has waited the longest.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::gate::client::Network;

/// The connections that there are.
pub(super) struct Room {
    in_all: usize,
    of_one: Option<usize>,
    seats: Mutex<Seats>,
}

#[derive(Default)]
struct Seats {
    /// Counts whoever sits down and whoever begins to wait anew.
    turn: u64,
    taken: HashMap<u64, Taken>,
    of_one: HashMap<Network, usize>,
    /// Who waits, by the turn at which they began to.
    waiting: BTreeMap<u64, u64>,
}

struct Taken {
    network: Network,
    /// Since which turn; nothing while a request is done.
    waiting: Option<u64>,
    leave: Arc<Notify>,
}

/// One connection's. Given back when dropped.
pub(super) struct Seat {
    room: Arc<Room>,
    id: u64,
    leave: Arc<Notify>,
}

impl Room {
    pub(super) fn new(in_all: usize, of_one: Option<usize>) -> Self {
        Self { in_all: in_all.max(1), of_one, seats: Mutex::default() }
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a client, where need be that of whoever has waited the longest; none when a request is being done on every other.
    pub(super) fn seat(room: &Arc<Self>, network: Network) -> Option<Seat> {
        let mut seats = room.seats();
        let own = seats.of_one.get(&network).copied().unwrap_or_default();
        if room.of_one.is_some_and(|most| own >= most) {
            seats.send_away(|taken| taken.network == network)?;
        } else if seats.taken.len() >= room.in_all {
            seats.send_away(|_| true)?;
        }
        let id = seats.next_turn();
        let leave = Arc::new(Notify::new());
        seats.taken.insert(id, Taken { network, waiting: Some(id), leave: Arc::clone(&leave) });
        seats.waiting.insert(id, id);
        *seats.of_one.entry(network).or_default() += 1;
        Some(Seat { room: Arc::clone(room), id, leave })
    }

    /// Sends whoever has waited the longest away, if anybody does.
    pub(super) fn make_place(&self) {
        self.seats().send_away(|_| true);
    }
}

impl Seats {
    fn next_turn(&mut self) -> u64 {
        self.turn += 1;
        self.turn
    }

    fn send_away(&mut self, who: impl Fn(&Taken) -> bool) -> Option<()> {
        let mut ids = self.waiting.values().copied();
        let id = ids.find(|id| self.taken.get(id).is_some_and(&who))?;
        let taken = self.remove(id)?;
        taken.leave.notify_one();
        metrics::counter!("fornya_connections_sent_away_total").increment(1);
        Some(())
    }

    fn remove(&mut self, id: u64) -> Option<Taken> {
        let taken = self.taken.remove(&id)?;
        if let Some(turn) = taken.waiting {
            self.waiting.remove(&turn);
        }
        if let Some(own) = self.of_one.get_mut(&taken.network) {
            *own -= 1;
            if *own == 0 {
                self.of_one.remove(&taken.network);
            }
        }
        Some(taken)
    }
}

impl Seat {
    /// A request is being done: it keeps its place.
    pub(super) fn works(&self) {
        let mut seats = self.room.seats();
        let turn = seats.taken.get_mut(&self.id).and_then(|taken| taken.waiting.take());
        if let Some(turn) = turn {
            seats.waiting.remove(&turn);
        }
    }

    /// Nothing is being done: it waits, behind whoever waits already.
    pub(super) fn waits(&self) {
        let mut seats = self.room.seats();
        let turn = seats.next_turn();
        let Some(taken) = seats.taken.get_mut(&self.id) else { return };
        let before = taken.waiting.replace(turn);
        seats.waiting.insert(turn, self.id);
        if let Some(before) = before {
            seats.waiting.remove(&before);
        }
    }

    /// Done when the place is needed for somebody else.
    pub(super) async fn is_needed(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.room.seats().remove(self.id);
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    fn network(last: u8) -> Network {
        Network::of(std::net::Ipv4Addr::new(192, 0, 2, last).into())
    }

    fn must_leave(seat: &Seat) -> bool {
        seat.is_needed().now_or_never().is_some()
    }

    #[test]
    fn who_has_waited_the_longest_makes_place() {
        let room = Arc::new(Room::new(3, None));
        let seats = [1, 2, 3].map(|last| Room::seat(&room, network(last)).unwrap());
        seats[0].works();
        seats[1].works();
        seats[1].waits();
        let new = Room::seat(&room, network(4)).unwrap();
        assert_eq!([0, 1, 2].map(|of| must_leave(&seats[of])), [false, false, true]);
        let newer = Room::seat(&room, network(5)).unwrap();
        assert!(must_leave(&seats[1]) && !must_leave(&seats[0]));
        new.works();
        newer.works();
        assert!(Room::seat(&room, network(6)).is_none(), "a request is being done on every other");
        drop(newer);
        assert!(Room::seat(&room, network(6)).is_some());
    }

    #[test]
    fn one_client_takes_no_more_than_its_own() {
        let room = Arc::new(Room::new(100, Some(2)));
        let other = Room::seat(&room, network(1)).unwrap();
        let own = [(); 2].map(|()| Room::seat(&room, network(2)).unwrap());
        let third = Room::seat(&room, network(2)).unwrap();
        assert!(must_leave(&own[0]) && !must_leave(&own[1]) && !must_leave(&other));
        own[1].works();
        third.works();
        assert!(Room::seat(&room, network(2)).is_none());
        assert!(Room::seat(&room, network(1)).is_some());
    }

    #[test]
    fn nothing_is_left_of_who_has_gone() {
        let room = Arc::new(Room::new(2, Some(1)));
        for last in 0..=255 {
            let seat = Room::seat(&room, network(last)).unwrap();
            seat.works();
            seat.waits();
        }
        let seats = room.seats();
        assert!(seats.taken.is_empty() && seats.waiting.is_empty() && seats.of_one.is_empty());
    }
}
