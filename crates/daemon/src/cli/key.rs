//! `tekportd key`: signing keys on the daemon's own machine.

use super::open::{Opened, OpenedStore};
use super::print_json;
use crate::audit::Actor;
use crate::config::Location;
use crate::key_life::package::{self, Made};
use crate::key_life::sending::Signers;
use crate::signer::Signer;
use crate::store::signing_keys::{self, SigningKeyRow};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fs::{DirBuilder, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tekport_api::Clock;
use tekport_api::signing_key::{Custody, ShareState};
use tekport_keys::package::KeyPackage;

#[derive(Debug, Args)]
pub(super) struct Key {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Lists every signing key, newest first, with its state and its fingerprint.
    List {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Writes a folder with what Google and Apple are sent for a key: a filled-in message, the public key, a proof
    /// that we hold its private half, and a certificate. Nothing in it is secret.
    ///
    /// The daemon has to be able to sign with the key: one that stays in a console's keychain is exported there. For
    /// whom the key signs is filled in in the console first. A key that follows another is exported once it signs
    /// wherever that one and every older live key of its id do: phones that get it early must find its signature in every
    /// new file.
    Export {
        /// The key: <key id>-<version>, 310-v2 for instance, or its id.
        #[arg(value_name = "KEY")]
        key: String,
        /// Where to make the folder, which is called as the key; here where absent. Nothing is overwritten.
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        to: PathBuf,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What was written.
#[derive(Serialize)]
struct Exported {
    folder: PathBuf,
    files: Vec<String>,
    /// What is to be done before any phone gets the key.
    warning: Option<String>,
}

impl Key {
    pub(super) async fn run(self, location: &Location) -> anyhow::Result<ExitCode> {
        match self.act {
            Act::List { json } => list(location, json).await?,
            Act::Export { key, to, json } => export(location, &key, &to, json).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(location: &Location, json: bool) -> anyhow::Result<()> {
    let OpenedStore { store, .. } = OpenedStore::open(location).await?;
    let signers = Signers::read(&mut *store.pool().acquire().await?, Clock::system().now()).await?;
    let mut keys = Vec::new();
    for row in signing_keys::all(store.pool()).await? {
        keys.push(signers.shown(&row));
    }
    if json {
        return print_json(&keys);
    }
    if keys.is_empty() {
        println!("There are no signing keys. Generate one in the console.");
        return Ok(());
    }
    let name = |key: &tekport_api::signing_key::SigningKey| format!("{}-{}", key.key_id, key.key_version);
    let width = keys.iter().map(|key| name(key).len()).max().unwrap_or(0).max("KEY".len());
    println!("{:width$}  {:10}  {:8}  {:9}  {:9}  FINGERPRINT", "KEY", "STATE", "CUSTODY", "GOOGLE", "APPLE");
    for key in &keys {
        println!(
            "{:width$}  {:10}  {:8}  {:9}  {:9}  {}",
            name(key),
            key.state.as_str(),
            key.custody.as_str(),
            share(key.google.state),
            share(key.apple.state),
            key.fingerprint
        );
    }
    Ok(())
}

fn share(state: ShareState) -> &'static str {
    match state {
        ShareState::NotSent => "not sent",
        ShareState::Sent => "sent",
        ShareState::Confirmed => "confirmed",
    }
}

async fn export(location: &Location, named: &str, to: &Path, json: bool) -> anyhow::Result<()> {
    let opened = Opened::open(location).await?;
    let key = find(signing_keys::all(opened.store.pool()).await?, named)?;
    // Before the key signs anything: a folder that is there is somebody's.
    let folder = std::path::absolute(to)?.join(format!("{}-{}", key.key_id, key.key_version));
    if folder.exists() {
        bail!("{} exists already and was not touched; name another place with --to", folder.display());
    }
    let token = match key.custody {
        Custody::Hsm => super::token::start(&opened.config, &opened.state)?,
        Custody::Daemon | Custody::Console => None,
    };
    let signer = Signer::new(opened.store.clone(), opened.root_key.clone(), token);
    let Made { package, warning } =
        package::make(&opened.store, &signer, key, &Actor::local(), opened.clock.now()).await?;
    write(&folder, &package).with_context(|| format!("{} can't be written", folder.display()))?;
    let files = package.files.into_iter().map(|file| file.name).collect();
    let exported = Exported { folder, files, warning: warning.map(|warning| warning.to_string()) };
    if json {
        return print_json(&exported);
    }
    println!("{} holds what to send to Google and Apple:\n", exported.folder.display());
    for file in &exported.files {
        println!("  {file}");
    }
    println!("\nRead message.txt first. When it is sent, note that in the console.");
    if let Some(warning) = &exported.warning {
        println!("\nBefore that: {warning}.");
    }
    Ok(())
}

/// The key of that name or id.
fn find(keys: Vec<SigningKeyRow>, named: &str) -> anyhow::Result<SigningKeyRow> {
    let name = |key: &SigningKeyRow| format!("{}-{}", key.key_id, key.key_version);
    let names = keys.iter().map(name).collect::<Vec<_>>().join(", ");
    let found = keys.into_iter().find(|key| name(key) == named || key.id.to_string() == named);
    found.with_context(|| match names.as_str() {
        "" => "there are no signing keys; generate one in the console".to_owned(),
        names => format!("there is no signing key {named:?}; there are {names}"),
    })
}

fn write(folder: &Path, package: &KeyPackage) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).create(folder)?;
    for file in &package.files {
        let mut written = File::create_new(folder.join(&file.name))?;
        written.write_all(&file.content)?;
        written.sync_all()?;
    }
    Ok(())
}
