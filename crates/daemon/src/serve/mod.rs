//! The daemon itself: opens its listeners, runs the scheduler, and stops in order: softly first, letting what is
//! under way finish, then hard.

mod scheduler;
mod signals;

use crate::admin::{self, AdminParts, AdminState};
use crate::config::{Config, FolderConfig, StorageConfig};
use crate::exporter::{Exporter, LEASE_SECONDS, Settings};
use crate::pki::Pki;
use crate::root_key::CREDENTIALS_DIRECTORY;
use crate::run_info::{RunInfo, StateLock};
use crate::signer::Signer;
use crate::storage::StorageTargets;
use crate::store::Store;
use crate::telemetry::{Health, LogLevel, count_requests, start_metrics};
use crate::token::{Token, TokenSettings};
use crate::{plain_http, public};
use anyhow::{Context, bail};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use sd_notify::NotifyState;
use signals::{Signal, Signals};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tekport_api::Clock;
use tekport_keys::at_rest::RootKey;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// What is under way may take this long to finish once the daemon is asked to stop; systemd waits 90 s.
const SOFT_STOP: Duration = Duration::from_secs(30);
/// Another daemon, or a command that only looked, may hold the lock for a moment.
const LOCK_ATTEMPTS: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(100);

/// What a daemon is made of.
pub struct Parts {
    /// Its configuration.
    pub config: Config,
    /// Its state folder.
    pub state: PathBuf,
    /// Its clock.
    pub clock: Clock,
    /// Its database.
    pub store: Store,
    /// What its secrets are encrypted under.
    pub root_key: RootKey,
    /// Its authority.
    pub pki: Arc<Pki>,
    /// Changes what is logged.
    pub log_level: LogLevel,
    /// Reads the configuration again.
    pub reread: Box<dyn Fn() -> anyhow::Result<Config> + Send>,
}

/// Takes the lock of a state folder for a daemon that is about to open it.
///
/// # Errors
/// When another daemon has it, or the folder can't be written.
pub async fn lock(state: &std::path::Path) -> anyhow::Result<StateLock> {
    for _ in 0..LOCK_ATTEMPTS {
        let taken = StateLock::take(state);
        match taken.with_context(|| format!("the state folder {} can't be locked", state.display()))? {
            Some(lock) => return Ok(lock),
            None => tokio::time::sleep(LOCK_PAUSE).await,
        }
    }
    bail!(
        "another tekportd runs on the state folder {}: two would publish the same windows; stop it first",
        state.display()
    )
}

/// Runs the daemon until it is told to stop. `lock` is held as long.
///
/// # Errors
/// When it can't start, when a part of it ends by itself, or when it had to be stopped hard.
pub async fn serve(parts: Parts, lock: StateLock) -> anyhow::Result<()> {
    let mut signals = Signals::new().context("signals can't be heard")?;
    let stop = CancellationToken::new();
    let (mut tasks, info) = start(&parts, &stop).await?;
    let written = info.write(&parts.state).context("run.json can't be written")?;
    println!("tekportd is ready: admin {}, public {}, health {}", info.admin, info.public, info.health);
    tell_systemd(&[NotifyState::Ready, NotifyState::Status("serving")]);
    let ended = loop {
        tokio::select! {
            signal = signals.next() => match signal {
                Signal::Reload => reload(&parts),
                Signal::Stop => break Ok(()),
            },
            Some(task) = tasks.join_next() => break Err(anyhow::anyhow!("{}; the daemon stops", describe(task))),
        }
    };
    drop(written);
    tell_systemd(&[NotifyState::Stopping]);
    tracing::info!("stopping: what is under way may finish");
    stop.cancel();
    let stopped = tokio::select! {
        stopped = finish(&mut tasks) => stopped,
        () = tokio::time::sleep(SOFT_STOP) => Err(anyhow::anyhow!("stopped hard: something was still under way after 30 s")),
        () = signals.next_stop() => Err(anyhow::anyhow!("stopped hard: asked to stop a second time")),
    };
    tasks.shutdown().await;
    drop(lock);
    ended.and(stopped)
}

/// Starts every listener and the scheduler; each ends when `stop` is cancelled.
async fn start(
    parts: &Parts,
    stop: &CancellationToken,
) -> anyhow::Result<(JoinSet<anyhow::Result<&'static str>>, RunInfo)> {
    let config = &parts.config;
    let metrics = start_metrics()?;
    let targets = StorageTargets::from_config(config, &parts.state)?;
    let (admin, admin_address) = bind("admin.listen", config.admin.listen).await?;
    let (public, public_address) = bind("public.listen", config.public.listen).await?;
    let (health, health_address) = bind("health.listen", config.health.listen).await?;
    let nudge = Arc::new(Notify::new());
    let watch = Health::new(parts.store.clone(), parts.clock.clone(), config.schedule.tick, metrics);
    let signer = Signer::new(parts.store.clone(), parts.root_key.clone(), token(parts)?);
    let exporter = exporter(parts, targets.clone(), signer.clone())?;
    let admin_state = AdminState::new(AdminParts {
        store: parts.store.clone(),
        clock: parts.clock.clone(),
        root_key: parts.root_key.clone(),
        signer,
        pki: Arc::clone(&parts.pki),
        storage: targets,
        nudge: Arc::clone(&nudge),
        progress: exporter.progress(),
        name: config.daemon.name.clone(),
        environment: config.daemon.environment,
        address: config.admin.address.clone().unwrap_or_else(|| admin_address.to_string()),
        min_window_age: config.schedule.min_window_age.seconds(),
        retention_days: config.schedule.retention_days,
        tek_retention_days: config.schedule.tek_retention_days,
        public_url: public_url(config),
        key_lookup: config.key_lookup.enabled,
    });
    let mut tasks = JoinSet::new();
    let stopping = stop.clone();
    tasks.spawn(async move { Ok(admin::serve(admin, admin_state, stopping).await.map(|()| "the admin listener")?) });
    for (listener, router, name) in [
        (public, count_requests(public::router(folders(parts)), "public"), "the public listener"),
        (health, watch.clone().router(), "the health listener"),
    ] {
        let stopping = stop.clone();
        tasks.spawn(async move {
            plain_http::serve(listener, router, stopping).await;
            Ok(name)
        });
    }
    let (store, tick, stopping) = (parts.store.clone(), config.schedule.tick, stop.clone());
    tasks.spawn(async move {
        scheduler::run(exporter, store, watch, tick, nudge, stopping).await;
        Ok("the scheduler")
    });
    let started_at = parts.clock.now();
    let pid = std::process::id();
    Ok((tasks, RunInfo { pid, started_at, admin: admin_address, public: public_address, health: health_address }))
}

