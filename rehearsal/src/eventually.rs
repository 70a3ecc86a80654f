//! Waiting for what comes by itself, with a limit.

use anyhow::{Result, bail};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const POLL: Duration = Duration::from_millis(250);

/// Asks again and again. `ask` returns what is waited for, or in words what there is instead.
///
/// # Errors
/// When it doesn't come in time, with the last words; at once when asking fails.
pub(crate) async fn eventually<T>(
    limit: Duration,
    mut ask: impl AsyncFnMut() -> Result<Result<T, String>>,
) -> Result<T> {
    let deadline = Instant::now() + limit;
    loop {
        match ask().await? {
            Ok(there) => return Ok(there),
            Err(instead) if Instant::now() > deadline => bail!("{instead}, still after {} s", limit.as_secs()),
            Err(_) => sleep(POLL).await,
        }
    }
}
