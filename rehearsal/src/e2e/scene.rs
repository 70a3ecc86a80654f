//! Where a chapter plays: a daemon of its own, workstations with consoles, and people who look on through the API.
//! What holds for every chapter is checked when its scene is closed.

use super::window::Window;
use super::workstation::{Driver, Workstation};
use super::{E2eArguments, secrets};
use crate::checks::Checks;
use crate::daemon::{Daemon, Home};
use crate::job::{self, HandedOver, Member};
use crate::secrets::Needles;
use crate::teks::Lot;
use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tekport_api::batch::Batch;
use tekport_api::export_config::ExportConfig;
use tokio::process::Command;

/// All that somebody may be, so that they can do by the API whatever a chapter needs done beside the window.
const EVERYTHING: [&str; 4] = ["viewer", "operator", "admin", "security-officer"];

/// A scene that is set.
pub(super) struct Scene {
    arguments: E2eArguments,
    chapter: String,
    /// Where the chapter's state, logs and other files lie.
    pub(super) folder: PathBuf,
    /// Where its daemon lives.
    pub(super) home: Home,
    /// The daemon while it runs.
    pub(super) daemon: Option<Daemon>,
    /// The code that `tekportd init` printed.
    pub(super) code: String,
    /// The first workstation.
    pub(super) station: Arc<Workstation>,
    stations: Vec<Arc<Workstation>>,
    open: Option<(Window, Driver)>,
    /// What the pages held when their windows were closed.
    seen: String,
    /// Private keys that were made outside the console.
    needles: Vec<Needles>,
}

/// What a daemon has that has worked for a day.
pub(super) struct Stock {
    pub(super) key: HandedOver,
    pub(super) lots: Vec<Lot>,
    pub(super) config: ExportConfig,
    /// All of them published, oldest first.
    pub(super) batches: Vec<Batch>,
}

impl Scene {
    /// Sets the scene of a chapter: a daemon that runs, and a workstation.
    ///
    /// # Errors
    /// When one of them doesn't come up.
    pub(super) async fn set(arguments: &E2eArguments, chapter: &str) -> Result<Self> {
        let folder = arguments.folder.join(chapter);
        fs::create_dir_all(&folder)?;
        let (home, code) = Home::init(&arguments.tekportd, &folder.join("state"), "Rehearsal", "test").await?;
        home.allow_key_lookup(true)?;
        let daemon = Some(home.start().await?);
        let station = Arc::new(Workstation::set_up().await?);
        Ok(Self {
            arguments: arguments.clone(),
            chapter: chapter.to_owned(),
            folder,
            home,
            daemon,
            code,
            stations: vec![Arc::clone(&station)],
            station,
            open: None,
            seen: String::new(),
            needles: Vec::new(),
        })
    }

    /// Another workstation, with a home and a keyring of its own.
    ///
    /// # Errors
    /// When it doesn't come up.
    pub(super) async fn another_station(&mut self) -> Result<Arc<Workstation>> {
        let station = Arc::new(Workstation::set_up().await?);
        self.stations.push(Arc::clone(&station));
        Ok(station)
    }

    /// Another daemon, with its code; it is the chapter's to stop.
    ///
    /// # Errors
    /// When it doesn't come up.
    pub(super) async fn another_daemon(&self, name: &str, environment: &str) -> Result<(Home, Daemon, String)> {
        let state = self.folder.join(environment);
        let (home, code) = Home::init(&self.arguments.tekportd, &state, name, environment).await?;
        let daemon = home.start().await?;
        Ok((home, daemon, code))
    }

    /// Starts the console at the first workstation.
    ///
    /// # Errors
    /// When its window doesn't come up.
    pub(super) async fn open(&mut self) -> Result<Window> {
        self.open_at(&Arc::clone(&self.station), &[]).await
    }

    /// Starts the console at a workstation, with arguments. There is one window at a time: two can't be told apart.
    ///
    /// # Errors
    /// When its window doesn't come up.
    pub(super) async fn open_at(&mut self, station: &Workstation, arguments: &[&str]) -> Result<Window> {
        self.leave().await?;
        let driver = station.start_driver(&self.arguments.tauri_driver, &self.folder.join("driver.log")).await?;
        let shots = self.arguments.folder.join(&self.chapter);
        let window = Window::open(&driver.address, &self.arguments.console, arguments, &shots).await?;
        self.open = Some((window.clone(), driver));
        Ok(window)
    }

