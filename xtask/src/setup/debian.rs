//! Debian's packages, and those of distributions made from it.

use crate::command;
use anyhow::{Result, bail};
use std::process::Command;

/// Whether packages here are Debian's.
pub(super) fn is_this() -> bool {
    command::exists("dpkg-query") && command::exists("apt-get")
}

/// Installs those of `wanted` that are missing, as root or with a sudo that asks no password.
///
/// # Errors
/// When packages are missing and can't be installed; the message holds the command that will.
pub(super) fn install_missing(wanted: &[&str]) -> Result<()> {
    let missing: Vec<&str> = wanted.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing system packages: {}", missing.join(" "));
    let Some(prefix) = privilege() else {
        bail!("{}", by_hand(&missing));
    };
    // A machine that was just set up has no package lists yet, and old lists name files that are gone.
    for arguments in [vec!["update", "--quiet"], install_arguments(&missing)] {
        let mut call = prefix.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        let mut command = Command::new(call.next().unwrap_or("env"));
        command.args(call).args(arguments);
        println!("$ {}", command::as_typed(&command));
        if let Err(error) = command::run(&mut command) {
            bail!("{error:#}\n{}", by_hand(&missing));
        }
    }
    Ok(())
}

fn install_arguments<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    ["install", "--quiet", "--yes", "--no-install-recommends"].into_iter().chain(packages.iter().copied()).collect()
}

fn installed(package: &str) -> bool {
    command::answer("dpkg-query", &["--show", "--showformat=${db:Status-Status}", package]).as_deref()
        == Some("installed")
}

/// Returns what to put before a command so that it may install packages; `None` when nothing would do.
fn privilege() -> Option<&'static [&'static str]> {
    if command::answer("id", &["-u"]).as_deref() == Some("0") {
        Some(&[])
    } else {
        command::answer("sudo", &["-n", "true"]).map(|_| ["sudo", "-n"].as_slice())
    }
}

fn by_hand(missing: &[&str]) -> String {
    format!(
        "System packages are missing and could not be installed from here. Run this, then try again:\n\n    \
         sudo apt-get update && sudo apt-get {}\n",
        install_arguments(missing).join(" ").replace(" --quiet", "")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_for_a_person_is_complete() {
        assert!(
            by_hand(&["unzip", "xvfb"])
                .contains("sudo apt-get update && sudo apt-get install --yes --no-install-recommends unzip xvfb\n")
        );
    }

    #[test]
    fn a_package_that_does_not_exist_is_not_installed() {
        assert!(!installed("tekport-no-such-package"));
    }
}
