//! Whether the daemon's ports are free, or served by the daemon itself.

use super::Finding;
use crate::config::Config;
use crate::run_info::RunInfo;
use std::net::SocketAddr;
use std::path::Path;
use tokio::net::{TcpListener, TcpStream};

/// One finding a listener.
pub(super) async fn ports(config: &Config, state: &Path) -> Vec<Finding> {
    let running = match RunInfo::of_running(state) {
        Ok(running) => running,
        Err(error) => {
            let next = "Run doctor as the user that tekportd runs as.";
            return vec![Finding::bad("ports", format!("nobody can say whether the daemon runs: {error}"), next)];
        }
    };
    let mut findings = Vec::new();
    for (name, listen, served) in [
        ("admin", config.admin.listen, running.as_ref().map(|info| info.admin)),
        ("public", config.public.listen, running.as_ref().map(|info| info.public)),
        ("health", config.health.listen, running.as_ref().map(|info| info.health)),
    ] {
        findings.push(match served {
            Some(address) => served_port(name, address).await,
            None => free_port(name, listen).await,
        });
    }
    findings
}

async fn served_port(name: &str, address: SocketAddr) -> Finding {
    let check = format!("{name}.listen");
    match TcpStream::connect(address).await {
        Ok(_) => Finding::good(&check, format!("the daemon answers on {address}")),
        Err(error) => {
            let found = format!("the daemon runs, but nobody answers on {address}: {error}");
            Finding::bad(&check, found, "Look into the daemon's log, then start it again.")
        }
    }
}

async fn free_port(name: &str, address: SocketAddr) -> Finding {
    let check = format!("{name}.listen");
    match TcpListener::bind(address).await {
        Ok(_) => Finding::good(&check, format!("{address} is free; the daemon isn't running")),
        Err(error) => {
            let found = format!("the daemon isn't running, and it couldn't listen on {address}: {error}");
            Finding::bad(&check, found, format!("Stop the program that has the port, or change {check}."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    #[tokio::test]
    async fn a_port_that_another_program_has_is_bad_and_a_served_one_good() {
        let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = other.local_addr().unwrap();
        assert_eq!(free_port("admin", address).await.health, Health::Bad);
        assert_eq!(served_port("admin", address).await.health, Health::Good);
        drop(other);
        assert_eq!(free_port("admin", address).await.health, Health::Good);
        assert_eq!(served_port("admin", address).await.health, Health::Bad);
    }
}
