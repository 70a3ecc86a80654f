//! The real console in a desktop with a tray: what the tray shows, and that its menu is obeyed. It runs in a display
//! and a D-Bus session of its own.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::HashMap;
use std::process::{Child, Command};
use zbus::blocking::{Connection, Proxy, connection};
use zbus::message::Header;
use zbus::zvariant::{OwnedValue, Value};

/// Set where the test runs inside the session.
const INSIDE: &str = "TEKPORT_TEST_SESSION";

#[test]
fn the_tray_says_how_the_desk_stands_and_its_menu_quits() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    let home = tempfile::tempdir().unwrap();
    let output = Command::new("timeout")
        .args(["100", "xvfb-run", "-a", "dbus-run-session", "--"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "the_tray_says_how_the_desk_stands_and_its_menu_quits", "--nocapture"])
        .env(INSIDE, "1")
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("TEKPORT_CONSOLE_DATA", home.path().join("data"))
        .env("LC_ALL", "en_US.UTF-8")
        .output()
        .expect("xvfb-run and dbus-run-session start; `cargo xtask setup` installs them");
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && text.contains("1 passed"), "inside the session:\n{text}");
}

/// What a desktop offers that has a tray: it passes on the bus name of each icon that registers.
struct Watcher(std::sync::mpsc::Sender<String>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, _service: &str, #[zbus(header)] header: Header<'_>) {
        self.0.send(header.sender().unwrap().to_string()).unwrap();
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        vec![]
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

fn inside() {
    let (registered, icons) = std::sync::mpsc::channel();
    let bus = connection::Builder::session()
        .unwrap()
        .serve_at("/StatusNotifierWatcher", Watcher(registered))
        .unwrap()
        .name("org.kde.StatusNotifierWatcher")
        .unwrap()
        .build()
        .unwrap();
    let mut console = Command::new(env!("CARGO_BIN_EXE_tekport-console")).spawn().unwrap();
    let icon = icons.recv().unwrap();
    let item = Proxy::new(&bus, icon.as_str(), "/StatusNotifierItem", "org.kde.StatusNotifierItem").unwrap();
    assert_eq!(item.get_property::<String>("Title").unwrap(), "Tekport");
    let entries = menu(&bus, &icon);
    let labels: Vec<&str> = entries.iter().map(|(_, label)| label.as_str()).collect();
    assert_eq!(labels, ["Nothing to sign", "Open Tekport", "Sign…", "Quit"]);
    let quit = entries.last().unwrap().0;
    let chosen = (quit, "clicked", Value::from(0), 0_u32);
    dbus_menu(&bus, &icon).call_method("Event", &chosen).unwrap();
    ends_well(&mut console);
}

fn dbus_menu<'a>(bus: &Connection, icon: &'a str) -> Proxy<'a> {
    Proxy::new(bus, icon, "/MenuBar", "com.canonical.dbusmenu").unwrap()
}

type Entry = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// The entries of the icon's menu that have a text.
fn menu(bus: &Connection, icon: &str) -> Vec<(i32, String)> {
    let asked = (0, -1, Vec::<&str>::new());
    let (_, root): (u32, Entry) =
        dbus_menu(bus, icon).call_method("GetLayout", &asked).unwrap().body().deserialize().unwrap();
    root.2
        .into_iter()
        .filter_map(|entry| {
            let (id, mut properties, _): Entry = entry.try_into().unwrap();
            Some((id, String::try_from(properties.remove("label")?).unwrap()))
        })
        .collect()
}

fn ends_well(console: &mut Child) {
    let status = console.wait().unwrap();
    assert!(status.success(), "{status}");
}
