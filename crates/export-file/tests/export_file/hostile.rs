//! Each way in which a file can be unreadable or refused, provoked; the texts are a snapshot.

use crate::crafted::*;
use std::collections::BTreeSet;
use tekport_export_file::*;

fn good() -> [Part; 2] {
    parts(bin(&[]), sig())
}

/// The good file's parts, one of them changed.
fn with(index: usize, change: impl FnOnce(&mut Part)) -> Vec<u8> {
    let mut parts = good();
    change(&mut parts[index]);
    zip(&parts)
}

/// The good file with bytes overwritten at `at`, from the end where it is negative.
fn patched(at: isize, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip(&good());
    let at = if at < 0 { zip.len() - at.unsigned_abs() } else { at.unsigned_abs() };
    zip[at..at + bytes.len()].copy_from_slice(bytes);
    zip
}

fn named(name: &'static [u8]) -> impl FnOnce(&mut Part) {
    move |part| (part.name, part.local_name) = (name, name)
}

/// Every unreadable file, by what is wrong with it.
fn unreadable() -> Vec<(&'static str, Vec<u8>)> {
    let good_zip = zip(&good());
    let [bin_part, sig_part] = good();
    let directory_at = good_zip.len() - 22 - 2 * (46 + 10);
    let many_infos = vec![bytes(6, &good_info()); MAX_READ_SIGNATURES + 1];
    let key = bytes(7, &key_message(&[]));
    vec![
        ("nothing", vec![]),
        ("text", b"start,end,region".to_vec()),
        ("too large", vec![0; MAX_READ_FILE_BYTES + 1]),
        ("cut short", good_zip[..good_zip.len() - 1].to_vec()),
        ("bytes after the end", [good_zip.clone(), vec![0]].concat()),
        ("comment", [patched(-2, &[1, 0]), vec![b'x']].concat()),
        ("bytes before the start", [vec![0], good_zip.clone()].concat()),
        ("zip64 marks", patched(-6, &[0xff; 4])),
        ("several volumes", patched(-18, &[1, 0])),
        ("no entry", zip(&[])),
        ("one entry", zip(std::slice::from_ref(&bin_part))),
        ("three entries", zip(&[bin_part.clone(), sig_part.clone(), Part::deflated(b"readme", vec![])])),
        ("the directory hides an entry", {
            let mut three = zip(&[bin_part.clone(), sig_part.clone(), sig_part.clone()]);
            let at = three.len() - 14;
            three[at..at + 4].copy_from_slice(&[2, 0, 2, 0]);
            three
        }),
        ("the same entry twice", zip(&[bin_part.clone(), bin_part.clone()])),
        ("other order", zip(&[sig_part.clone(), bin_part])),
        ("other name", with(1, named(b"export.txt"))),
        ("name that is no UTF-8", with(1, named(b"export.\xff\x1b"))),
        ("name in a folder", with(0, named(b"x/export.bin"))),
        ("local name differs", with(1, |part| part.local_name = b"export.txt")),
        ("encrypted", with(0, |part| part.flags = 1)),
        ("patched data", with(0, |part| part.flags = 1 << 5)),
        ("other method", with(0, |part| part.method = 12)),
        ("zip64 extra", with(0, |part| part.extra = vec![1, 0, 0, 0])),
        ("extra cut short", with(0, |part| part.extra = vec![0x55, 0x54, 9, 0])),
        ("local flags differ", patched(6, &[2])),
        ("local method differs", patched(8, &[0])),
        ("local size differs", patched(22, &[0])),
        ("offset differs", patched(directory_at as isize + 42, &[1])),
        ("directory damaged", patched(directory_at as isize, &[0])),
        ("directory elsewhere", patched(-6, &[0])),
        ("local header damaged", patched(0, &[0])),
        ("stored sizes differ", with(1, |part| (part.method, part.tail) = (0, vec![0]))),
        ("declares too much", with(0, |part| part.size_lie = 64_000_001)),
        ("export.sig declares too much", with(1, |part| part.size_lie = 65_537)),
        ("unpacks to less", with(0, |part| part.size_lie = 1)),
        ("unpacks to more", with(0, |part| part.size_lie = -1)),
        ("bytes after the compressed data", with(0, |part| part.tail = vec![0; 3])),
        ("checksum", with(0, |part| part.crc_lie = 1)),
        ("checksum of export.sig", with(1, |part| part.crc_lie = 1)),
        ("damaged deflate", patched(30 + 10, &[0xff])),
        ("data descriptor differs", {
            let mut described = with(1, |part| part.flags = 8);
            let at = described.len() - 22 - 2 * (46 + 10) - 1;
            described[at] ^= 1;
            described
        }),
        ("empty export.bin", file(vec![], sig())),
        ("15 bytes", file(b"EK Export v1   ".to_vec(), sig())),
        ("other version", file(b"EK Export v2    ".to_vec(), sig())),
        ("ends in a key", file([bin(&[]), key[..key.len() - 1].to_vec()].concat(), sig())),
        ("ends in a tag", file([bin(&[]), vec![0x80]].concat(), sig())),
        ("ends in a time", file([b"EK Export v1    ".to_vec(), vec![9, 1, 2]].concat(), sig())),
        ("endless varint", file([bin(&[]), vec![0xff; 11]].concat(), sig())),
        ("field number 0", file([bin(&[]), vec![0, 0]].concat(), sig())),
        ("group", file([bin(&[]), vec![0x4b, 0x4c]].concat(), sig())),
        ("key as a number", file(bin(&[int(7, 1)]), sig())),
        ("key that is no message", file(bin(&[bytes(7, &[0xff])]), sig())),
        ("signer that is no message", file(bin(&[bytes(6, &[0xff])]), sig())),
        ("region that is no UTF-8", file(bin(&[bytes(3, &[0xff])]), sig())),
        ("long region", file(bin(&[bytes(3, &[b'A'; 1_025])]), sig())),
        ("unknown field longer than the file", file([bin(&[]), vec![0x7a, 0xff, 0xff, 0xff, 0x7f]].concat(), sig())),
        ("too many signers", file(bin(&many_infos), sig())),
        ("too many signatures", file(bin(&[]), sig().repeat(MAX_READ_SIGNATURES + 1))),
        ("signatures cut short", file(bin(&[]), sig()[..9].to_vec())),
    ]
}

