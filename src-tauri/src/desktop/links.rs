//! Taking `tekport://` links. An installed package says so in files of its own; a program that was only unpacked or
//! built has to say so itself, or nobody opens its links.

use tauri::{AppHandle, Runtime};

/// Has the system hand over enrolment links, unless another program has them. A console whose data folder was named is
/// a second one beside the usual one, and leaves links to that. Codes can be pasted without any link, so nothing that
/// goes wrong here is an error. It asks other programs and may take some time.
#[cfg(any(target_os = "linux", windows))]
pub(crate) fn take_links<R: Runtime>(app: &AppHandle<R>) {
    use tauri_plugin_deep_link::DeepLinkExt;

    if std::env::var_os("TEKPORT_CONSOLE_DATA").is_some() || is_taken(app) {
        return;
    }
    match app.deep_link().register_all() {
        Ok(()) => tracing::info!("the system hands over enrolment links"),
        Err(error) => tracing::info!(%error, "the system hands over no enrolment links; codes can be pasted"),
    }
}

/// macOS goes by the package alone.
#[cfg(not(any(target_os = "linux", windows)))]
pub(crate) fn take_links<R: Runtime>(_app: &AppHandle<R>) {}

/// Whether the links need nothing from this program: they are another one's.
#[cfg(target_os = "linux")]
fn is_taken<R: Runtime>(_app: &AppHandle<R>) -> bool {
    let asked = std::process::Command::new("xdg-mime").args(["query", "default", "x-scheme-handler/tekport"]).output();
    let answer = asked.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let own = std::env::current_exe().ok().and_then(|path| path.file_name().map(|name| name.to_owned()));
    is_anothers(&answer, &own.unwrap_or_default().to_string_lossy())
}

/// Whether they come here already.
#[cfg(windows)]
fn is_taken<R: Runtime>(app: &AppHandle<R>) -> bool {
    use tauri_plugin_deep_link::DeepLinkExt;

    app.deep_link().is_registered("tekport").unwrap_or(false)
}

/// Whether the desktop file that has the links is that of another program. One's own is written anew, since the program
/// may have moved.
#[cfg(any(target_os = "linux", test))]
fn is_anothers(handler: &str, program: &str) -> bool {
    let handler = handler.trim();
    !handler.is_empty() && handler != format!("{program}-handler.desktop")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_an_installed_console_stay_its_own() {
        let anothers = |handler| is_anothers(handler, "tekport-console");
        assert!(!anothers("") && !anothers("\n"), "nobody has them");
        assert!(!anothers("tekport-console-handler.desktop\n"), "the program may have moved");
        assert!(anothers("Tekport.desktop\n"));
    }
}
