//! Why something can't be done with a signing key.

use super::{List, Said};
use crate::sentences;
use crate::signing_key::SendBlock;
use serde::Serialize;

sentences! {
    /// Why Google and Apple shouldn't be sent a key.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum NotToSend in "not_to_send" {
        Revoked { key: String } => "{key} was revoked for good; nobody should be sent it",
        Ended { key: String } => "{key} has ended; send the key that took over",
        First { key: String } => "{key} doesn't sign yet; its files may be made already, but attach it to its export configs before they are sent",
        DoesNotSign { key: String } => "{key} doesn't sign yet, and phones that get it early would find no signature of it; attach it to the export configs first",
        Missing { key: String, regions: List, signers: List } => "{key} doesn't sign in {regions} yet, unlike {signers}; attach it there first, so that phones that get it early find its signature in every new file",
    }
}

impl NotToSend {
    /// The first key of an authority may be exported before it signs: nothing was published that phones would check
    /// with it.
    #[must_use]
    pub fn may_be_exported(&self) -> bool {
        matches!(self, Self::First { .. })
    }

    /// As a key's answer shows it.
    #[must_use]
    pub fn shown(&self) -> SendBlock {
        SendBlock { reason: self.to_string(), message: self.message(), may_be_exported: self.may_be_exported() }
    }
}
