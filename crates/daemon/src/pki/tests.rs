use super::*;
use tekport_keys::SigningKey;

const START: i64 = 1_800_000_000;

struct Daemon {
    _folder: tempfile::TempDir,
    store: Store,
    root_key: RootKey,
    clock: Clock,
}

impl Daemon {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        let clock = Clock::manual(UtcTime::saturating(START));
        Self { _folder: folder, store, root_key: RootKey::generate().unwrap(), clock }
    }

    async fn pki(&self, names: &[&str]) -> Result<Pki, PkiError> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Pki::load_or_create(&self.store, &self.root_key, &self.clock, &names).await
    }
}

fn server_leaf(pki: &Pki) -> String {
    let server = pki.server.read().unwrap();
    fingerprint(&server.certified_key(pki.authority.certificate()).cert[0])
}

#[tokio::test]
async fn a_restart_finds_the_same_authority_server_certificate_and_sealing_key() {
    let daemon = Daemon::new().await;
    let first = daemon.pki(&["localhost", "127.0.0.1", "::1"]).await.unwrap();
    let second = daemon.pki(&["::1", "localhost", "127.0.0.1"]).await.unwrap();
    assert_eq!(first.ca_pin(), second.ca_pin());
    assert_eq!(first.ca_pem(), second.ca_pem());
    assert_eq!(server_leaf(&first), server_leaf(&second));
    assert_eq!(first.sealing_key().public_key(), second.sealing_key().public_key());
    assert_eq!(first.ca_not_after().unix_seconds(), START + 3_652 * DAY_SECONDS);
}

#[tokio::test]
async fn with_another_root_key_it_errs_and_keeps_what_is_there() {
    let daemon = Daemon::new().await;
    let pin = daemon.pki(&["localhost"]).await.unwrap().ca_pin();
    let other = RootKey::generate().unwrap();
    let names = ["localhost".to_owned()];
    let error = Pki::load_or_create(&daemon.store, &other, &daemon.clock, &names).await.unwrap_err();
    assert!(matches!(error, PkiError::Secret { name: "ca-key", .. }), "{error}");
    assert_eq!(daemon.pki(&["localhost"]).await.unwrap().ca_pin(), pin);
}

#[tokio::test]
async fn the_server_certificate_is_renewed_after_two_thirds_of_its_life_and_for_other_names() {
    let daemon = Daemon::new().await;
    let pki = daemon.pki(&["localhost"]).await.unwrap();
    let first = server_leaf(&pki);
    daemon.clock.advance(119 * DAY_SECONDS);
    assert!(!pki.renew_server_certificate().await.unwrap());
    daemon.clock.advance(2 * DAY_SECONDS);
    assert!(pki.renew_server_certificate().await.unwrap());
    let second = server_leaf(&pki);
    assert_ne!(second, first);
    assert_eq!(pki.server_not_after().unix_seconds(), daemon.clock.now().unix_seconds() + 180 * DAY_SECONDS);
    assert_eq!(server_leaf(&daemon.pki(&["localhost"]).await.unwrap()), second, "the renewed one is stored");
    let renamed = daemon.pki(&["tek.example.org"]).await.unwrap();
    assert_ne!(server_leaf(&renamed), second);
    assert_eq!(renamed.ca_pin(), pki.ca_pin());
}

#[tokio::test]
async fn a_client_certificate_is_for_its_subject_alone_whatever_the_request_asks() {
    let daemon = Daemon::new().await;
    let pki = daemon.pki(&["localhost"]).await.unwrap();
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
    let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, "somebody else");
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    let csr = params.serialize_request(&key).unwrap().pem().unwrap();
    let issued = pki.issue_client(&csr, "the subject").unwrap();

    let (_, pem) = x509_parser::pem::parse_x509_pem(issued.certificate_pem.as_bytes()).unwrap();
    let certificate = pem.parse_x509().unwrap();
    assert_eq!(certificate.subject().to_string(), "CN=the subject");
    assert_eq!(certificate.issuer().to_string(), "CN=Tekport private CA");
    assert!(!certificate.is_ca());
    assert!(certificate.subject_alternative_name().unwrap().is_none());
    let usage = certificate.extended_key_usage().unwrap().unwrap().value;
    assert!(usage.client_auth && !usage.server_auth);
    assert_eq!(issued.fingerprint, fingerprint(&pem.contents));
    let other = pki.issue_client(&csr, "the subject").unwrap();
    assert_ne!(issued.fingerprint, other.fingerprint, "each certificate has a serial number of its own");
}

#[tokio::test]
async fn no_certificate_outlives_the_authority() {
    let daemon = Daemon::new().await;
    let pki = daemon.pki(&["localhost"]).await.unwrap();
    daemon.clock.advance(3_600 * DAY_SECONDS);
    pki.renew_server_certificate().await.unwrap();
    assert_eq!(pki.server_not_after(), pki.ca_not_after());
    let csr = tekport_api::client::csr_pem(&SigningKey::generate().unwrap()).unwrap();
    assert_eq!(pki.issue_client(&csr, "x").unwrap().not_after, pki.ca_not_after());
}

#[tokio::test]
async fn printing_it_shows_no_key() {
    let daemon = Daemon::new().await;
    let printed = format!("{:?}", daemon.pki(&["localhost"]).await.unwrap());
    assert!(printed.contains("<redacted>"), "{printed}");
}
