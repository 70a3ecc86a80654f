use crate::home::Home;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixDatagram;
use std::time::Duration;

#[test]
fn one_line_says_when_it_is_ready_and_where() {
    let home = Home::new();
    let served = home.serve();
    let addresses = format!("admin {}, public {}, health {}", served.admin, served.public, served.health);
    assert!(served.admin.port() != 0 && served.public.port() != served.health.port());
    let (code, output) = served.stop();
    assert_eq!(code, 0, "{output}");
    assert!(output.contains(&format!("tekportd is ready: {addresses}")), "{output}");
    assert!(!home.state.join("run.json").exists());
}

#[test]
fn a_second_daemon_is_kept_off_the_state_folder() {
    let home = Home::new();
    let served = home.serve();
    let second = home.run(&["serve"]);
    assert_eq!(second.code, 2);
    assert!(second.stderr.contains("another tekportd runs on the state folder"), "{}", second.stderr);
    assert!(home.state.join("run.json").exists(), "the first one's file stays");
    assert_eq!(served.stop().0, 0);
}

#[test]
fn a_daemon_that_was_killed_leaves_nothing_in_the_way_of_the_next() {
    let home = Home::new();
    drop(home.serve());
    assert!(home.state.join("run.json").exists(), "it had no time to clean up");
    assert_eq!(home.serve().stop().0, 0);
}

#[test]
fn a_port_that_is_taken_is_named_with_its_option() {
    let home = Home::new();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap().to_string();
    let output = home.command(&["serve"]).env("TEKPORT_PUBLIC__LISTEN", &address).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.contains("public.listen") && stderr.contains(&address), "{stderr}");
}

#[test]
fn an_open_connection_does_not_hold_up_the_stop() {
    let home = Home::new();
    let served = home.serve();
    let mut idle = TcpStream::connect(served.public).unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: phones\r\n\r\n").unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 404");
    assert_eq!(served.stop().0, 0);
}

#[test]
fn a_hangup_reads_the_log_level_again_and_says_what_needs_a_restart() {
    let home = Home::new();
    let mut served = home.serve();
    home.edit_config("level = \"info\"", "level = \"debug\"");
    served.signal("HUP");
    served.wait_for("read the configuration again");
    home.edit_config("retention_days = 14", "retention_days = 13");
    served.signal("HUP");
    served.wait_for("start tekportd again for the rest");
    home.edit_config("retention_days = 13", "retention_days = 0");
    served.signal("HUP");
    let line = served.wait_for("the configuration stays as it was");
    assert!(line.contains("schedule.retention_days"), "{line}");
    assert_eq!(served.stop().0, 0);
}

#[test]
fn systemd_hears_when_it_is_ready_and_when_it_stops() {
    let home = Home::new();
    let path = home.beside("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut child = home
        .command(&["serve"])
        .env("NOTIFY_SOCKET", &path)
        .env("WATCHDOG_USEC", "200000")
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut heard = String::new();
    let mut hear = |until: &str| {
        while !heard.contains(until) {
            let mut buffer = [0; 256];
            let length = socket.recv(&mut buffer).unwrap();
            heard.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
        }
    };
    hear("READY=1");
    hear("WATCHDOG=1");
    let killed = std::process::Command::new("kill").args(["-s", "TERM", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    hear("STOPPING=1");
    assert!(child.wait().unwrap().success());
}
