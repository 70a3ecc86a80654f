//! What the outside asks of a running daemon.

/// A request from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// SIGTERM, SIGINT or Ctrl-C.
    Stop,
    /// SIGHUP.
    Reload,
}

#[cfg(unix)]
mod listening {
    use super::Signal;
    use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

    /// The signals of this process, from when it is made.
    pub(in crate::serve) struct Signals {
        terminate: Stream,
        interrupt: Stream,
        hangup: Stream,
    }

    impl Signals {
        pub(in crate::serve) fn new() -> std::io::Result<Self> {
            Ok(Self {
                terminate: signal(SignalKind::terminate())?,
                interrupt: signal(SignalKind::interrupt())?,
                hangup: signal(SignalKind::hangup())?,
            })
        }

        pub(in crate::serve) async fn next(&mut self) -> Signal {
            tokio::select! {
                _ = self.terminate.recv() => Signal::Stop,
                _ = self.interrupt.recv() => Signal::Stop,
                _ = self.hangup.recv() => Signal::Reload,
            }
        }
    }
}

#[cfg(not(unix))]
mod listening {
    use super::Signal;

    /// Ctrl-C, where there are no signals.
    pub(in crate::serve) struct Signals;

    impl Signals {
        pub(in crate::serve) fn new() -> std::io::Result<Self> {
            Ok(Self)
        }

        pub(in crate::serve) async fn next(&mut self) -> Signal {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
            Signal::Stop
        }
    }
}

pub(super) use listening::Signals;

impl Signals {
    /// Waits until the daemon is asked to stop; what else is asked meanwhile is passed over.
    pub(super) async fn next_stop(&mut self) {
        while self.next().await != Signal::Stop {}
    }
}
