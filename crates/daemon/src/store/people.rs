//! People and the client certificates they come in with.

use super::{StoreError, enrolments};
use sqlx::{SqliteConnection, SqliteExecutor};
use tekport_api::UtcTime;
use tekport_api::people::{ClientCertificate, Person, PersonSpec, Role};
use uuid::Uuid;

/// A person as the store keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// UUIDv7.
    pub id: Uuid,
    /// Grows by one with each change; the ETag.
    pub revision: u32,
    /// As shown in the audit log.
    pub name: String,
    /// What they may do; never empty.
    pub roles: Vec<Role>,
    /// When they were invited.
    pub created_at: UtcTime,
    /// When a request of theirs last came in, to about a minute.
    pub last_seen_at: Option<UtcTime>,
    /// When they were shut out.
    pub revoked_at: Option<UtcTime>,
}

/// A client certificate that this daemon issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRow {
    /// SHA-256 of the DER, lower-case hex.
    pub fingerprint: String,
    /// Who comes in with it.
    pub person_id: Uuid,
    /// Valid from.
    pub not_before: UtcTime,
    /// Valid until.
    pub not_after: UtcTime,
    /// When it was issued.
    pub issued_at: UtcTime,
    /// When it was revoked.
    pub revoked_at: Option<UtcTime>,
}

impl CertificateRow {
    /// The certificate as the API shows it.
    #[must_use]
    pub fn to_api(&self) -> ClientCertificate {
        ClientCertificate {
            fingerprint: self.fingerprint.clone(),
            not_before: self.not_before,
            not_after: self.not_after,
            revoked_at: self.revoked_at,
        }
    }
}

#[derive(sqlx::FromRow)]
struct RawPerson {
    id: String,
    revision: u32,
    name: String,
    roles: String,
    created_at: i64,
    last_seen_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl TryFrom<RawPerson> for PersonRow {
    type Error = StoreError;

    fn try_from(raw: RawPerson) -> Result<Self, StoreError> {
        Ok(Self {
            id: super::stored_id("person", &raw.id)?,
            revision: raw.revision,
            name: raw.name,
            roles: serde_json::from_str(&raw.roles)
                .map_err(|error| StoreError::Damaged { what: "person", reason: format!("their roles: {error}") })?,
            created_at: UtcTime::saturating(raw.created_at),
            last_seen_at: raw.last_seen_at.map(UtcTime::saturating),
            revoked_at: raw.revoked_at.map(UtcTime::saturating),
        })
    }
}

#[derive(sqlx::FromRow)]
struct RawCertificate {
    fingerprint: String,
    person_id: String,
    not_before: i64,
    not_after: i64,
    issued_at: i64,
    revoked_at: Option<i64>,
}

impl TryFrom<RawCertificate> for CertificateRow {
    type Error = StoreError;

    fn try_from(raw: RawCertificate) -> Result<Self, StoreError> {
        Ok(Self {
            fingerprint: raw.fingerprint,
            person_id: super::stored_id("certificate", &raw.person_id)?,
            not_before: UtcTime::saturating(raw.not_before),
            not_after: UtcTime::saturating(raw.not_after),
            issued_at: UtcTime::saturating(raw.issued_at),
            revoked_at: raw.revoked_at.map(UtcTime::saturating),
        })
    }
}

fn roles_json(roles: &[Role]) -> Result<String, StoreError> {
    serde_json::to_string(roles).map_err(|error| StoreError::Damaged { what: "person", reason: error.to_string() })
}

/// Inserts a person with revision 1.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    id: Uuid,
    spec: &PersonSpec,
    now: UtcTime,
) -> Result<PersonRow, StoreError> {
    sqlx::query("INSERT INTO people (id, revision, name, roles, created_at) VALUES ($1, 1, $2, $3, $4)")
        .bind(id.to_string())
        .bind(&spec.name)
        .bind(roles_json(&spec.roles)?)
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(PersonRow {
        id,
        revision: 1,
        name: spec.name.clone(),
        roles: spec.roles.clone(),
        created_at: now,
        last_seen_at: None,
        revoked_at: None,
    })
}

/// Replaces a person's name and roles where they still have `revision`; returns whether they had.
///
/// # Errors
/// When the database fails.
pub async fn update(
    db: impl SqliteExecutor<'_>,
    id: Uuid,
    revision: u32,
    spec: &PersonSpec,
) -> Result<bool, StoreError> {
    let changed =
        sqlx::query("UPDATE people SET revision = revision + 1, name = $3, roles = $4 WHERE id = $1 AND revision = $2")
            .bind(id.to_string())
            .bind(revision)
            .bind(&spec.name)
            .bind(roles_json(&spec.roles)?)
            .execute(db)
            .await?
            .rows_affected();
    Ok(changed == 1)
}

