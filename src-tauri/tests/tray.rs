//! The real console in a desktop with a tray: what the tray shows, that it changes, and that its menu is obeyed. It runs
//! in a display and a D-Bus session of its own.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use serde_json::json;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;
use zbus::blocking::{Connection, Proxy, connection};
use zbus::message::Header;
use zbus::zvariant::{OwnedValue, Value};

/// Set where the test runs inside the session.
const INSIDE: &str = "TEKPORT_TEST_SESSION";

#[test]
fn the_tray_says_how_things_are_and_its_menu_is_obeyed() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    let home = tempfile::tempdir().unwrap();
    let output = Command::new("timeout")
        .args(["100", "xvfb-run", "-a", "dbus-run-session", "--"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "the_tray_says_how_things_are_and_its_menu_is_obeyed", "--nocapture"])
        .env(INSIDE, "1")
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("XDG_DATA_HOME", home.path().join("share"))
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env_remove("TEKPORT_CONSOLE_DATA")
        .env("LC_ALL", "en_US.UTF-8")
        .env_remove("LANGUAGE")
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
    let share = PathBuf::from(std::env::var_os("XDG_DATA_HOME").unwrap());
    let data = share.join("org.tekport.console");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("settings.json"), r#"{"language":"de"}"#).unwrap();
    let mut console = Command::new(env!("CARGO_BIN_EXE_tekport-console")).spawn().unwrap();
    let icon = icons.recv().unwrap();
    let item = Proxy::new(&bus, icon.as_str(), "/StatusNotifierItem", "org.kde.StatusNotifierItem").unwrap();
    assert_eq!(item.get_property::<String>("Title").unwrap(), "Tekport");

    // The tray begins in the language that was chosen, and goes on in that of the pages once they are there.
    let labels = || menu(&bus, &icon).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
    let without_daemon = ["No daemon joined yet", "Nothing to sign", "Open Tekport", "Overview", "Sign…", "Quit"];
    eventually(|| labels() == without_daemon, || format!("the tray speaks English: {:?}", labels()));
    let log = || fs::read_to_string(data.join("console.log")).unwrap_or_default();
    eventually(|| log().contains("usable after "), || format!("the start is measured: {}", log()));

    // A daemon that can't be asked, since there is no keychain in this session, is not one that is well.
    let before = pixels(&bus, &icon);
    fs::write(data.join("daemons.json"), serde_json::to_vec(&book()).unwrap()).unwrap();
    choose(&bus, &icon, "Open Tekport");
    let unknown = "EN · Exports north (Production): not known";
    let daemon = || labels().first().is_some_and(|line| line == unknown);
    eventually(daemon, || format!("the tray shows the daemon: {:?}", labels()));
    eventually(|| pixels(&bus, &icon) != before, || "the icon changes with it".to_owned());

    for (entry, page) in [("Sign…", "/signing-desk"), ("Overview", "/")] {
        choose(&bus, &icon, entry);
        let went = format!("the pages go where the desktop asked for page=\"{page}\"");
        eventually(|| log().contains(&went), || format!("{entry} leads to {page}: {}", log()));
    }
    links_come_here(&share);
    choose(&bus, &icon, "Quit");
    ends_well(&mut console);
}

/// The console's file of the daemons that it belongs to.
fn book() -> serde_json::Value {
    json!({
        "current": "ab",
        "daemons": [{
            "address": "127.0.0.1:9",
            "ca_sha256": "ab",
            "ca_pem": "",
            "certificate_pem": "",
            "certificate_issued_at": "2026-11-23T20:00:00Z",
            "certificate_not_after": "2036-11-23T20:00:00Z",
            "daemon": {
                "name": "Exports north",
                "environment": "production",
                "sealing_public_key": "",
                "sealing_fingerprint": "",
            },
            "person": null,
        }],
    })
}

/// Waits for what a running program comes to by itself; `timeout` ends the session where it never does.
fn eventually(holds: impl Fn() -> bool, otherwise: impl Fn() -> String) {
    let mut tries = 0..400;
    let held = tries.any(|_| {
        let held = holds();
        if !held {
            std::thread::sleep(Duration::from_millis(100));
        }
        held
    });
    assert!(held, "{}", otherwise());
}

/// The icon as the desktop draws it; asked for anew, since a change of it is no change of a property to D-Bus.
fn pixels(bus: &Connection, icon: &str) -> OwnedValue {
    let properties = Proxy::new(bus, icon, "/StatusNotifierItem", "org.freedesktop.DBus.Properties").unwrap();
    properties.call("Get", &("org.kde.StatusNotifierItem", "IconPixmap")).unwrap()
}

/// The system hands enrolment links over to this program, which no package installed.
fn links_come_here(share: &Path) {
    let handler = share.join("applications/tekport-console-handler.desktop");
    let text = || fs::read_to_string(&handler).unwrap_or_default();
    eventually(|| text().contains("x-scheme-handler/tekport"), || format!("no handler: {:?}", text()));
    assert!(text().contains(env!("CARGO_BIN_EXE_tekport-console")), "{}", text());
}

/// Chooses an entry of the icon's menu by its text.
fn choose(bus: &Connection, icon: &str, entry: &str) {
    let id = menu(bus, icon).into_iter().find(|(_, label)| label == entry).unwrap().0;
    let chosen = (id, "clicked", Value::from(0), 0_u32);
    dbus_menu(bus, icon).call_method("Event", &chosen).unwrap();
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
