//! What every handler of the admin API works with.

use super::attempts::{Attempts, Limit, Network};
use super::export_configs::load::CountedReceipts;
use crate::exporter::Progress;
use crate::invitation::CodeOrigin;
use crate::pki::Pki;
use crate::signer::Signer;
use crate::storage::StorageTargets;
use crate::store::Store;
use std::ops::Deref;
use std::sync::Arc;
use tekport_api::Clock;
use tekport_api::UtcTime;
use tekport_api::enrolment::{DaemonIdentity, Environment};
use tekport_keys::at_rest::RootKey;
use tokio::sync::Notify;
use uuid::Uuid;

/// Codes that are refused, from one network: nobody guesses a secret of 256 bits in ten tries a quarter of an hour.
const REFUSED_CODES: Limit = Limit { times: 10, seconds: 900 };
/// Questions where a key is, of one person: enough for the keys of two phones, too few to go through a list of people.
const LOOKUPS: Limit = Limit { times: 30, seconds: 3_600 };

/// What the daemon gives the admin API to work with.
#[derive(Debug)]
pub struct AdminParts {
    /// The store.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// Encrypts what the API keeps at rest.
    pub root_key: RootKey,
    /// Signs with the keys that the daemon reaches.
    pub signer: Signer,
    /// Issues certificates and opens sealed signing keys.
    pub pki: Arc<Pki>,
    /// The storage targets of the configuration.
    pub storage: StorageTargets,
    /// Wakes the exporter before its next tick.
    pub nudge: Arc<Notify>,
    /// What the exporter does now.
    pub progress: Progress,
    /// The daemon's name, from its configuration.
    pub name: String,
    /// Which kind of daemon this is.
    pub environment: Environment,
    /// `host:port` at which consoles reach the admin listener: written into enrolment codes.
    pub address: String,
    /// How long after its end a window is closed, in seconds.
    pub min_window_age: u32,
    /// Files leave the index this many days after their publication.
    pub retention_days: u16,
    /// Keys are deleted this many days after their release.
    pub tek_retention_days: u16,
    /// Where phones download from, where the daemon knows.
    pub public_url: Option<String>,
    /// Whether people may ask where one key is.
    pub key_lookup: bool,
}

/// The state of the admin API; cloning shares it.
#[derive(Debug, Clone)]
pub struct AdminState(Arc<Shared>);

/// What the clones of an [`AdminState`] share.
#[derive(Debug)]
pub struct Shared {
    parts: AdminParts,
    pub(super) started_at: UtcTime,
    pub(super) enrolment_attempts: Attempts<Network>,
    pub(super) lookups: Attempts<Uuid>,
    pub(super) counted_receipts: CountedReceipts,
}

impl AdminState {
    /// Makes the state of an API that starts now.
    #[must_use]
    pub fn new(parts: AdminParts) -> Self {
        let started_at = parts.clock.now();
        Self(Arc::new(Shared {
            parts,
            started_at,
            enrolment_attempts: Attempts::new(REFUSED_CODES),
            lookups: Attempts::new(LOOKUPS),
            counted_receipts: CountedReceipts::default(),
        }))
    }

    pub(super) fn now(&self) -> UtcTime {
        self.clock.now()
    }

    /// What every enrolment code of this daemon carries.
    pub(super) fn code_origin(&self) -> CodeOrigin {
        CodeOrigin { address: self.address.clone(), ca_pin: self.pki.ca_pin() }
    }

    pub(super) fn identity(&self) -> DaemonIdentity {
        let sealing = self.pki.sealing_key().public_key();
        DaemonIdentity {
            name: self.name.clone(),
            environment: self.environment,
            sealing_public_key: sealing.to_base64(),
            sealing_fingerprint: sealing.fingerprint(),
        }
    }
}

impl Deref for AdminState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Deref for Shared {
    type Target = AdminParts;

    fn deref(&self) -> &AdminParts {
        &self.parts
    }
}
