//! `tekportd rotate`: replaces keys of the daemon's own.

use super::open::{Opened, OpenedStore, settle_root_key};
use crate::config::{Config, Location, RootKeySource};
use crate::root_key::rotation::{self, Rewritten};
use crate::root_key::{CREDENTIALS_DIRECTORY, RootKeyPlace};
use crate::serve;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use tekport_api::Clock;

#[derive(Debug, Args)]
pub(super) struct Rotate {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Replaces the root key and encrypts everything anew under the new one. The daemon must be stopped.
    RootKey {
        /// Writes the new key to this file, which must not exist yet: for a root key that is a systemd credential.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Replaces the key that consoles seal signing keys to. The daemon must be stopped.
    SealingKey,
}

impl Rotate {
    pub(super) async fn run(self, location: &Location) -> anyhow::Result<ExitCode> {
        let config = Config::load(location, super::environment())?;
        let lock = serve::lock(&location.state_folder(&config)).await?;
        match self.what {
            What::RootKey { to } => root_key(location, to).await?,
            What::SealingKey => sealing_key(location).await?,
        }
        drop(lock);
        Ok(ExitCode::SUCCESS)
    }
}

async fn root_key(location: &Location, to: Option<PathBuf>) -> anyhow::Result<()> {
    let OpenedStore { config, state, store } = OpenedStore::open(location).await?;
    let now = Clock::system().now();
    match (config.root_key.source, to) {
        (source @ (RootKeySource::File | RootKeySource::Keychain), None) => {
            let credentials = std::env::var_os(CREDENTIALS_DIRECTORY).map(PathBuf::from);
            let place = RootKeyPlace { config: &config.root_key, state: &state, credentials: credentials.as_deref() };
            let done = rotation::replace(&store, &place, now, |_| true).await?;
            tell(done);
            let holder = match source {
                RootKeySource::Keychain => "The keychain".to_owned(),
                _ => place.file().display().to_string(),
            };
            println!("{holder} holds the new root key. Replace the copy of it that you keep elsewhere.");
        }
        (RootKeySource::Credential, Some(file)) => {
            settle_root_key(&config, &state, &store).await?;
            let old = super::open::read_root_key(&config, &state).await?;
            let done = rotation::replace_elsewhere(&store, &old, &file, now).await?;
            tell(done);
            println!(
                "{} holds the new root key. Put it where LoadCredential={} reads it before you start the daemon; \
                 with the old one it doesn't start.",
                file.display(),
                config.root_key.credential
            );
        }
        (RootKeySource::File | RootKeySource::Keychain, Some(_)) => anyhow::bail!(
            "--to is for a root key that is a systemd credential; here the new key takes the old one's place: leave it out"
        ),
        (RootKeySource::Credential, None) => anyhow::bail!(
            "root_key.source is \"credential\", which tekportd can only read; name a file for the new key with --to"
        ),
    }
    store.close().await;
    Ok(())
}

fn tell(done: Rewritten) {
    println!(
        "Encrypted anew: {} secrets of the daemon's own and {} signing keys. The old root key opens nothing any more, \
         except in backups of the database.",
        done.secrets, done.signing_keys
    );
}

async fn sealing_key(location: &Location) -> anyhow::Result<()> {
    let opened = Opened::open(location).await?;
    let fresh = opened.pki.rotate_sealing_key().await?;
    opened.store.close().await;
    println!("The new sealing key has the fingerprint {}", fresh.fingerprint());
    println!(
        "Signing keys that were handed over stay usable. Each console asks its officer once to accept the new key,"
    );
    println!("after it has checked that this daemon's CA vouches for it. Tell them the fingerprint.");
    Ok(())
}
