//! Joining a daemon: the one-time code, the request it allows and the answer.

use crate::UtcTime;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What an enrolment code starts with, so that a person and a program recognise one.
pub const CODE_PREFIX: &str = "tekport-enrol-1.";
/// Longer texts are refused unread.
const MAX_CODE_CHARS: usize = 2_048;

/// A one-time enrolment code: where the daemon is, how to know it, and a secret that works once.
///
/// As text: [`CODE_PREFIX`] and base64url of its JSON. Whoever holds it can join, until it expires or is used.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentCode {
    /// The admin listener: `host:port`.
    pub address: String,
    /// SHA-256 of the daemon's CA certificate (DER), lower-case hex.
    pub ca_sha256: String,
    /// 32 random bytes, base64url.
    pub secret: String,
    /// From then on the daemon refuses it.
    pub expires_at: UtcTime,
}

/// Why a text is not an enrolment code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It doesn't start with [`CODE_PREFIX`].
    #[error("an enrolment code starts with {CODE_PREFIX}; copy the whole line that the daemon printed")]
    Prefix,
    /// The rest can't be decoded: most likely cut off while copying.
    #[error("the enrolment code is incomplete or has a wrong character; copy it again, whole")]
    Damaged,
}

impl EnrolmentCode {
    /// Reads a code; white space around and inside it, as line breaks in a mail make it, is ignored.
    ///
    /// # Errors
    /// Says whether the text is no code at all or a damaged one. An expired code parses.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).take(MAX_CODE_CHARS + 1).collect();
        let body = compact.strip_prefix(CODE_PREFIX).ok_or(CodeError::Prefix)?;
        if compact.len() > MAX_CODE_CHARS {
            return Err(CodeError::Damaged);
        }
        let json = URL_SAFE_NO_PAD.decode(body).map_err(|_| CodeError::Damaged)?;
        let code: Self = serde_json::from_slice(&json).map_err(|_| CodeError::Damaged)?;
        let pin = hex::decode(&code.ca_sha256).map_err(|_| CodeError::Damaged)?;
        if pin.len() != 32 || code.secret.is_empty() || !code.address.contains(':') {
            return Err(CodeError::Damaged);
        }
        Ok(code)
    }

    /// Writes the code as the text that people pass on.
    #[must_use]
    pub fn to_text(&self) -> String {
        let json = serde_json::json!({
            "address": self.address, "ca_sha256": self.ca_sha256, "secret": self.secret, "expires_at": self.expires_at,
        });
        format!("{CODE_PREFIX}{}", URL_SAFE_NO_PAD.encode(json.to_string()))
    }
}

impl fmt::Debug for EnrolmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnrolmentCode")
            .field("address", &self.address)
            .field("ca_sha256", &self.ca_sha256)
            .field("secret", &"<redacted>")
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

/// `POST /admin/v1/enrolments`: the only admin route that needs no client certificate.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnrolmentRequest {
    /// The code's secret.
    pub secret: String,
    /// A PKCS#10 request (PEM) for a P-256 key; its subject is ignored, the daemon sets its own.
    pub csr_pem: String,
}

/// `POST /admin/v1/me/certificate`: renews the caller's certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenewalRequest {
    /// A PKCS#10 request (PEM) for a P-256 key.
    pub csr_pem: String,
}

/// A certificate for the caller's key, with what is needed to use it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedCertificate {
    /// The client certificate, PEM.
    pub certificate_pem: String,
    /// The daemon's CA certificate, PEM.
    pub ca_pem: String,
    /// The client certificate ends then; the console renews once two thirds of its life have passed.
    pub not_after: UtcTime,
    /// The daemon the certificate is for.
    pub daemon: DaemonIdentity,
}

/// A code for somebody who was invited. Shown once; the daemon keeps only its hash.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// The person it lets in.
    pub person: crate::people::Person,
    /// The enrolment code as text.
    pub code: String,
    /// From then on it is refused.
    pub expires_at: UtcTime,
}

/// Who a daemon is: what a console pins at enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DaemonIdentity {
    /// The daemon's name, from its configuration.
    pub name: String,
    /// `production`, `staging` or `test`.
    pub environment: Environment,
    /// The public key that signing keys are sealed to: uncompressed SEC1 point (65 bytes), base64.
    pub sealing_public_key: String,
    /// SHA-256 of that point, lower-case hex.
    pub sealing_fingerprint: String,
}

/// Which kind of daemon this is; the console marks it with a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Environment {
    /// Phones of the public depend on it.
    Production,
    /// Rehearsal of production.
    Staging,
    /// For trying things.
    Test,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code() -> EnrolmentCode {
        EnrolmentCode {
            address: "127.0.0.1:8443".to_owned(),
            ca_sha256: "ab".repeat(32),
            secret: "c2VjcmV0".to_owned(),
            expires_at: UtcTime::saturating(1_790_000_000),
        }
    }

    #[test]
    fn a_code_survives_being_wrapped_in_a_mail() {
        let text = code().to_text();
        let (front, back) = text.split_at(40);
        assert_eq!(EnrolmentCode::parse(&format!("  {front}\r\n   {back}\n")), Ok(code()));
    }

    #[test]
    fn a_cut_code_is_told_apart_from_no_code() {
        let text = code().to_text();
        assert_eq!(EnrolmentCode::parse(&text[..text.len() - 9]), Err(CodeError::Damaged));
        assert_eq!(EnrolmentCode::parse("hello"), Err(CodeError::Prefix));
    }

    #[test]
    fn the_secret_is_not_printed() {
        assert!(!format!("{:?}", code()).contains("c2VjcmV0"));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,300}") {
            let _ = EnrolmentCode::parse(&text);
            let _ = EnrolmentCode::parse(&format!("{CODE_PREFIX}{text}"));
        }
    }
}
