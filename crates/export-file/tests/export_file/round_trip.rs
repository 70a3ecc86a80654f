//! A file is made, opened and verified; what may not be made is refused.

use crate::crafted::*;
use tekport_export_file::*;

fn header(end_offset: u32, versions: &[&str]) -> Result<FileHeader, HeaderError> {
    let window = Window::new(WINDOW_START, WINDOW_END).unwrap();
    let infos = versions.iter().map(|version| info(version)).collect();
    FileHeader::new(window, end_offset, Region::parse("US").unwrap(), infos)
}

#[test]
fn what_is_made_opens_with_all_that_went_in() {
    let mut keys = [tek(9, None), tek(3, Some(-14)), tek(4, Some(14))];
    order(&mut keys);
    let revised = [tek(1, Some(0))];
    let file = ExportFile::open(&signed_file(&keys, &revised, &["v2", "v1"])).unwrap();
    assert_eq!((file.keys(), file.revised_keys()), (keys.as_slice(), revised.as_slice()));
    assert_eq!(file.digest(), &unsigned(&keys, &revised, &["v2", "v1"]).digest());
    let infos: Vec<_> = file.header().signature_infos.iter().map(|info| info.key_version.as_str()).collect();
    assert_eq!(infos, ["v2", "v1"]);
}

#[test]
fn each_signature_verifies_with_its_own_key_alone() {
    let file = ExportFile::open(&signed_file(&[tek(1, None)], &[], &["v2", "v1"])).unwrap();
    let verdicts = |known: &[KnownKey]| file.verify(known).into_iter().map(|o| o.verdict).collect::<Vec<_>>();
    assert_eq!(verdicts(&[known("v1"), known("v2")]), [Verdict::VerifiedBy(1), Verdict::VerifiedBy(0)]);
    // A key without a name is tried on every signature.
    let nameless = KnownKey { name: None, ..known("v1") };
    assert_eq!(verdicts(&[nameless]), [Verdict::Wrong, Verdict::VerifiedBy(0)]);
    // A key under another's name verifies nothing: phones look keys up by name.
    let impostor = KnownKey { name: Some(info("v2")), ..known("v1") };
    assert_eq!(verdicts(&[impostor]), [Verdict::Wrong, Verdict::UnknownKey]);
    assert_eq!(verdicts(&[]), [Verdict::UnknownKey; 2]);
}

#[test]
fn the_end_moves_by_the_number_of_the_file() {
    assert_eq!(header(0, &["v1"]).map(|header| header.end()), Ok(WINDOW_END));
    assert_eq!(header(3, &["v1"]).map(|header| header.end()), Ok(WINDOW_END + 3));
    let last = Window::new(0, i64::MAX).unwrap();
    let overflow = FileHeader::new(last, 1, Region::parse("US").unwrap(), vec![info("v1")]);
    assert_eq!(overflow, Err(HeaderError::EndOverflow(1)));
}

#[test]
fn a_header_needs_one_to_ten_different_signers() {
    assert_eq!(header(0, &[]), Err(HeaderError::NoSignatureInfo));
    assert_eq!(header(0, &["v1", "v2", "v1"]), Err(HeaderError::DuplicateSignatureInfo(info("v1"))));
    let names: Vec<_> = (0..11).map(|version| format!("v{version}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    assert_eq!(header(0, &names), Err(HeaderError::TooManySignatureInfos(11)));
    assert!(header(0, &names[1..]).is_ok());
}

#[test]
fn a_window_starts_in_1970_or_later_and_ends_after_its_start() {
    assert_eq!(Window::new(-1, 5), Err(HeaderError::BeforeEpoch(-1)));
    assert_eq!(Window::new(5, 5), Err(HeaderError::Empty { start: 5, end: 5 }));
}

#[test]
fn keys_out_of_order_and_no_keys_make_no_file() {
    let header = header(0, &["v1"]).unwrap();
    let error = |keys: &[Tek], revised: &[Tek]| UnsignedExport::new(&header, keys, revised).unwrap_err();
    assert!(matches!(error(&[], &[]), MakeError::NoKeys));
    assert!(matches!(error(&[tek(2, None), tek(1, None)], &[]), MakeError::NotOrdered("keys")));
    assert!(matches!(error(&[], &[tek(2, None), tek(1, None)]), MakeError::NotOrdered("revised keys")));
}

#[test]
fn the_signatures_have_to_be_those_that_the_header_names() {
    let der = DerSignature::from_der(&DER).unwrap();
    for given in [&[][..], &["v1"], &["v1", "v2"], &["v2", "v1", "v3"]] {
        let signatures: Vec<_> = given.iter().map(|version| (info(version), der)).collect();
        let error = unsigned(&[tek(1, None)], &[], &["v2", "v1"]).finish(&signatures).unwrap_err();
        assert!(matches!(error, MakeError::Signers { expected: 2, given: count } if count == given.len()), "{given:?}");
    }
}
