//! The proof: a real daemon's files checked by tools that share no code with Tekport, and compared with what
//! was imported.

mod file;
mod foreign;
mod textproto;

pub(crate) use file::{Decoded, Expected, check};

use crate::checks::Checks;
use crate::daemon::{Daemon, Home};
use crate::job;
use crate::teks::{Lot, Tek};
use anyhow::{Context, Result};
use clap::Args;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct ProofArguments {
    /// The daemon's binary
    #[arg(long)]
    tekportd: PathBuf,
    /// Where state, logs and files go; made anew
    #[arg(long)]
    folder: PathBuf,
}

/// The message definitions that protoc is given.
pub(crate) fn proto() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../crates/export-file/proto/export.proto")
}

/// The keys that a phone should have been offered once every window before `through` was exported.
pub(crate) fn released(lots: &[Lot], through: i64) -> BTreeSet<Tek> {
    let of = |lot: &Lot| {
        let due = lot.teks.iter().filter(|tek| tek.release_at(lot.received_at) < through).cloned();
        due.collect::<Vec<_>>()
    };
    lots.iter().flat_map(of).collect()
}

/// Runs the main job and checks every file that came of it; returns whether all was right.
///
/// # Errors
/// When the job itself fails.
pub(crate) async fn run(arguments: &ProofArguments) -> Result<bool> {
    if arguments.folder.exists() {
        fs::remove_dir_all(&arguments.folder).context("the last run's folder can't be removed")?;
    }
    let mut checks = Checks::default();
    let (home, code) = Home::init(&arguments.tekportd, &arguments.folder.join("state"), "Rehearsal", "test").await?;
    let daemon = home.start().await?;
    let outcome = prove(&home, daemon, &code, &mut checks).await;
    if let Err(error) = outcome {
        println!("The daemon's log ends:\n{}", home.log_end());
        checks.note("the proof went to its end", Err(error));
    }
    Ok(checks.close())
}

async fn prove(home: &Home, daemon: Daemon, code: &str, checks: &mut Checks) -> Result<()> {
    let now = crate::now();
    let member = checks.step("a member joins with the code", job::join(code).await)?;
    let key = checks.step("a signing key is handed over", job::hand_over_a_key(&member, home).await)?;
    let lots = checks.step("uploads are imported", job::import_uploads(home, now).await)?;
    let config = checks.step(
        "an export config is created",
        job::create_config(&member, job::REGION, job::PREFIX, &key.id, now).await,
    )?;
    let batches = checks.step("its batches are complete", job::complete_batches(&member, &config).await)?;

    let index_url = format!("{}/{}/index.txt", home.download_url(), job::PREFIX);
    let index = checks.step("the index is downloaded", job::fetch(&index_url).await)?;
    let index = String::from_utf8(index).context("the index isn't text")?;
    let downloads = home.state.with_extension("downloads");
    fs::create_dir_all(&downloads)?;
    let mut exported = Vec::new();
    for line in index.lines() {
        println!("{line}");
        let zip = downloads.join(line.replace('/', "-"));
        fs::write(&zip, job::fetch(&format!("{}/{line}", home.download_url())).await?)?;
        let proto = proto();
        let expected = Expected {
            proto: &proto,
            public_pem: &key.public_pem,
            key_id: job::KEY_ID,
            key_version: job::KEY_VERSION,
            region: job::REGION,
        };
        let decoded = check(&zip, &expected, checks)?;
        let within =
            decoded.keys.iter().all(|tek| (tek.rolling_start + tek.rolling_period) * 600 + 7_200 <= decoded.end);
        checks.note("no key was still valid, or was for less than 2 hours past", Ok(within));
        checks.note(
            "the window is one of four hours or shorter",
            Ok((1..=14_400).contains(&(decoded.end - decoded.start))),
        );
        exported.extend(decoded.keys);
    }
    let through = batches.last().context("there is no batch")?.window_end.unix_seconds();
    checks.note("no key was exported twice", Ok(exported.iter().collect::<BTreeSet<_>>().len() == exported.len()));
    checks.note(
        "what was exported is what was imported and due, to the last field",
        Ok(exported.into_iter().collect::<BTreeSet<_>>() == released(&lots, through)),
    );
    checks.note("tekportd verify agrees about the whole index", {
        let verdict = home.verify(&index_url, &key.public_pem).await;
        verdict.and_then(|(passed, text)| if passed { Ok(true) } else { Err(anyhow::anyhow!(text)) })
    });
    checks.note("the daemon stops in order", daemon.stop().await.map(|()| true));
    let (files, holding) = key.needles.search(home.state.parent().unwrap_or(&home.state))?;
    println!("looked for the private key in {files} files of state, logs and downloads");
    checks.note("the private key lies nowhere in the clear", Ok(files > 0 && holding.is_empty()));
    Ok(())
}
