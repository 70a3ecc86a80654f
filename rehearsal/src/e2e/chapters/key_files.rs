//! A private half in all the places where it can be: in a backup, in the package's proof of possession, lost from the
//! keychain and restored, brought along from elsewhere, taken back from the daemon and handed over again.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::onlooker::{newest_key, until};
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::e2e::workstation::Workstation;
use crate::e2e::{desktop, downloads, keyring};
use crate::job::{self, Member};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tekport_api::signing_key::SigningKey;

const PASSPHRASE: &str = "seven otters count copper buttons at dawn";

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let window = scene.open_and_join().await?;
    let station = &scene.station;
    super::generate_key(&window, job::KEY_ID, job::KEY_VERSION).await?;
    let key = newest_key(&onlooker).await?;
    job::create_config(&onlooker, job::REGION, job::PREFIX, &key.id, crate::now()).await?;
    open_newest(&window).await?;
    let backup = checks.step("it writes a backup that openssl reads", back_up(&window, station).await)?;
    let saved = package(&window, station).await;
    checks.step("it saves the package; the message's commands prove possession", saved)?;
    checks.step("an entry deleted from the keyring is missed", lose(&window, station, &key).await)?;
    checks.step("the backup puts it back into the keyring", restore(&window, station, &backup, &key).await)?;
    let imported = import(&window, scene, &onlooker).await;
    let imported = checks.step("it imports a key that openssl made and encrypted", imported)?;
    let taken = take_back(&window, &onlooker, &imported).await;
    checks.step("the daemon's copy of that is taken back, and shown to be gone", taken)?;
    checks.step("and handed over again from the keyring", hand_over(&window, &onlooker, &imported).await)
}

async fn open_newest(window: &Window) -> Result<()> {
    window.click("nav-signing-keys").await?;
    window.click_inside("key-row", "a").await
}

/// Backs the shown key up under a passphrase; `openssl` opens the file and finds the same public key.
async fn back_up(window: &Window, station: &Workstation) -> Result<PathBuf> {
    let pem = window.read_until("key-pem", "BEGIN PUBLIC KEY", LIMIT).await?;
    window.click("backup-open").await?;
    window.fill("backup-passphrase", PASSPHRASE).await?;
    window.fill("backup-passphrase-again", PASSPHRASE).await?;
    window.click("backup-save").await?;
    window.see_within("backup-saved", LIMIT).await?;
    window.click("backup-close").await?;
    let file = downloads::ending_with(station, "-backup.pem").await?;
    let passphrase = format!("pass:{PASSPHRASE}");
    let public = openssl(&["pkey", "-pubout", "-passin", &passphrase, "-in", &file.to_string_lossy()])?;
    ensure!(public.trim() == pem.trim(), "the backup holds another key than the one shown");
    Ok(file)
}

