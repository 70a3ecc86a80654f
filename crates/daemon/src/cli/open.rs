//! Opening what most commands work on: configuration, root key, store and authority.

use super::environment;
use crate::config::{Config, Location};
use crate::invitation::CodeOrigin;
use crate::pki::Pki;
use crate::root_key::rotation;
use crate::root_key::{CREDENTIALS_DIRECTORY, RootKeyError, RootKeyPlace};
use crate::run_info::RunInfo;
use crate::store::Store;
use anyhow::Context;
use std::path::{Path, PathBuf};
use tekport_api::Clock;
use tekport_keys::at_rest::RootKey;

/// The database's file in the state folder.
pub(super) const DATABASE: &str = "tekport.db";

/// A daemon's configuration and store: all that commands need which touch no secret.
pub(super) struct OpenedStore {
    pub(super) config: Config,
    pub(super) state: PathBuf,
    pub(super) store: Store,
}

impl OpenedStore {
    /// Opens the store of an existing state folder.
    pub(super) async fn open(location: &Location) -> anyhow::Result<Self> {
        let config = Config::load(location, environment())?;
        let state = location.state_folder(&config);
        let database = state.join(DATABASE);
        if !database.is_file() {
            anyhow::bail!("there is no database at {}; make a new state folder with tekportd init", database.display());
        }
        let store = open_store(&database).await?;
        Ok(Self { config, state, store })
    }
}

/// A daemon's state, opened with its secrets.
pub(super) struct Opened {
    pub(super) config: Config,
    pub(super) state: PathBuf,
    pub(super) clock: Clock,
    pub(super) store: Store,
    pub(super) root_key: RootKey,
    pub(super) pki: Pki,
}

impl Opened {
    /// Opens an existing state folder.
    pub(super) async fn open(location: &Location) -> anyhow::Result<Self> {
        let OpenedStore { config, state, store } = OpenedStore::open(location).await?;
        settle_root_key(&config, &state, &store).await?;
        let root_key = read_root_key(&config, &state).await?;
        Self::assemble(config, state, store, root_key).await
    }

    /// Puts the parts together; makes the authority where the store has none yet.
    pub(super) async fn assemble(
        config: Config,
        state: PathBuf,
        store: Store,
        root_key: RootKey,
    ) -> anyhow::Result<Self> {
        let clock = Clock::system();
        let pki = Pki::load_or_create(&store, &root_key, &clock, &config.admin.certificate_names()).await?;
        Ok(Self { config, state, clock, store, root_key, pki })
    }

    /// What enrolment codes carry: the configured address, else that of the daemon that runs, else the one that
    /// it will listen on.
    pub(super) fn code_origin(&self) -> anyhow::Result<CodeOrigin> {
        let running = RunInfo::of_running(&self.state).context("run.json can't be read")?;
        let listen = running.map_or(self.config.admin.listen, |info| info.admin);
        let address = match &self.config.admin.address {
            Some(address) => address.clone(),
            None if listen.port() == 0 => anyhow::bail!(
                "admin.listen has port 0 and the daemon isn't running, so nobody knows its port yet; \
                 start it with tekportd serve first, or set admin.address"
            ),
            None => listen.to_string(),
        };
        Ok(CodeOrigin { address, ca_pin: self.pki.ca_pin() })
    }
}

/// Opens the database and brings its schema up to date.
pub(super) async fn open_store(path: &Path) -> anyhow::Result<Store> {
    Store::open(path).await.with_context(|| format!("the database {} can't be opened", path.display()))
}

/// Reads the root key off the async threads: a keychain may have to ask its user first.
pub(super) async fn read_root_key(config: &Config, state: &Path) -> anyhow::Result<RootKey> {
    with_root_key_place(config, state, |place| place.read()).await
}

/// Finishes a rotation of the root key that was broken off.
pub(super) async fn settle_root_key(config: &Config, state: &Path, store: &Store) -> anyhow::Result<()> {
    let place = RootKeyPlace { config: &config.root_key, state, credentials: None };
    Ok(rotation::settle(store, &place).await?)
}

/// Makes a new daemon's root key.
pub(super) async fn create_root_key(config: &Config, state: &Path) -> anyhow::Result<RootKey> {
    with_root_key_place(config, state, |place| place.create()).await
}

async fn with_root_key_place(
    config: &Config,
    state: &Path,
    act: impl FnOnce(RootKeyPlace<'_>) -> Result<RootKey, RootKeyError> + Send + 'static,
) -> anyhow::Result<RootKey> {
    let (config, state) = (config.root_key.clone(), state.to_owned());
    let acting = tokio::task::spawn_blocking(move || {
        let credentials = std::env::var_os(CREDENTIALS_DIRECTORY).map(PathBuf::from);
        act(RootKeyPlace { config: &config, state: &state, credentials: credentials.as_deref() })
    });
    Ok(acting.await??)
}
