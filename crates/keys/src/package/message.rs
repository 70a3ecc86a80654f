//! The message to Google and to Apple, filled in.

use super::{Subject, certificate, challenge};

pub(super) const NAME: &str = "message.txt";

/// ECDSA with SHA-256, as the forms and the files write it.
const ALGORITHM: &str = "1.2.840.10045.4.3.2";

pub(super) fn text(subject: &Subject<'_>, made_at: &str) -> String {
    [head(subject, made_at), google(subject), apple(subject), checks(subject), files(subject)].join("\n")
}

fn head(subject: &Subject<'_>, made_at: &str) -> String {
    let Subject { key_id, key_version, authority, .. } = subject;
    format!(
        "Exposure Notification signing key {key_id} {key_version} of {}\n\
         made on {made_at}\n\n\
         Part 1 is for Google, part 2 for Apple, part 3 for both. Send each its part with the files of this folder.\n\
         Nothing in this folder is secret. Send it in a way that shows who you are all the same.\n",
        authority.name
    )
}

fn google(subject: &Subject<'_>) -> String {
    let Subject { key_id, key_version, authority, public_key } = subject;
    format!(
        "1. FOR GOOGLE (the onboarding form)\n\
         ===================================\n\n\
         Health authority: {}\n\
         Android Package Name: {}\n\
         Country: {}\n\
         MCC: {}\n\
         Region: {}\n\n\
         signature_infos {{\n  \
           verification_key_version: \"{key_version}\"\n  \
           verification_key_id: \"{key_id}\"\n  \
           signature_algorithm: \"{ALGORITHM}\"\n\
         }}\n\n\
         Public Key:\n{}\n\
         Please keep the keys that are rolled out until we ask you to remove one, and tell us when phones have this one.\n",
        authority.name,
        authority.android_package,
        authority.country,
        authority.mcc,
        region(subject),
        public_key.to_pem(),
    )
}

fn apple(subject: &Subject<'_>) -> String {
    let Subject { key_id, key_version, authority, public_key } = subject;
    format!(
        "2. FOR APPLE (your contact there)\n\
         =================================\n\n\
         Agency: {}\n\
         Country: {}\n\
         MCC: {}\n\
         stateCode: {}\n\
         Bundle Identifier: {}\n\
         Key Identifier: {key_id}\n\
         Version: {key_version}\n\n\
         Public Key:\n{}\n\
         Please tell us when phones have this key. Our new files carry its signature, and the former key's\n\
         beside it, where there is one, until you and Google have confirmed.\n\
         The agency's texts and pictures that phones show stay as they are, unless we send new ones with this message.\n",
        authority.name,
        authority.country,
        authority.mcc,
        region(subject),
        authority.ios_bundle_id,
        public_key.to_pem(),
    )
}

fn region<'a>(subject: &Subject<'a>) -> &'a str {
    match subject.authority.region {
        "" => "none: the whole country",
        region => region,
    }
}

fn checks(subject: &Subject<'_>) -> String {
    let pem = subject.pem_name();
    format!(
        "3. CHECKING THAT THE KEY IS OURS\n\
         ================================\n\n\
         By phone: call us at a number that you have from elsewhere, not from this message, and have us read out the\n\
         SHA-256 of the public key. Compare every group:\n\n{}\n\
         This shows what you have received:\n\n  \
           openssl pkey -pubin -in {pem} -outform DER | openssl dgst -sha256\n\n\
         That we hold the private half: {challenge} names the key and the time, {signature} is its signature by the key\n\
         itself. This prints \"Verified OK\":\n\n  \
           openssl dgst -sha256 -verify {pem} -signature {signature} {challenge}\n",
        spoken(&subject.public_key.fingerprint()),
        challenge = challenge::NAME,
        signature = challenge::SIGNATURE_NAME,
    )
}

/// A fingerprint as it is read out: groups of four, four groups a line.
fn spoken(fingerprint: &str) -> String {
    let groups: Vec<String> =
        fingerprint.as_bytes().chunks(4).map(|g| String::from_utf8_lossy(g).into_owned()).collect();
    groups.chunks(4).map(|line| format!("  {}\n", line.join("  "))).collect()
}

fn files(subject: &Subject<'_>) -> String {
    let rows = [
        (NAME.to_owned(), "this message"),
        (subject.pem_name(), "the public key (SubjectPublicKeyInfo, P-256)"),
        (challenge::NAME.to_owned(), "a text that names the key"),
        (challenge::SIGNATURE_NAME.to_owned(), "its signature by the key: ECDSA with SHA-256, DER"),
        (
            certificate::NAME.to_owned(),
            "the same public key as a self-signed X.509 certificate, for those who ask for one",
        ),
    ];
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let rows: String = rows.iter().map(|(name, what)| format!("  {name:width$}  {what}\n")).collect();
    format!("THE FILES\n=========\n\n{rows}")
}
