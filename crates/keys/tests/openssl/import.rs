//! Keys in every form that `openssl` writes them, and everything else that people hand in by mistake.

use crate::tool::{Folder, passphrase};
use tekport_keys::import::{ImportError, KeyFormat, inspect, read};

const PASS: &str = "hunter2";

/// A folder with a fresh P-256 key in `key.pem` (PKCS#8), its public half in `public.pem`, and `pass`.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.with_passphrase(PASS);
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
    folder.openssl("pkey -in key.pem -pubout -out public.pem");
    folder
}

/// The public half that is read from a file, as PEM.
fn public(folder: &Folder, name: &str, pass: Option<&str>) -> Result<String, ImportError> {
    read(&folder.read(name), pass.map(passphrase).as_ref()).map(|key| key.public_key().to_pem())
}

#[test]
fn every_form_in_the_clear_is_read() {
    let folder = folder();
    folder.openssl("ec -in key.pem -out sec1.pem");
    folder.openssl("ec -in key.pem -no_public -out sec1-private-only.pem");
    folder.openssl("ecparam -name prime256v1 -genkey -out bundle.pem");
    folder.openssl("req -x509 -key key.pem -subj /CN=x -days 1 -out certificate.pem");
    folder.openssl("pkcs12 -export -inkey key.pem -in certificate.pem -passout file:pass -out key.p12");
    folder.openssl("pkcs12 -in key.p12 -passin file:pass -nodes -out from-p12.pem");
    folder.openssl("pkey -in key.pem -text -out with-text.pem");
    let expected = String::from_utf8(folder.read("public.pem")).unwrap();
    for (name, format) in [
        ("key.pem", KeyFormat::Pkcs8),
        ("sec1.pem", KeyFormat::Sec1),
        ("sec1-private-only.pem", KeyFormat::Sec1),
        ("from-p12.pem", KeyFormat::Pkcs8),
        ("with-text.pem", KeyFormat::Pkcs8),
    ] {
        let file = inspect(&folder.read(name)).unwrap();
        assert_eq!((file.format, file.is_encrypted()), (format, false), "{name}");
        assert_eq!(public(&folder, name, None), Ok(expected.clone()), "{name}");
        assert_eq!(public(&folder, name, Some("not needed")), Ok(expected.clone()), "{name}");
    }
    let bundle = String::from_utf8(folder.read("bundle.pem")).unwrap();
    assert!(bundle.contains("BEGIN EC PARAMETERS"), "{bundle}");
    assert_eq!(public(&folder, "bundle.pem", None).unwrap(), folder.openssl("pkey -in bundle.pem -pubout"));
}

#[test]
fn every_encryption_that_openssl_writes_is_read() {
    let folder = folder();
    let expected = String::from_utf8(folder.read("public.pem")).unwrap();
    let mut seen = Vec::new();
    for cipher in ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des-ede3-cbc"] {
        for kdf in [
            format!("-v2 {cipher} -v2prf hmacWithSHA1"),
            format!("-v2 {cipher} -v2prf hmacWithSHA256 -iter 100000"),
            format!("-v2 {cipher} -v2prf hmacWithSHA384"),
            format!("-v2 {cipher} -v2prf hmacWithSHA512"),
            format!("-v2 {cipher} -scrypt"),
            format!("-v2 {cipher} -scrypt -scrypt_N 1024 -scrypt_r 4 -scrypt_p 16"),
        ] {
            folder.openssl(&format!("pkcs8 -topk8 -in key.pem -passout file:pass {kdf} -out encrypted.pem"));
            assert_eq!(public(&folder, "encrypted.pem", Some(PASS)), Ok(expected.clone()), "{kdf}");
            assert_eq!(public(&folder, "encrypted.pem", None), Err(ImportError::PassphraseNeeded), "{kdf}");
            seen.push(inspect(&folder.read("encrypted.pem")).unwrap().encryption.unwrap());
        }
        folder.openssl(&format!("ec -in key.pem -{cipher} -passout file:pass -out traditional.pem"));
        assert_eq!(public(&folder, "traditional.pem", Some(PASS)), Ok(expected.clone()), "{cipher}");
        assert_eq!(public(&folder, "traditional.pem", None), Err(ImportError::PassphraseNeeded), "{cipher}");
        assert_eq!(inspect(&folder.read("traditional.pem")).unwrap().format, KeyFormat::Sec1);
        seen.push(inspect(&folder.read("traditional.pem")).unwrap().encryption.unwrap());
    }
    insta::assert_snapshot!(seen.join("\n"));
}

#[test]
fn a_wrong_passphrase_is_never_taken_for_damage() {
    let folder = folder();
    folder.openssl("pkcs8 -topk8 -in key.pem -passout file:pass -iter 1 -out encrypted.pem");
    folder.openssl("ec -in key.pem -aes-256-cbc -passout file:pass -out traditional.pem");
    // More than 256, so that padding comes out right by luck.
    for n in 0..600 {
        for name in ["encrypted.pem", "traditional.pem"] {
            let found = public(&folder, name, Some(&format!("wrong {n}")));
            assert_eq!(found, Err(ImportError::WrongPassphrase), "{name}");
        }
    }
}

