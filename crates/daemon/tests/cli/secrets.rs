//! Looks for a private key where none may be, in every form it could be written in.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::path::{Path, PathBuf};
use tekport_keys::SigningKey;

/// The forms in which a key's 32 secret bytes could be written.
pub(crate) struct Forms(Vec<Vec<u8>>);

impl Forms {
    pub(crate) fn of(key: &SigningKey) -> Self {
        let pkcs8 = key.to_pkcs8_der().unwrap();
        // Where the scalar of a P-256 key stands in its PKCS#8 (RFC 5958, RFC 5915).
        let scalar = &pkcs8[36..68];
        let mut forms = vec![scalar.to_vec(), hex::encode(scalar).into_bytes(), hex::encode_upper(scalar).into_bytes()];
        // In base64, PEM included, it stands at one of three places of its groups of three bytes; the first and
        // last groups also hold bits of the neighbours.
        for shift in 0..3 {
            let shifted = [&[0_u8; 2][..shift], scalar].concat();
            for text in [STANDARD_NO_PAD.encode(&shifted), URL_SAFE_NO_PAD.encode(&shifted)] {
                forms.push(text.as_bytes()[4..40].to_vec());
            }
        }
        Self(forms)
    }

    pub(crate) fn stand_in(&self, bytes: &[u8]) -> bool {
        let unbroken: Vec<u8> = bytes.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
        self.0.iter().any(|form| contains(bytes, form) || contains(&unbroken, form))
    }
}

fn contains(bytes: &[u8], form: &[u8]) -> bool {
    bytes.windows(form.len()).any(|window| window == form)
}

/// Every file below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn each_form_is_found() {
    let key = crate::export::signing_key();
    let forms = Forms::of(&key);
    let der = key.to_pkcs8_der().unwrap();
    assert!(forms.stand_in(&der));
    assert!(forms.stand_in(key.to_pkcs8_pem().unwrap().as_bytes()));
    assert!(forms.stand_in(hex::encode(&*der).as_bytes()));
    assert!(forms.stand_in(serde_json::json!({ "key": STANDARD_NO_PAD.encode(&*der) }).to_string().as_bytes()));
    assert!(!forms.stand_in(SigningKey::generate().unwrap().to_pkcs8_pem().unwrap().as_bytes()));
}