/// Every file that can be read and is refused, by what is wrong with it.
fn flawed() -> Vec<(&'static str, Vec<u8>)> {
    let jose = [0x11; 64];
    let foreign = |algorithm| info_message("310", "v1", algorithm);
    let with_key = |key: Vec<u8>| file(bin(&[bytes(7, &key)]), sig());
    vec![
        ("no signature", file(bin(&[]), vec![])),
        ("fewer signatures", file(bin(&[bytes(6, &good_info())]), sig())),
        ("more signatures", file(bin(&[]), sig().repeat(2))),
        ("other algorithm in export.bin", {
            file(bin_of(&[bytes(6, &foreign("ES256\u{1b}[2J")), bytes(7, &key_message(&[]))]), sig())
        }),
        ("other algorithm in export.sig", file(bin(&[]), signature_message(&foreign("1.2.840.10045.4.3.3"), &DER))),
        ("raw signature", file(bin(&[]), signature_message(&good_info(), &jose))),
        ("signature of no bytes", file(bin(&[]), signature_message(&good_info(), &[]))),
        ("short key data", with_key(key_message(&[bytes(1, &[7; 15])]))),
        ("no key data", with_key(int(3, 2_649_888))),
        ("risk", with_key(key_message(&[int(2, 9)]))),
        ("negative start", with_key(key_message(&[int(3, -1)]))),
        ("period 0", with_key(key_message(&[int(4, 0)]))),
        ("period 145", with_key(key_message(&[int(4, 145)]))),
        ("report type", with_key(key_message(&[int(5, 6)]))),
        ("onset -15", with_key(key_message(&[int(6, 29)]))),
        ("onset 15", with_key(key_message(&[int(6, 30)]))),
        ("variant", with_key(key_message(&[int(8, 5)]))),
        ("revised key", file(bin(&[bytes(8, &key_message(&[int(4, 200)]))]), sig())),
    ]
}