#[test]
fn other_curves_and_algorithms_are_named() {
    let folder = Folder::new();
    for (generate, kind) in [
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:1024", "RSA"),
        ("-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024", "RSA-PSS"),
        ("-algorithm ED25519", "Ed25519"),
        ("-algorithm ED448", "Ed448"),
        ("-algorithm X25519", "X25519"),
        ("-algorithm X448", "X448"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-192", "P-192"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-224", "P-224"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-384", "P-384"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-521", "P-521"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1", "secp256k1"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1", "brainpoolP256r1"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:sect233k1", "OID 1.3.132.0.26"),
        ("-algorithm SM2", "SM2"),
    ] {
        folder.openssl(&format!("genpkey {generate} -out other.pem"));
        let found = public(&folder, "other.pem", None);
        assert_eq!(found, Err(ImportError::AnotherKind(kind.to_owned())), "{kind}");
        assert_eq!(inspect(&folder.read("other.pem")).unwrap_err(), ImportError::AnotherKind(kind.to_owned()));
        folder.with_passphrase(PASS);
        folder.openssl("pkcs8 -topk8 -in other.pem -passout file:pass -out encrypted.pem");
        let found = public(&folder, "encrypted.pem", Some(PASS));
        assert_eq!(found, Err(ImportError::AnotherKind(kind.to_owned())), "{kind}, encrypted");
    }
    for (generate, kind) in [
        ("genrsa -traditional -out other.pem 1024", "RSA"),
        ("ecparam -name secp384r1 -genkey -noout -out other.pem", "P-384"),
        ("ecparam -name secp256k1 -genkey -out other.pem", "secp256k1"),
    ] {
        folder.openssl(generate);
        assert_eq!(public(&folder, "other.pem", None), Err(ImportError::AnotherKind(kind.to_owned())), "{generate}");
    }
    folder.openssl("dsaparam -genkey -out other.pem 1024");
    assert_eq!(public(&folder, "other.pem", None), Err(ImportError::AnotherKind("DSA".to_owned())));
    folder.openssl("ecparam -name prime256v1 -param_enc explicit -genkey -noout -out other.pem");
    let found = public(&folder, "other.pem", None).unwrap_err();
    assert!(found.to_string().contains("written out in numbers"), "{found}");
}

#[test]
fn what_is_no_private_key_is_named() {
    let folder = folder();
    folder.openssl("req -x509 -key key.pem -subj /CN=x -days 1 -out certificate.pem");
    folder.openssl("req -new -key key.pem -subj /CN=x -out request.pem");
    folder.openssl("ecparam -name prime256v1 -out parameters.pem");
    folder.openssl("pkey -in key.pem -outform DER -out key.der");
    folder.openssl("pkcs12 -export -inkey key.pem -in certificate.pem -passout file:pass -out key.p12");
    folder.openssl("crl2pkcs7 -nocrl -certfile certificate.pem -out chain.p7b");
    folder.write("two.pem", [folder.read("key.pem"), folder.read("key.pem")].concat());
    folder.write("empty.pem", "");
    folder.write("notes.txt", "the key is in the safe");
    folder.write("strange.pem", "-----BEGIN GREETING-----\naGk=\n-----END GREETING-----\n");
    folder.write("long.pem", vec![b'\n'; 70_000]);
    folder.write("utf16.pem", [0xff, 0xfe, b'-', 0, b'-', 0]);
    folder.write("ssh.pem", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
    folder.write("putty.ppk", "PuTTY-User-Key-File-3: ecdsa-sha2-nistp256\n");
    let mut report = String::new();
    for name in [
        "public.pem",
        "certificate.pem",
        "request.pem",
        "parameters.pem",
        "chain.p7b",
        "key.der",
        "key.p12",
        "two.pem",
        "empty.pem",
        "notes.txt",
        "strange.pem",
        "long.pem",
        "utf16.pem",
        "ssh.pem",
        "putty.ppk",
    ] {
        let error = public(&folder, name, None).unwrap_err();
        assert_eq!(inspect(&folder.read(name)).unwrap_err(), error, "{name}");
        report.push_str(&format!("{name}: {error}\n"));
    }
    insta::assert_snapshot!(report);
}

#[test]
fn encryption_that_is_not_read_is_named() {
    let folder = folder();
    for (how, name) in [
        ("-v1 PBE-SHA1-3DES", "PBE-SHA1-3DES"),
        ("-v1 PBE-SHA1-2DES", "PBE-SHA1-2DES"),
        ("-v2 aes-256-cbc -v2prf hmacWithSHA224", "HMAC-SHA224"),
        ("-v2 camellia-256-cbc", "OID 1.2.392.200011.61.1.1.1.4"),
    ] {
        folder.openssl(&format!("pkcs8 -topk8 -in key.pem -passout file:pass {how} -out encrypted.pem"));
        let expected = ImportError::UnsupportedEncryption(name.to_owned());
        assert_eq!(inspect(&folder.read("encrypted.pem")).unwrap_err(), expected, "{how}");
    }
    folder.openssl("ec -in key.pem -camellia-256-cbc -passout file:pass -out traditional.pem");
    let expected = ImportError::UnsupportedEncryption("CAMELLIA-256-CBC".to_owned());
    assert_eq!(inspect(&folder.read("traditional.pem")).unwrap_err(), expected);
}
