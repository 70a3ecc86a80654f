//! What Google and Apple are sent for a key (EXPORT-FORMAT, "What Google and Apple are sent").

use crate::FieldProblem;
use crate::message::{Allowed, Fault};
use serde::{Deserialize, Serialize};

/// `PUT /admin/v1/signing-keys/{id}/authority`: for whom a key signs, as the two companies ask. A successor starts
/// with what its predecessor has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AuthorityDetails {
    /// The health authority's name: 1 to 120 characters.
    pub name: String,
    /// Country as ISO 3166-1 alpha-2, `US`.
    pub country: String,
    /// Mobile Country Code, 3 digits.
    pub mcc: String,
    /// Region within the country where the app is for one, `US-WA`; empty for the whole country.
    pub region: String,
    /// The Android app's package name, `org.example.en`.
    pub android_package: String,
    /// The iOS app's bundle identifier, `org.example.en`.
    pub ios_bundle_id: String,
}

impl AuthorityDetails {
    /// Checks every field.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn validate(&self) -> Result<(), Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut check = |field: &str, text: &str, fits: bool, allowed: Allowed| {
            if !fits {
                let reason = if text.is_empty() { Fault::Empty } else { Fault::NotOne { text: text.to_owned() } };
                problems.push(FieldProblem::new(field, reason, allowed));
            }
        };
        let name = self.name.chars().count();
        check(
            "name",
            &self.name,
            (1..=120).contains(&name) && !self.name.trim().is_empty() && !self.name.contains(char::is_control),
            Allowed::AuthorityName,
        );
        let country = self.country.len() == 2 && self.country.bytes().all(|b| b.is_ascii_uppercase());
        check("country", &self.country, country, Allowed::Country);
        let mcc = self.mcc.len() == 3 && self.mcc.bytes().all(|b| b.is_ascii_digit());
        check("mcc", &self.mcc, mcc, Allowed::Mcc);
        let region = self.region.len() <= 30
            && self.region.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        check("region", &self.region, region, Allowed::AuthorityRegion);
        check(
            "android_package",
            &self.android_package,
            is_dotted(&self.android_package, |b| b.is_ascii_alphanumeric() || b == b'_'),
            Allowed::AndroidPackage,
        );
        check(
            "ios_bundle_id",
            &self.ios_bundle_id,
            is_dotted(&self.ios_bundle_id, |b| b.is_ascii_alphanumeric() || b == b'-'),
            Allowed::IosBundle,
        );
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

#[cfg(feature = "package")]
impl<'a> From<&'a AuthorityDetails> for tekport_keys::package::Authority<'a> {
    fn from(details: &'a AuthorityDetails) -> Self {
        Self {
            name: &details.name,
            country: &details.country,
            mcc: &details.mcc,
            region: &details.region,
            android_package: &details.android_package,
            ios_bundle_id: &details.ios_bundle_id,
        }
    }
}

/// At least two parts between dots, none empty, at most 155 characters (Apple's limit; Google's is no shorter).
fn is_dotted(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    text.len() <= 155 && parts.len() >= 2 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(&allowed))
}

/// The answer of `POST /admin/v1/signing-keys/{id}/package`: the files to send, made by the daemon where it can sign
/// with the key (custody `daemon` or `hsm`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyPackage {
    /// `310-v2`: the folder's name.
    pub name: String,
    /// Its files, in the order in which to read them.
    pub files: Vec<PackageFile>,
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackageFile {
    /// Its name, without a path: `310-v2.pem`.
    pub name: String,
    /// Its bytes, base64.
    pub content: String,
}

#[cfg(feature = "package")]
impl From<tekport_keys::package::KeyPackage> for KeyPackage {
    fn from(package: tekport_keys::package::KeyPackage) -> Self {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let file = |file: tekport_keys::package::PackageFile| PackageFile {
            name: file.name,
            content: STANDARD.encode(file.content),
        };
        Self { name: package.name, files: package.files.into_iter().map(file).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details() -> AuthorityDetails {
        AuthorityDetails {
            name: "Magrathea Health".into(),
            country: "US".into(),
            mcc: "310".into(),
            region: "US-WA".into(),
            android_package: "org.example.en_app".into(),
            ios_bundle_id: "org.example.en-app".into(),
        }
    }

    #[test]
    fn what_the_companies_ask_for_is_taken() {
        assert_eq!(details().validate(), Ok(()));
        assert_eq!(AuthorityDetails { region: String::new(), ..details() }.validate(), Ok(()));
    }

    #[test]
    fn every_mistake_is_named() {
        let wrong = AuthorityDetails {
            name: " ".into(),
            country: "us".into(),
            mcc: "31".into(),
            region: "wa".into(),
            android_package: "example".into(),
            ios_bundle_id: "org..en".into(),
        };
        let fields: Vec<String> = wrong.validate().unwrap_err().into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["name", "country", "mcc", "region", "android_package", "ios_bundle_id"]);
    }
}
