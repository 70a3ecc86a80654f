//! Whom a key was sent to, as sentences name them.

use tekport_api::message::Names;
use tekport_api::signing_key::Recipient;

/// `Google and Apple`.
pub(crate) fn names(recipients: &[Recipient]) -> Names {
    recipients.iter().map(ToString::to_string).collect()
}