/// Shuts a person out: them, every certificate of theirs and every code that would let them in again.
///
/// # Errors
/// When the database fails.
pub async fn revoke(db: &mut SqliteConnection, id: Uuid, now: UtcTime) -> Result<(), StoreError> {
    for statement in [
        "UPDATE people SET revision = revision + 1, revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
        "UPDATE certificates SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL",
        "UPDATE enrolment_codes SET expires_at = $2 WHERE person_id = $1 AND expires_at > $2",
    ] {
        sqlx::query(statement).bind(id.to_string()).bind(now.unix_seconds()).execute(&mut *db).await?;
    }
    Ok(())
}

/// Notes that a request of a person's came in.
///
/// # Errors
/// When the database fails.
pub async fn set_last_seen(db: impl SqliteExecutor<'_>, id: Uuid, now: UtcTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE people SET last_seen_at = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Returns one person, or `None` where there is none of that id.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn find(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<PersonRow>, StoreError> {
    let raw: Option<RawPerson> =
        sqlx::query_as("SELECT * FROM people WHERE id = $1").bind(id.to_string()).fetch_optional(db).await?;
    raw.map(PersonRow::try_from).transpose()
}

/// Returns every person who may come in, oldest first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn not_revoked(db: impl SqliteExecutor<'_>) -> Result<Vec<PersonRow>, StoreError> {
    let raws: Vec<RawPerson> =
        sqlx::query_as("SELECT * FROM people WHERE revoked_at IS NULL ORDER BY id").fetch_all(db).await?;
    raws.into_iter().map(PersonRow::try_from).collect()
}

/// Returns at most `limit` people that follow `after`, oldest first, revoked ones included.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn page(db: impl SqliteExecutor<'_>, after: Option<Uuid>, limit: u32) -> Result<Vec<PersonRow>, StoreError> {
    let raws: Vec<RawPerson> = sqlx::query_as("SELECT * FROM people WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(after.map(|id| id.to_string()).unwrap_or_default())
        .bind(limit)
        .fetch_all(db)
        .await?;
    raws.into_iter().map(PersonRow::try_from).collect()
}

/// Returns a person as the API shows them at `now`, with their certificates and when the code that waits for them
/// ends.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn to_api(db: &mut SqliteConnection, person: &PersonRow, now: UtcTime) -> Result<Person, StoreError> {
    let certificates = certificates(&mut *db, person.id).await?;
    let code_expires_at = match person.revoked_at {
        Some(_) => None,
        None => enrolments::open_until(db, person.id, now).await?,
    };
    Ok(Person {
        id: person.id.to_string(),
        name: person.name.clone(),
        roles: person.roles.clone(),
        revision: person.revision,
        created_at: person.created_at,
        last_seen_at: person.last_seen_at,
        revoked_at: person.revoked_at,
        certificates: certificates.into_iter().map(|row| row.to_api()).collect(),
        code_expires_at,
    })
}

/// Stores a certificate that was issued.
///
/// # Errors
/// When the database fails.
pub async fn insert_certificate(db: impl SqliteExecutor<'_>, row: &CertificateRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO certificates (fingerprint, person_id, not_before, not_after, issued_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&row.fingerprint)
    .bind(row.person_id.to_string())
    .bind(row.not_before.unix_seconds())
    .bind(row.not_after.unix_seconds())
    .bind(row.issued_at.unix_seconds())
    .execute(db)
    .await?;
    Ok(())
}

/// Returns a certificate by its fingerprint.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn certificate(db: impl SqliteExecutor<'_>, fingerprint: &str) -> Result<Option<CertificateRow>, StoreError> {
    let raw: Option<RawCertificate> = sqlx::query_as("SELECT * FROM certificates WHERE fingerprint = $1")
        .bind(fingerprint)
        .fetch_optional(db)
        .await?;
    raw.map(CertificateRow::try_from).transpose()
}

/// Returns a person's certificates, newest first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn certificates(db: impl SqliteExecutor<'_>, person_id: Uuid) -> Result<Vec<CertificateRow>, StoreError> {
    let raws: Vec<RawCertificate> =
        sqlx::query_as("SELECT * FROM certificates WHERE person_id = $1 ORDER BY issued_at DESC, fingerprint")
            .bind(person_id.to_string())
            .fetch_all(db)
            .await?;
    raws.into_iter().map(CertificateRow::try_from).collect()
}