/// Says for whom the key signs, saves the package, and does with it what its message tells Google and Apple to do.
async fn package(window: &Window, station: &Workstation) -> Result<()> {
    window.click("authority-open").await?;
    let fields = [
        ("authority-name", "Health Authority of Mag"),
        ("authority-country", "US"),
        ("authority-mcc", "310"),
        ("authority-android_package", "org.example.mag"),
        ("authority-ios_bundle_id", "org.example.mag.ios"),
    ];
    for (field, text) in fields {
        window.fill(field, text).await?;
    }
    window.click("authority-save").await?;
    window.click("package-save").await?;
    window.see_within("package-saved", LIMIT).await?;
    window.shoot("key-package").await?;
    let message = downloads::in_folder(station, "310-v1", "message.txt").await?;
    let folder = message.parent().context("the message lies nowhere")?;
    let text = fs::read_to_string(&message)?;
    for (field, told) in fields {
        ensure!(text.contains(told), "the message doesn't give {field}:\n{text}");
    }
    let commands: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with("openssl ")).collect();
    ensure!(commands.len() == 2, "the message has these commands: {commands:?}");
    for command in commands {
        let done = Command::new("sh").args(["-c", command]).current_dir(folder).output()?;
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        let digest: String = said.chars().filter(char::is_ascii_hexdigit).collect();
        let proves = said.contains("Verified OK") || (digest.len() >= 64 && done.status.success());
        ensure!(proves, "{command} says {said} {}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(())
}

async fn take_back(window: &Window, onlooker: &Member, key: &SigningKey) -> Result<()> {
    window.click("key-unprovision").await?;
    window.fill("confirm-word", &format!("{} {}", key.key_id, key.key_version)).await?;
    window.click("confirm").await?;
    window.see_within("unprovisioned-sha256", LIMIT).await?;
    window.shoot("key-taken-back").await?;
    window.click("unprovisioned-close").await?;
    until(onlooker, &key.id, |key| key.provisioned_at.is_none()).await.map(drop)
}

/// Somebody deletes the entry with another program; the console says that it has no such key.
async fn lose(window: &Window, station: &Workstation, key: &SigningKey) -> Result<()> {
    keyring::delete(station, &key.fingerprint)?;
    window.click("nav-overview").await?;
    open_newest(window).await?;
    window.read_until("key-in-keychain", "not in this", LIMIT).await.map(drop)
}

async fn restore(window: &Window, station: &Workstation, backup: &Path, key: &SigningKey) -> Result<()> {
    window.click("nav-signing-keys").await?;
    window.click("key-restore").await?;
    open_key_file(window, backup).await?;
    window.shoot("key-restore").await?;
    window.click("key-restore-confirm").await?;
    window.read_until("key-pem", key.public_key_pem.trim(), LIMIT).await?;
    keyring::signing_key(station, &key.fingerprint).map(drop)
}

async fn hand_over(window: &Window, onlooker: &Member, key: &SigningKey) -> Result<()> {
    window.click("key-hand-over").await?;
    window.click("confirm").await?;
    until(onlooker, &key.id, |key| key.provisioned_at.is_some()).await.map(drop)
}

async fn import(window: &Window, scene: &Scene, onlooker: &Member) -> Result<SigningKey> {
    let file = scene.folder.join("brought-along.pem");
    let path = file.to_string_lossy();
    let passphrase = format!("pass:{PASSPHRASE}");
    let curve = "ec_paramgen_curve:P-256";
    openssl(&["genpkey", "-algorithm", "EC", "-pkeyopt", curve, "-aes256", "-pass", &passphrase, "-out", &path])?;
    let public = openssl(&["pkey", "-pubout", "-passin", &passphrase, "-in", &path])?;
    window.click("nav-signing-keys").await?;
    window.click("key-import").await?;
    open_key_file(window, &file).await?;
    window.fill("key-id", "312").await?;
    window.fill("key-version", "v1").await?;
    window.shoot("key-import").await?;
    window.click("key-import-confirm").await?;
    window.read_until("key-pem", public.trim(), LIMIT).await?;
    let key = newest_key(onlooker).await?;
    ensure!(key.public_key_pem.trim() == public.trim(), "the daemon has another key than the file");
    ensure!(key.provisioned_at.is_some(), "the daemon has no copy of it");
    keyring::signing_key(&scene.station, &key.fingerprint)?;
    Ok(key)
}

/// Chooses a file in the system's own dialog and opens it with the passphrase.
async fn open_key_file(window: &Window, file: &Path) -> Result<()> {
    window.click("key-file-choose").await?;
    desktop::choose_file(file).await?;
    window.fill("key-file-passphrase", PASSPHRASE).await?;
    window.click("key-file-open").await?;
    window.see_within("key-file-found", LIMIT).await.map(drop)
}

/// What `openssl` prints.
fn openssl(arguments: &[&str]) -> Result<String> {
    let done = Command::new("openssl").args(arguments).output().context("openssl could not be started")?;
    if !done.status.success() {
        bail!("openssl {} says: {}", arguments.first().unwrap_or(&""), String::from_utf8_lossy(&done.stderr));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
