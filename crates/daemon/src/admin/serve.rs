//! The admin listener: TLS 1.3, handshakes off the accept loop, every connection with time limits.

use super::caller::Peer;
use super::{AdminState, router};
use crate::pki;
use axum::Router;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);
const HEADER_LIMIT: Duration = Duration::from_secs(15);
/// How long open requests may take to finish once the daemon stops.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(20);
/// After a failed accept (most likely: no file descriptor is free).
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
/// The server certificate's age is looked at this often.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(3_600);
/// A connection without a client certificate is good for an enrolment and no more: it is closed after this time,
/// so that strangers can't take every slot.
const STRANGER_LIMIT: Duration = Duration::from_secs(60);
/// Connections at once; further ones wait.
const MAX_CONNECTIONS: usize = 512;

/// Serves the admin API on `listener` until `shutdown`, then lets open requests finish for 20 seconds. Renews
/// the server certificate meanwhile.
///
/// # Errors
/// When TLS can't be set up.
pub async fn serve(listener: TcpListener, state: AdminState, shutdown: CancellationToken) -> Result<(), pki::PkiError> {
    let acceptor = TlsAcceptor::from(Arc::new(state.pki.server_config()?));
    let app = crate::telemetry::count_requests(router(state.clone()), "admin");
    let connections = TaskTracker::new();
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    connections.spawn(renew(state, shutdown.clone()));
    while let Some((stream, address, slot)) = accept(&listener, &slots, &shutdown).await {
        let (acceptor, app, shutdown) = (acceptor.clone(), app.clone(), shutdown.clone());
        connections.spawn(async move {
            connection(stream, address, acceptor, app, shutdown).await;
            drop(slot);
        });
    }
    connections.close();
    if tokio::time::timeout(SHUTDOWN_LIMIT, connections.wait()).await.is_err() {
        tracing::warn!(open = connections.len(), "admin connections were still open and are cut");
    }
    Ok(())
}

/// Waits for a free slot and a connection; `None` once the daemon stops.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
    shutdown: &CancellationToken,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let slot = tokio::select! {
        () = shutdown.cancelled() => return None,
        slot = Arc::clone(slots).acquire_owned() => slot.ok()?,
    };
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return None,
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => return Some((stream, address, slot)),
                Err(error) => {
                    tracing::warn!(%error, "an admin connection can't be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
}

/// Serves one connection to its end.
async fn connection(
    stream: TcpStream,
    address: SocketAddr,
    acceptor: TlsAcceptor,
    app: Router,
    shutdown: CancellationToken,
) {
    let stream = match tokio::time::timeout(HANDSHAKE_LIMIT, acceptor.accept(stream)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return tracing::info!(%address, %error, "a TLS handshake failed"),
        Err(_) => return tracing::info!(%address, "a TLS handshake took longer than 10 s"),
    };
    let certificate =
        stream.get_ref().1.peer_certificates().and_then(|chain| chain.first()).map(|der| pki::fingerprint(der));
    let is_stranger = certificate.is_none();
    let peer = Peer { address, certificate };
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer.clone());
        app.clone().oneshot(request.map(axum::body::Body::new))
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_LIMIT);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Duration::from_secs(30)).max_concurrent_streams(64);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = shutdown.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        () = tokio::time::sleep(STRANGER_LIMIT), if is_stranger => return,
    };
    if let Err(error) = ended {
        tracing::debug!(%address, error, "an admin connection broke off");
    }
}

/// Renews the server certificate in time, for as long as the listener runs.
async fn renew(state: AdminState, shutdown: CancellationToken) {
    let mut interval = tokio::time::interval(RENEWAL_INTERVAL);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = interval.tick() => match state.pki.renew_server_certificate().await {
                Ok(true) => tracing::info!(until = %state.pki.server_not_after(), "renewed the server certificate"),
                Ok(false) => {}
                Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "the server certificate can't be renewed"),
            },
        }
    }
}
