//! Counts what somebody does, so that nobody can try secrets or keys at leisure.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tekport_api::UtcTime;

/// Whom to count is remembered of so many at most: memory stays bounded whoever tries.
const MAX_REMEMBERED: usize = 10_000;

/// How much is allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    /// So many times,
    pub(super) times: u32,
    /// in so many seconds since the first of them.
    pub(super) seconds: i64,
}

/// What was done lately, by whoever did it.
#[derive(Debug)]
pub(super) struct Attempts<K> {
    limit: Limit,
    counted: Mutex<HashMap<K, Counted>>,
}

#[derive(Debug, Clone, Copy)]
struct Counted {
    since: UtcTime,
    times: u32,
}

impl<K: Eq + Hash> Attempts<K> {
    pub(super) fn new(limit: Limit) -> Self {
        Self { limit, counted: Mutex::default() }
    }

    /// Returns how many seconds somebody has to wait, or `None` where they may try.
    pub(super) fn wait(&self, who: &K, now: UtcTime) -> Option<i64> {
        self.left(self.counted().get(who), now)
    }

    /// Counts an attempt.
    pub(super) fn count(&self, who: K, now: UtcTime) {
        self.add(&mut self.counted(), who, now);
    }

    /// Counts an attempt that may be made.
    ///
    /// # Errors
    /// With how many seconds to wait, where it may not; then it isn't counted.
    pub(super) fn take(&self, who: K, now: UtcTime) -> Result<(), i64> {
        let mut counted = self.counted();
        match self.left(counted.get(&who), now) {
            Some(seconds) => Err(seconds),
            None => {
                self.add(&mut counted, who, now);
                Ok(())
            }
        }
    }

    fn left(&self, counted: Option<&Counted>, now: UtcTime) -> Option<i64> {
        let counted = counted.filter(|counted| !self.is_over(counted, now))?;
        let passed = now.unix_seconds() - counted.since.unix_seconds();
        (counted.times >= self.limit.times).then(|| self.limit.seconds - passed)
    }

    fn add(&self, counted: &mut HashMap<K, Counted>, who: K, now: UtcTime) {
        if counted.len() >= MAX_REMEMBERED {
            counted.retain(|_, counted| !self.is_over(counted, now));
        }
        if counted.len() >= MAX_REMEMBERED && !counted.contains_key(&who) {
            return;
        }
        let entry = counted.entry(who).or_insert(Counted { since: now, times: 0 });
        if self.is_over(entry, now) {
            *entry = Counted { since: now, times: 0 };
        }
        entry.times = entry.times.saturating_add(1);
    }

    fn is_over(&self, counted: &Counted, now: UtcTime) -> bool {
        now.unix_seconds() - counted.since.unix_seconds() >= self.limit.seconds
    }

    fn counted(&self) -> MutexGuard<'_, HashMap<K, Counted>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An address, or the network of one household, which has a whole /64 of IPv6 addresses: they count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Network(IpAddr);

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> UtcTime {
        UtcTime::saturating(1_800_000_000 + seconds)
    }

    fn attempts() -> Attempts<Network> {
        Attempts::new(Limit { times: 10, seconds: 900 })
    }

    fn network(address: &str) -> Network {
        address.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn ten_failures_close_the_door_for_the_rest_of_a_quarter_of_an_hour() {
        let attempts = attempts();
        let address = network("192.0.2.1");
        for _ in 0..10 {
            assert_eq!(attempts.wait(&address, at(0)), None);
            attempts.count(address, at(0));
        }
        assert_eq!(attempts.wait(&address, at(100)), Some(800));
        assert_eq!(attempts.wait(&network("192.0.2.2"), at(100)), None);
        assert_eq!(attempts.wait(&address, at(900)), None);
    }

    #[test]
    fn what_is_refused_does_not_lengthen_the_wait() {
        let attempts = attempts();
        let address = network("192.0.2.1");
        for _ in 0..10 {
            assert_eq!(attempts.take(address, at(0)), Ok(()));
        }
        assert_eq!(attempts.take(address, at(100)), Err(800));
        assert_eq!(attempts.take(address, at(899)), Err(1));
        assert_eq!(attempts.take(address, at(900)), Ok(()));
    }

    #[test]
    fn addresses_of_one_ipv6_network_count_together_and_a_mapped_one_as_ipv4() {
        let attempts = attempts();
        for i in 0..10 {
            attempts.count(network(&format!("2001:db8::{i}")), at(0));
            attempts.count(network("::ffff:192.0.2.1"), at(0));
        }
        assert!(attempts.wait(&network("2001:db8::ffff"), at(0)).is_some());
        assert!(attempts.wait(&network("2001:db8:1::1"), at(0)).is_none());
        assert!(attempts.wait(&network("192.0.2.1"), at(0)).is_some());
    }
}
