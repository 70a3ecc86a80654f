//! The tools that share no code with Tekport: unzip, protoc and openssl.

use super::textproto::Message;
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What `export.bin` begins with.
pub(super) const HEADER: &[u8; 16] = b"EK Export v1    ";

/// The names of the archive's entries, in order, once unzip has tested it.
///
/// # Errors
/// When unzip finds anything wrong.
pub(super) fn entries(zip: &Path) -> Result<Vec<String>> {
    output(Command::new("unzip").arg("-tqq").arg(zip))?;
    let list = output(Command::new("unzip").arg("-Z1").arg(zip))?;
    Ok(String::from_utf8_lossy(&list.stdout).lines().map(str::to_owned).collect())
}

/// Extracts the archive into a new folder and returns the paths of `export.bin` and `export.sig`.
///
/// # Errors
/// When unzip finds anything wrong.
pub(super) fn extract(zip: &Path, into: &Path) -> Result<(PathBuf, PathBuf)> {
    output(Command::new("unzip").arg("-q").arg(zip).arg("-d").arg(into))?;
    Ok((into.join("export.bin"), into.join("export.sig")))
}

/// Decodes a message with protoc and the project's `.proto`.
///
/// # Errors
/// When protoc refuses the bytes.
pub(super) fn decode(proto: &Path, message: &str, bytes: &Path) -> Result<Message> {
    let folder = proto.parent().context("the .proto lies in no folder")?;
    let decoded = output(
        Command::new("protoc")
            .arg(format!("--decode=tekport.export_file.{message}"))
            .arg(format!("--proto_path={}", folder.display()))
            .arg(proto.file_name().unwrap_or(OsStr::new("export.proto")))
            .stdin(fs::File::open(bytes).with_context(|| format!("{} can't be opened", bytes.display()))?),
    )?;
    Message::parse(&String::from_utf8_lossy(&decoded.stdout))
}

/// Whether openssl says that the signature, in DER, is `public_pem`'s over the whole file.
///
/// # Errors
/// When openssl can't be run.
pub(super) fn openssl_verifies(public_pem: &Path, signature: &Path, file: &Path) -> Result<bool> {
    let run = Command::new("openssl")
        .args(["dgst", "-sha256", "-verify"])
        .arg(public_pem)
        .arg("-signature")
        .arg(signature)
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .context("openssl could not be started")?;
    Ok(run.status.success() && String::from_utf8_lossy(&run.stdout).trim() == "Verified OK")
}

fn output(command: &mut Command) -> Result<Output> {
    let name = Path::new(command.get_program()).display().to_string();
    let output = command.output().with_context(|| format!("{name} could not be started"))?;
    if !output.status.success() {
        bail!("{name} says: {}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
    Ok(output)
}