    /// Starts the console at the first workstation and joins the daemon with the first code.
    ///
    /// # Errors
    /// When it isn't let in.
    pub(super) async fn open_and_join(&mut self) -> Result<Window> {
        let window = self.open().await?;
        window.join(&self.code).await?;
        Ok(window)
    }

    /// Closes the window that is open, and keeps what its page held.
    ///
    /// # Errors
    /// When its session can't be ended.
    pub(super) async fn leave(&mut self) -> Result<()> {
        if let Some((window, driver)) = self.open.take() {
            self.seen += &window.everything().await.unwrap_or_default();
            let closed = window.close().await;
            driver.stop().await?;
            closed?;
        }
        Ok(())
    }

    /// Takes leave of a window that was closed as a person does, with which the console has ended.
    ///
    /// # Errors
    /// When its driver can't be ended.
    pub(super) async fn left(&mut self) -> Result<()> {
        if let Some((_, driver)) = self.open.take() {
            driver.stop().await?;
        }
        Ok(())
    }

    /// Starts the console a second time while it runs: the running one takes the arguments, and this one ends.
    ///
    /// # Errors
    /// When it can't be started.
    pub(super) async fn start_again(&self, station: &Workstation, arguments: &[impl AsRef<OsStr>]) -> Result<bool> {
        let mut command = Command::new(&self.arguments.console);
        command.args(arguments).envs(station.environment()).kill_on_drop(true);
        let ended = tokio::time::timeout(Duration::from_secs(30), command.status()).await;
        Ok(ended.context("a second start doesn't end")?.context("the console could not be started again")?.success())
    }

    /// Somebody who may do everything, by the API.
    ///
    /// # Errors
    /// When they aren't let in.
    pub(super) async fn onlooker(&self) -> Result<Member> {
        job::join(&self.home.enroll("Onlooker", &EVERYTHING).await?).await
    }

    /// Does by the API what makes a daemon useful: a signing key, the uploads of a day, a config, and its batches.
    ///
    /// # Errors
    /// When a step fails.
    pub(super) async fn stock(&mut self, member: &Member) -> Result<Stock> {
        let now = crate::now();
        let key = job::hand_over_a_key(member, &self.home).await?;
        self.needles.push(key.needles.clone());
        let lots = job::import_uploads(&self.home, now).await?;
        let config = job::create_config(member, job::REGION, job::PREFIX, &key.id, now).await?;
        let batches = job::complete_batches(member, &config).await?;
        Ok(Stock { key, lots, config, batches })
    }

    /// Where phones find the index of the config that [`Scene::stock`] makes, and its lines.
    ///
    /// # Errors
    /// When it can't be fetched.
    pub(super) async fn index(&self) -> Result<Vec<String>> {
        let index = job::fetch(&format!("{}/{}/index.txt", self.home.download_url(), job::PREFIX)).await?;
        Ok(String::from_utf8(index).context("the index isn't text")?.lines().map(str::to_owned).collect())
    }

    /// Stops the daemon.
    ///
    /// # Errors
    /// When it doesn't run, or doesn't stop well.
    pub(super) async fn stop_daemon(&mut self) -> Result<()> {
        self.daemon.take().context("no daemon runs")?.stop().await
    }

    /// Starts the daemon again.
    ///
    /// # Errors
    /// When it isn't ready in time.
    pub(super) async fn start_daemon(&mut self) -> Result<()> {
        self.daemon = Some(self.home.start().await?);
        Ok(())
    }

    /// Takes a picture, and prints the end of the daemon's log: for a chapter that failed.
    pub(super) async fn say_what_went_on(&self) {
        if let Some((window, _)) = &self.open {
            let _ = window.shoot("failed").await;
        }
        println!("The daemon's log ends:\n{}", self.home.log_end());
    }

    /// Takes everything down and checks what holds for every chapter.
    ///
    /// # Errors
    /// When something can't be taken down.
    pub(super) async fn close(mut self, checks: &mut Checks) -> Result<()> {
        self.leave().await?;
        checks.note("the daemon stops in order", self.stop_daemon().await.map(|()| true));
        let places: Vec<&Path> =
            std::iter::once(self.folder.as_path()).chain(self.stations.iter().map(|station| station.home())).collect();
        secrets::check(&self.home.state, &self.stations, &self.needles, &places, &self.seen, checks).await
    }
}