async fn bind(option: &str, address: SocketAddr) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!("{option}: {address} can't be listened on; stop the program that has it, or change {option}")
    })?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Starts talking to the token that the configuration names. One that isn't there may come.
fn token(parts: &Parts) -> anyhow::Result<Option<Token>> {
    let Some(config) = &parts.config.token else { return Ok(None) };
    let credentials = std::env::var_os(CREDENTIALS_DIRECTORY).map(PathBuf::from);
    let settings = TokenSettings::new(config, &parts.state, credentials.as_deref());
    Token::start(settings).map(Some).context("the thread for the token can't be started")
}

fn exporter(parts: &Parts, targets: StorageTargets, signer: Signer) -> anyhow::Result<Exporter> {
    let mut seed = [0; 32];
    aws_lc_rs::rand::fill(&mut seed).map_err(|_| tekport_keys::NoRandomness)?;
    let schedule = &parts.config.schedule;
    let settings = Settings {
        // The same after a restart, so that a batch which was under way goes on at once. The lock on the state
        // folder keeps a second daemon from having the name.
        instance: parts.state.display().to_string(),
        min_window_age: schedule.min_window_age.seconds(),
        lease_seconds: LEASE_SECONDS,
        retention_days: schedule.retention_days,
        tek_retention_days: schedule.tek_retention_days,
    };
    let rng = ChaCha20Rng::from_seed(seed);
    Ok(Exporter::new(parts.store.clone(), parts.clock.clone(), rng, targets, signer, settings))
}

/// The folder targets, by name, with the folders that the public listener serves.
fn folders(parts: &Parts) -> Vec<(String, PathBuf)> {
    let folder = |(name, target): (&String, &StorageConfig)| match target {
        StorageConfig::Folder(FolderConfig { path, .. }) => Some((name.clone(), parts.state.join(path))),
        StorageConfig::S3(_) | StorageConfig::Gcs(_) | StorageConfig::Azure(_) => None,
    };
    parts.config.storage.iter().filter_map(folder).collect()
}

/// Where phones download from, for the status: the only target's address, or the public listener's where there
/// are several.
fn public_url(config: &Config) -> Option<String> {
    let mut names = config.storage.keys();
    match (names.next(), names.next()) {
        (Some(only), None) => config.public_url_of(only),
        _ => config.public.url.as_ref().map(|url| url.as_str().to_owned()),
    }
}

/// Takes over what can change while the daemon runs, the log level, and says so of everything else.
fn reload(parts: &Parts) {
    if let Ok(now) = NotifyState::monotonic_usec_now() {
        tell_systemd(&[NotifyState::Reloading, now]);
    }
    match (parts.reread)() {
        Ok(config) => {
            if let Err(error) = parts.log_level.set(&config.log.level) {
                tracing::error!(error = format!("{error:#}"), "the log level stays as it was");
            }
            let old = Config { log: config.log.clone(), ..parts.config.clone() };
            if old == config && config.log.format == parts.config.log.format {
                tracing::info!(level = config.log.level, "read the configuration again");
            } else {
                tracing::warn!("the configuration changed in more than log.level: start tekportd again for the rest");
            }
        }
        Err(error) => tracing::error!(error = format!("{error:#}"), "the configuration stays as it was"),
    }
    tell_systemd(&[NotifyState::Ready]);
}

/// Waits until every part has ended.
async fn finish(tasks: &mut JoinSet<anyhow::Result<&'static str>>) -> anyhow::Result<()> {
    let mut result = Ok(());
    while let Some(ended) = tasks.join_next().await {
        if !matches!(ended, Ok(Ok(_))) {
            result = Err(anyhow::anyhow!(describe(ended)));
        }
    }
    result
}

fn describe(ended: Result<anyhow::Result<&'static str>, tokio::task::JoinError>) -> String {
    match ended {
        Ok(Ok(name)) => format!("{name} ended by itself"),
        Ok(Err(error)) => format!("{error:#}"),
        Err(error) => format!("a part of the daemon failed: {error}"),
    }
}

/// Tells systemd, where it asked to be told.
fn tell_systemd(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!(%error, "systemd can't be notified");
    }
}
