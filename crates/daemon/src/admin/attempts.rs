//! Counts failed enrolments by address, so that nobody can try secrets at leisure.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use tekport_api::UtcTime;

/// Failures allowed from one address in [`WINDOW_SECONDS`].
const MAX_FAILURES: u32 = 10;
const WINDOW_SECONDS: i64 = 900;
/// Addresses remembered at most: memory stays bounded whoever tries.
const MAX_ADDRESSES: usize = 10_000;

/// The failures of the last quarter of an hour.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<HashMap<IpAddr, Failures>>);

#[derive(Debug, Clone, Copy)]
struct Failures {
    since: UtcTime,
    count: u32,
}

impl Failures {
    fn is_over(self, now: UtcTime) -> bool {
        now.unix_seconds() - self.since.unix_seconds() >= WINDOW_SECONDS
    }
}

impl Attempts {
    /// Returns how many seconds an address has to wait, or `None` where it may try.
    pub(super) fn wait(&self, address: IpAddr, now: UtcTime) -> Option<i64> {
        let failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let failures = failures.get(&group(address)).filter(|failures| !failures.is_over(now))?;
        (failures.count >= MAX_FAILURES).then(|| WINDOW_SECONDS - (now.unix_seconds() - failures.since.unix_seconds()))
    }

    /// Counts a failure.
    pub(super) fn failed(&self, address: IpAddr, now: UtcTime) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= MAX_ADDRESSES {
            failures.retain(|_, failures| !failures.is_over(now));
        }
        let address = group(address);
        if failures.len() >= MAX_ADDRESSES && !failures.contains_key(&address) {
            return;
        }
        let entry = failures.entry(address).or_insert(Failures { since: now, count: 0 });
        if entry.is_over(now) {
            *entry = Failures { since: now, count: 0 };
        }
        entry.count = entry.count.saturating_add(1);
    }
}

/// One household has a whole /64 of IPv6 addresses: they count as one.
fn group(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> UtcTime {
        UtcTime::saturating(1_800_000_000 + seconds)
    }

    #[test]
    fn ten_failures_close_the_door_for_the_rest_of_a_quarter_of_an_hour() {
        let attempts = Attempts::default();
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        for _ in 0..10 {
            assert_eq!(attempts.wait(address, at(0)), None);
            attempts.failed(address, at(0));
        }
        assert_eq!(attempts.wait(address, at(100)), Some(800));
        assert_eq!(attempts.wait("192.0.2.2".parse().unwrap(), at(100)), None);
        assert_eq!(attempts.wait(address, at(900)), None);
    }

    #[test]
    fn addresses_of_one_ipv6_network_count_together_and_a_mapped_one_as_ipv4() {
        let attempts = Attempts::default();
        for i in 0..10 {
            attempts.failed(format!("2001:db8::{i}").parse().unwrap(), at(0));
            attempts.failed("::ffff:192.0.2.1".parse().unwrap(), at(0));
        }
        assert!(attempts.wait("2001:db8::ffff".parse().unwrap(), at(0)).is_some());
        assert!(attempts.wait("2001:db8:1::1".parse().unwrap(), at(0)).is_none());
        assert!(attempts.wait("192.0.2.1".parse().unwrap(), at(0)).is_some());
    }
}
