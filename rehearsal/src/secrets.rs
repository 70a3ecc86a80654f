//! Looks for a private key where none may be: in files and in texts, in every form it could be written in.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use tekport_keys::SigningKey;

/// Where the 32 bytes of a P-256 key stand in its PKCS#8 (RFC 5958, RFC 5915).
const SCALAR: Range<usize> = 36..68;

/// The forms of private keys that are looked for.
#[derive(Clone)]
pub(crate) struct Needles {
    forms: Vec<Vec<u8>>,
    /// For each two bytes whether a form begins with them: most places in a file are done with after this one look.
    beginnings: Vec<bool>,
}

impl Needles {
    /// The 32 bytes of a P-256 private key: raw, as hex, and as base64 at each of the three places at which
    /// they can stand in a longer text, as in PEM or JSON.
    pub(crate) fn of(scalar: &[u8]) -> Self {
        let mut forms = vec![scalar.to_vec(), hex::encode(scalar).into_bytes(), hex::encode_upper(scalar).into_bytes()];
        for shift in 0..3 {
            let shifted: Vec<u8> = std::iter::repeat_n(0, shift).chain(scalar.iter().copied()).collect();
            for text in [STANDARD_NO_PAD.encode(&shifted), URL_SAFE_NO_PAD.encode(&shifted)] {
                // The first and last groups hold bits of the neighbours.
                forms.extend(text.get(4..40).map(|middle| middle.as_bytes().to_vec()));
            }
        }
        Self::looking_for(forms)
    }

    /// The forms of a signing key's private half.
    ///
    /// # Errors
    /// When the key has another encoding than a P-256 key's.
    pub(crate) fn of_key(key: &SigningKey) -> Result<Self> {
        let pkcs8 = key.to_pkcs8_der()?;
        Ok(Self::of(pkcs8.get(SCALAR).context("the key's PKCS#8 is too short")?))
    }

    /// The forms of several keys, looked for all at once.
    pub(crate) fn together(needles: impl IntoIterator<Item = Self>) -> Self {
        Self::looking_for(needles.into_iter().flat_map(|needles| needles.forms).collect())
    }

    fn looking_for(forms: Vec<Vec<u8>>) -> Self {
        let mut beginnings = vec![false; 1 << 16];
        for form in &forms {
            if let [first, second, ..] = form.as_slice()
                && let Some(begins) = beginnings.get_mut(pair(*first, *second))
            {
                *begins = true;
            }
        }
        Self { forms, beginnings }
    }

    /// Whether one of the forms stands in these bytes, line breaks left out of account.
    pub(crate) fn found_in(&self, bytes: &[u8]) -> bool {
        let unbroken: Vec<u8> = bytes.iter().copied().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
        self.stands_in(bytes) || self.stands_in(&unbroken)
    }

    fn stands_in(&self, bytes: &[u8]) -> bool {
        let may_begin = |at: usize| match bytes.get(at..) {
            Some([first, second, ..]) => self.beginnings.get(pair(*first, *second)).is_some_and(|begins| *begins),
            _ => false,
        };
        let begins =
            |at: usize| bytes.get(at..).is_some_and(|rest| self.forms.iter().any(|form| rest.starts_with(form)));
        (0..bytes.len()).any(|at| may_begin(at) && begins(at))
    }

    /// Returns how many files lie below `folder`, and which of them hold the key.
    ///
    /// # Errors
    /// When a file can't be read.
    pub(crate) fn search(&self, folder: &Path) -> Result<(usize, Vec<PathBuf>)> {
        let mut folders = vec![folder.to_owned()];
        let (mut files, mut found) = (0, Vec::new());
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(&folder).with_context(|| format!("{} can't be read", folder.display()))?;
            for entry in entries {
                let entry = entry?;
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    files += 1;
                    let bytes = fs::read(entry.path()).with_context(|| format!("{:?} can't be read", entry.path()))?;
                    if self.found_in(&bytes) {
                        found.push(entry.path());
                    }
                }
            }
        }
        Ok((files, found))
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    const PRIVATE: [u8; 32] = *b"\x01tekport private scalar for tes\xff";

    #[test]
    fn every_form_is_found_wherever_it_stands() {
        let needles = Needles::of(&PRIVATE);
        for before in 0..4 {
            let text = [vec![b'x'; before], PRIVATE.to_vec(), vec![b'y'; 5]].concat();
            assert!(needles.found_in(&text));
            assert!(needles.found_in(STANDARD.encode(&text).as_bytes()));
            assert!(needles.found_in(URL_SAFE_NO_PAD.encode(&text).as_bytes()));
            assert!(needles.found_in(hex::encode(&text).as_bytes()));
        }
    }

    #[test]
    fn a_pem_with_line_breaks_hides_nothing() {
        let body = STANDARD.encode([vec![0; 36], PRIVATE.to_vec(), vec![0; 70]].concat());
        let (first, second) = body.split_at(64);
        assert!(Needles::of(&PRIVATE).found_in(format!("-----BEGIN\n{first}\n{second}\n-----END").as_bytes()));
    }

    #[test]
    fn what_is_not_the_key_is_not_found() {
        assert!(!Needles::of(&PRIVATE).found_in(&[0; 1000]));
    }

    #[test]
    fn several_keys_are_looked_for_at_once() {
        let other = [7; 32];
        let both = Needles::together([Needles::of(&PRIVATE), Needles::of(&other)]);
        for scalar in [PRIVATE, other] {
            assert!(both.found_in(STANDARD.encode(scalar).as_bytes()));
        }
        assert!(!both.found_in(&[8; 100]));
    }

    #[test]
    fn a_folder_is_searched_to_its_bottom() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        fs::write(folder.path().join("a/b/log"), hex::encode(PRIVATE)).unwrap();
        fs::write(folder.path().join("clean"), "nothing").unwrap();
        let (files, found) = Needles::of(&PRIVATE).search(folder.path()).unwrap();
        assert_eq!((files, found), (2, vec![folder.path().join("a/b/log")]));
    }

    #[test]
    fn the_scalar_is_cut_from_the_pkcs8_at_the_right_place() {
        let key = SigningKey::generate().unwrap();
        let pkcs8 = key.to_pkcs8_der().unwrap();
        // In front of it stand the tag and the length of the OCTET STRING that holds it.
        assert_eq!(&pkcs8[SCALAR.start - 2..SCALAR.start], [4, 32]);
        assert!(Needles::of_key(&key).unwrap().found_in(&pkcs8));
    }
}
