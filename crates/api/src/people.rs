//! People, their roles and their certificates.

use crate::message::{Allowed, Fault};
use crate::{FieldProblem, UtcTime};
use serde::{Deserialize, Serialize};

/// What a person may do. Roles add up; none implies another beyond `viewer`'s reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Reads everything but secrets.
    Viewer,
    /// And pauses, resumes, runs now, retries, regenerates, tests storage.
    Operator,
    /// And changes export configs and imports.
    Admin,
    /// And changes signing keys, people and roles.
    SecurityOfficer,
    /// Posts TEKs, nothing else: for key servers.
    Ingest,
}

impl Role {
    /// Every role, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Viewer, Self::Operator, Self::Admin, Self::SecurityOfficer, Self::Ingest];

    /// The role as the API writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Admin => "admin",
            Self::SecurityOfficer => "security-officer",
            Self::Ingest => "ingest",
        }
    }

    /// What is allowed where a role is asked for.
    pub const ALLOWED: &'static str = "viewer, operator, admin, security-officer or ingest";
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| format!("{text:?} is not a role; allowed: {}", Self::ALLOWED))
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A client certificate that this daemon issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientCertificate {
    /// SHA-256 of the certificate's DER, lower-case hex.
    pub fingerprint: String,
    /// Valid from.
    pub not_before: UtcTime,
    /// Valid until.
    pub not_after: UtcTime,
    /// When it was revoked; absent while it is good.
    pub revoked_at: Option<UtcTime>,
}

/// Somebody, or a key server, that may talk to the daemon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// UUIDv7.
    pub id: String,
    /// The name shown in the audit log.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Grows with each change; the ETag.
    pub revision: u32,
    /// When they were invited.
    pub created_at: UtcTime,
    /// When a request of theirs last came in; absent before the first.
    pub last_seen_at: Option<UtcTime>,
    /// When they were shut out; absent while they may come in.
    pub revoked_at: Option<UtcTime>,
    /// Their certificates, newest first.
    pub certificates: Vec<ClientCertificate>,
    /// When an enrolment code of theirs that wasn't used ends; absent where there is none that works.
    pub code_expires_at: Option<UtcTime>,
}

/// Asks for a new person, or changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonDraft {
    /// 1 to 80 characters.
    pub name: String,
    /// At least one; `ingest` stands alone.
    pub roles: Vec<String>,
}

/// A validated [`PersonDraft`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonSpec {
    /// Trimmed, 1 to 80 characters, no control characters.
    pub name: String,
    /// Sorted, without repeats, never empty.
    pub roles: Vec<Role>,
}

impl PersonDraft {
    /// Checks the name and the roles.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn validate(&self) -> Result<PersonSpec, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let name = self.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
            problems.push(FieldProblem::new("name", Fault::NoPersonName, Allowed::PersonName));
        }
        let mut roles = Vec::new();
        for (i, text) in self.roles.iter().enumerate() {
            match text.parse::<Role>() {
                Ok(role) => roles.push(role),
                Err(_) => {
                    let reason = Fault::NoRole { text: text.clone() };
                    problems.push(FieldProblem::new(format!("roles[{i}]"), reason, Allowed::Role));
                }
            }
        }
        roles.sort_unstable();
        roles.dedup();
        if self.roles.is_empty() {
            problems.push(FieldProblem::new("roles", Fault::RoleMissing, Allowed::RoleAtLeast));
        } else if roles.contains(&Role::Ingest) && roles.len() > 1 {
            problems.push(FieldProblem::new("roles", Fault::IngestCombined, Allowed::IngestAlone));
        }
        if problems.is_empty() { Ok(PersonSpec { name, roles }) } else { Err(problems) }
    }
}

/// Who the caller is, as the daemon sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The person behind the certificate.
    pub person: Person,
    /// The certificate this request came with.
    pub certificate: ClientCertificate,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(name: &str, roles: &[&str]) -> Vec<String> {
        let draft = PersonDraft { name: name.to_owned(), roles: roles.iter().map(ToString::to_string).collect() };
        draft.validate().err().unwrap_or_default().into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn roles_are_sorted_and_said_once() {
        let draft = PersonDraft {
            name: " Key officer ".to_owned(),
            roles: vec!["security-officer".to_owned(), "viewer".to_owned(), "viewer".to_owned()],
        };
        let spec = draft.validate().expect("valid");
        assert_eq!(
            (spec.name.as_str(), spec.roles.as_slice()),
            ("Key officer", [Role::Viewer, Role::SecurityOfficer].as_slice())
        );
    }

    #[test]
    fn each_wrong_field_is_named() {
        assert_eq!(fields("", &["viewer"]), ["name"]);
        assert_eq!(fields("a\u{7}", &["viewer"]), ["name"]);
        assert_eq!(fields("a", &[]), ["roles"]);
        assert_eq!(fields("a", &["root"]), ["roles[0]"]);
        assert_eq!(fields("a", &["ingest", "viewer"]), ["roles"]);
    }
}