#[test]
fn the_file_that_they_all_differ_from_opens() {
    ExportFile::open(&zip(&good())).unwrap();
}

#[test]
fn each_unreadable_file_says_why() {
    let texts: Vec<_> = unreadable()
        .iter()
        .map(|(name, zip)| {
            let error = ExportFile::open(zip).map(|_| name).unwrap_err();
            assert!(!matches!(error, OpenError::Flawed(_)), "{name}: {error}");
            assert_eq!(ExportFile::inspect(zip).map(|_| ()), Err(error.clone()), "{name}");
            format!("{name}: {error}")
        })
        .collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn each_flawed_file_is_read_and_refused() {
    let texts: Vec<_> = flawed()
        .iter()
        .map(|(name, zip)| {
            let error = ExportFile::open(zip).map(|_| name).unwrap_err();
            let flaws: Vec<_> = ExportFile::inspect(zip).unwrap().flaws().collect();
            assert_eq!(flaws.first().cloned().map(OpenError::from), Some(error.clone()), "{name}");
            format!("{name}: {error}")
        })
        .collect();
    insta::assert_snapshot!(texts.join("\n"));
}

/// No variant of an error is there that nothing provokes.
#[test]
fn every_variant_is_provoked() {
    let variant = |debug: String| debug.split(['(', ' ', '{']).next().unwrap_or_default().to_owned();
    let mut seen = BTreeSet::new();
    for (_, zip) in unreadable().iter().chain(&flawed()) {
        match ExportFile::open(zip).unwrap_err() {
            OpenError::Archive(error) => seen.insert(format!("Archive::{}", variant(format!("{error:?}")))),
            OpenError::Flawed(flaw) => seen.insert(format!("Flaw::{}", variant(format!("{flaw:?}")))),
            error => seen.insert(variant(format!("{error:?}"))),
        };
    }
    // `TooManyKeys` takes a file of more than 30 MB; it has a test of its own.
    insta::assert_debug_snapshot!(seen);
}

#[test]
fn more_keys_than_the_reader_takes_are_refused_before_they_are_kept() {
    let key = bytes(7, &int(3, 1));
    let zip = file([bin_of(&[]), key.repeat(MAX_READ_KEYS + 1)].concat(), sig());
    assert_eq!(ExportFile::inspect(&zip).unwrap_err(), OpenError::TooManyKeys);
}

#[test]
fn files_of_other_zip_libraries_open() {
    let stored = |index| with(index, |part| part.method = 0);
    for zip in [
        stored(0),
        stored(1),
        // A data descriptor, as Go writes it.
        with(0, |part| part.flags = 8),
        with(1, |part| (part.flags, part.method) = (8, 0)),
        // A time in an extra field, as Info-ZIP writes it.
        with(0, |part| part.extra = vec![0x55, 0x54, 5, 0, 1, 0, 0, 0, 0]),
        with(0, |part| part.flags = 1 << 11),
    ] {
        ExportFile::open(&zip).unwrap();
    }
}

/// A later version of the format may add fields.
#[test]
fn unknown_fields_are_skipped() {
    let unknown = [int(20, 1), fixed64(21, 1), bytes(22, &[0; 70_000]), vec![0xbd, 0x01, 1, 2, 3, 4]].concat();
    ExportFile::open(&file(bin(&[unknown]), sig())).unwrap();
}

/// 1,000 refused keys are listed, all are counted, and the good ones among them are kept.
#[test]
fn refused_keys_are_counted_and_the_others_kept() {
    let refused = bytes(7, &key_message(&[int(4, 145)]));
    let file = ExportFile::inspect(&file(bin(&[refused.repeat(1_500), bytes(7, &key_message(&[]))]), sig())).unwrap();
    assert_eq!((file.keys().len(), file.refused_count(), file.refused_keys().len()), (2, 1_500, 1_000));
    assert_eq!(file.refused_keys()[0].number, 2);
}
