//! The demo: the main job from a signing key to a signed export that verifies, said aloud.

use crate::daemon::{Daemon, Home};
use crate::job::{self, Member};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use tekport_api::people::{PersonDraft, Role};
use tokio::process::{Child, Command};

#[derive(Args)]
pub(crate) struct DemoArguments {
    /// The daemon's binary
    #[arg(long)]
    tekportd: PathBuf,
    /// Where new state folders go
    #[arg(long)]
    folder: PathBuf,
    /// The state folder to make [default: a new one in the folder]
    #[arg(long)]
    state: Option<PathBuf>,
    /// The console's binary, to open it
    #[arg(long, conflicts_with = "no_console")]
    console: Option<PathBuf>,
    /// Why the console isn't opened
    #[arg(long)]
    no_console: Option<String>,
    /// Stop once the export verifies
    #[arg(long)]
    once: bool,
}

/// Runs the demo to its end, and stops the daemon whatever happens.
///
/// # Errors
/// When a step fails, or the export doesn't verify.
pub(crate) async fn run(arguments: &DemoArguments) -> Result<()> {
    let state = match &arguments.state {
        Some(state) => state.clone(),
        None => next_folder(&arguments.folder)?.join("state"),
    };
    println!("\nA fresh state folder: {}", state.display());
    let (home, code) = Home::init(&arguments.tekportd, &state, "Rehearsal", "test").await?;
    let mut daemon = home.start().await?;
    // Until here Ctrl-C ends at once: nothing runs yet that has to be stopped in order.
    let outcome = tokio::select! {
        outcome = show(arguments, &home, &code) => outcome,
        status = daemon.ended() => bail!("tekportd ended ({status}); its log ends:\n{}", home.log_end()),
        () = asked_to_stop() => Ok(None),
    };
    let outcome = match outcome {
        Ok(Some(console)) => keep_running(arguments, &mut daemon, console).await,
        other => other.map(|_| ()),
    };
    println!("Stopping tekportd.");
    daemon.stop().await?;
    outcome
}

/// What is left running once all was shown.
struct Open(Option<Child>);

async fn show(arguments: &DemoArguments, home: &Home, code: &str) -> Result<Option<Open>> {
    let now = crate::now();
    say("Joining the daemon with the code that `tekportd init` printed");
    let member = job::join(code).await?;
    say("Generating a signing key and handing it over, sealed to the daemon");
    let key = job::hand_over_a_key(&member, home).await?;
    say("Importing the keys of made-up people who reported in the last day");
    let lots = job::import_uploads(home, now).await?;
    let imported: usize = lots.iter().map(|lot| lot.teks.len()).sum();
    say("Creating an export config: a window every four hours since yesterday");
    let config = job::create_config(&member, job::REGION, job::PREFIX, &key.id, now).await?;
    say("Waiting for its batches");
    let batches = job::complete_batches(&member, &config).await?;
    let newest = batches.iter().rev().find_map(|batch| batch.files.last()).context("no batch made a file")?;

    say("Downloading the newest file as a phone would, and verifying it and the whole index");
    let url = format!("{}/{}", home.download_url(), newest.path);
    let copy = home.state.with_extension("newest.zip");
    fs::write(&copy, job::fetch(&url).await?).context("the downloaded file can't be written")?;
    let (file_passed, file_report) = home.verify(&copy.to_string_lossy(), &key.public_pem).await?;
    println!("\n{}", file_report.trim_end());
    let index_url = format!("{}/{}/index.txt", home.download_url(), job::PREFIX);
    let (index_passed, index_report) = home.verify(&index_url, &key.public_pem).await?;
    if !index_passed || !file_passed {
        bail!("the export doesn't verify:\n{index_report}");
    }
    let files: usize = batches.iter().map(|batch| batch.files.len()).sum();
    let exported: u32 = batches.iter().filter_map(|batch| batch.counts.as_ref()).map(|counts| counts.new_keys).sum();
    println!(
        "\nDone: {imported} keys imported, {exported} exported in {files} files of {} batches (the rest is still valid, \
         and waits); every file and the index verify.\n",
        batches.len()
    );
    let tekportd = arguments.tekportd.display();
    for (what, value) in [
        ("the exports", home.state.join("exports").join(job::PREFIX).display().to_string()),
        ("as phones see them", index_url.clone()),
        ("the newest, downloaded", copy.display().to_string()),
        ("the public key", format!("{} (fingerprint {})", key.public_pem.display(), key.fingerprint)),
        ("the daemon's log", home.log.display().to_string()),
        ("verify it again", format!("{tekportd} verify {} --key {}", copy.display(), key.public_pem.display())),
    ] {
        println!("  {what:<24}{value}");
    }
    println!();
    open_console(arguments, home, &member).await.map(|console| Some(Open(console)))
}

async fn open_console(arguments: &DemoArguments, home: &Home, member: &Member) -> Result<Option<Child>> {
    let Some(console) = &arguments.console else {
        let reason = arguments.no_console.as_deref().unwrap_or("none was given");
        println!("The console is not opened: {reason}. Everything else was done.");
        return Ok(None);
    };
    let roles = [Role::Viewer, Role::Operator, Role::Admin, Role::SecurityOfficer];
    let draft = PersonDraft { name: "Demo console".to_owned(), roles: roles.map(|role| role.to_string()).to_vec() };
    let code = member.client.invite_person(&draft).await.context("the console was not invited")?.code;
    say("Opening the console, enrolled with this daemon");
    let mut command = Command::new(console);
    // A data folder of its own: a console that is in use on this machine stays enrolled where it is.
    command.env("TEKPORT_ENROLMENT_CODE", code).env("TEKPORT_CONSOLE_DATA", home.state.with_extension("console"));
    let child = command.kill_on_drop(true).spawn();
    Ok(Some(child.with_context(|| format!("{} could not be opened", console.display()))?))
}

/// Waits for Ctrl-C where somebody is there to press it.
async fn keep_running(arguments: &DemoArguments, daemon: &mut Daemon, console: Open) -> Result<()> {
    if arguments.once || (!std::io::stdin().is_terminal() && console.0.is_none()) {
        return Ok(());
    }
    println!("tekportd keeps running. Press Ctrl-C to stop it.");
    tokio::select! {
        () = asked_to_stop() => Ok(()),
        status = daemon.ended() => bail!("tekportd ended by itself ({status})"),
    }
}

/// Ctrl-C, or what a service manager or a closing terminal sends.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut terminate), Ok(mut hang_up)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
                _ = hang_up.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// The first of `1`, `2`, … in the folder that doesn't exist yet, made.
fn next_folder(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let mut number = 1_u32;
    loop {
        let next = folder.join(number.to_string());
        match fs::create_dir(&next) {
            Ok(()) => return Ok(next),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error).with_context(|| format!("{} can't be made", next.display())),
        }
    }
}

fn say(what: &str) {
    println!("· {what}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_demo_has_a_folder_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(next_folder(folder.path()).unwrap(), folder.path().join("1"));
        assert_eq!(next_folder(folder.path()).unwrap(), folder.path().join("2"));
    }
}
