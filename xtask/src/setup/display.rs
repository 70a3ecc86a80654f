//! Whether a window can be opened here.

use crate::command;

/// Returns why the console can't be opened on this machine, or `None` when it can.
///
/// On Linux it needs a display, and a session bus on which a Secret Service answers or can be started.
pub(super) fn missing() -> Option<&'static str> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
        return Some("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)");
    }
    if !secret_service() {
        return Some("no Secret Service answers on the session bus (log in to a desktop, or start gnome-keyring)");
    }
    None
}

fn secret_service() -> bool {
    ["ListNames", "ListActivatableNames"].into_iter().any(|method| {
        let call = format!("org.freedesktop.DBus.{method}");
        let arguments = ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus", &call];
        command::answer("dbus-send", &arguments).is_some_and(|names| names.contains("\"org.freedesktop.secrets\""))
    })
}
