//! A D-Bus session of its own for a test: it runs itself again inside, with its own home and keyring.

use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use zbus::Message;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::{ObjectPath, Value};

/// Set where the test runs inside the session.
const INSIDE: &str = "TEKPORT_TEST_SESSION";
/// What the keyring is locked with.
pub(super) const PASSWORD: &str = "pw";
/// A session that does nothing by itself: only what a test starts is there to answer.
const BUS: &str = r#"<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#;

/// Runs `inside` in a session of its own. Outside it, the test starts the session and runs itself again there; what
/// it returns outside is whether that went well. `name` is the test's path in this crate.
pub(super) fn in_session(name: &str, inside: impl AsyncFnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(inside());
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let bus = home.path().join("bus.conf");
    std::fs::write(&bus, BUS).unwrap();
    let output = Command::new("timeout")
        .args(["50", "dbus-run-session", "--config-file"])
        .arg(&bus)
        .arg("--")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(INSIDE, "1")
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("GNOME_KEYRING_CONTROL")
        .output()
        .expect("dbus-run-session starts; `cargo xtask setup` installs it");
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && text.contains("1 passed"), "inside the session:\n{text}");
}

/// The GNOME keyring of a session. It ends with it.
pub(super) struct Keyring(std::process::Child);

impl Keyring {
    /// Starts it unlocked, with a keyring that is made where there is none.
    pub(super) fn unlocked() -> Self {
        let mut keyring = Self::start(&["--unlock"]);
        use std::io::Write;
        keyring.0.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
        keyring.wait_until_it_answers();
        keyring
    }

    /// Starts it as after a login that didn't unlock it.
    pub(super) fn locked() -> Self {
        let mut keyring = Self::start(&[]);
        drop(keyring.0.stdin.take());
        keyring.wait_until_it_answers();
        keyring
    }

    fn start(arguments: &[&str]) -> Self {
        let child = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--components=secrets"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon starts; `cargo xtask setup` installs it");
        Self(child)
    }

    /// Waits until the daemon owns its name on the bus, not for a time.
    fn wait_until_it_answers(&mut self) {
        let bus = Connection::session().unwrap();
        let dbus = zbus::blocking::fdo::DBusProxy::new(&bus).unwrap();
        let mut owners = dbus.receive_name_owner_changed().unwrap();
        let name = "org.freedesktop.secrets";
        if dbus.name_has_owner(name.try_into().unwrap()).unwrap() {
            return;
        }
        while owners.next().unwrap().args().unwrap().name() != name {}
    }

    /// Ends it, as a crash or an update would.
    pub(super) fn stop(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Removes an item with a tool that isn't Tekport's.
pub(super) fn clear(user: &str) {
    let status = Command::new("secret-tool").args(["clear", "service", "tekport", "username", user]).status();
    assert!(status.expect("secret-tool starts; `cargo xtask setup` installs it").success());
}

/// A prompter that dismisses every question, as a person does who closes the window; counts them.
pub(super) struct DismissingPrompter {
    connection: Connection,
    asked: Arc<AtomicU32>,
}

impl DismissingPrompter {
    pub(super) fn start() -> Self {
        let connection = Connection::session().unwrap();
        let asked = Arc::new(AtomicU32::new(0));
        let calls = MessageIterator::from(&connection);
        connection.request_name("org.gnome.keyring.SystemPrompter").unwrap();
        let (answering, counted) = (connection.clone(), asked.clone());
        // Ends with the connection.
        std::thread::spawn(move || calls.flatten().for_each(|call| answer(&answering, &call, &counted)));
        Self { connection, asked }
    }

    /// How many questions there were.
    pub(super) fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }

    pub(super) fn stop(self) {
        self.connection.release_name("org.gnome.keyring.SystemPrompter").unwrap();
    }
}

/// Answers as libgcr's prompter does: the call first, then its callback.
fn answer(connection: &Connection, call: &Message, asked: &AtomicU32) {
    let header = call.header();
    let (Type::MethodCall, Some(member), Some(sender)) = (call.message_type(), header.member(), header.sender()) else {
        return;
    };
    let tell = |callback: &ObjectPath<'_>, method: &str, reply: Option<&str>| {
        let message = Message::method_call(callback, method)
            .unwrap()
            .destination(sender.clone())
            .unwrap()
            .interface("org.gnome.keyring.internal.Prompter.Callback")
            .unwrap();
        let nothing: HashMap<&str, Value<'_>> = HashMap::new();
        let message = match reply {
            Some(reply) => message.build(&(reply, nothing, "")),
            None => message.build(&()),
        };
        // The keyring may have given up meanwhile.
        let _ = connection.send(&message.unwrap());
    };
    connection.reply(&header, &()).unwrap();
    let body = call.body();
    match member.as_str() {
        "BeginPrompting" => tell(&body.deserialize().unwrap(), "PromptReady", Some("")),
        "PerformPrompt" => {
            asked.fetch_add(1, Ordering::SeqCst);
            type Question<'a> = (ObjectPath<'a>, &'a str, HashMap<&'a str, Value<'a>>, &'a str);
            let (callback, ..): Question<'_> = body.deserialize().unwrap();
            tell(&callback, "PromptReady", Some("no"));
        }
        "StopPrompting" => tell(&body.deserialize().unwrap(), "PromptDone", None),
        _ => {}
    }
}
