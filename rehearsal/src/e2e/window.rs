//! The console's window over WebDriver: finds by `data-testid`, waits with a limit, says what it looked for.

use anyhow::{Context, Result, bail};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::process::Command;
use tokio::time::{Instant, sleep};

const LIMIT: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(100);

/// The window of a console that runs.
pub(super) struct Window {
    client: Client,
    shots: PathBuf,
}

impl Window {
    /// Starts the console through the WebDriver at `address` and waits for its window.
    ///
    /// # Errors
    /// When no session can be had.
    pub(super) async fn open(address: &str, console: &Path, shots: &Path) -> Result<Self> {
        let capabilities = json!({"browserName": "wry", "tauri:options": {"application": console}});
        let capabilities = capabilities.as_object().cloned().unwrap_or_default();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(address)
            .await
            .context("the console could not be opened through WebDriver")?;
        Ok(Self { client, shots: shots.to_owned() })
    }

    /// Waits for an element that is shown.
    ///
    /// # Errors
    /// When it isn't there in time; says so with what the page shows instead.
    pub(super) async fn see(&self, id: &str) -> Result<Element> {
        self.see_within(id, LIMIT).await
    }

    /// Waits as long as `limit` for an element that is shown.
    ///
    /// # Errors
    /// When it isn't there in time.
    pub(super) async fn see_within(&self, id: &str, limit: Duration) -> Result<Element> {
        let until = Instant::now() + limit;
        loop {
            for element in self.all(id).await? {
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element);
                }
            }
            if Instant::now() > until {
                bail!("{id:?} was not seen within {} s; the page shows:\n{}", limit.as_secs(), self.text().await);
            }
            sleep(POLL).await;
        }
    }

    /// Every element of that name, in the order of the page.
    pub(super) async fn all(&self, id: &str) -> Result<Vec<Element>> {
        let css = format!("[data-testid=\"{id}\"]");
        self.client.find_all(Locator::Css(&css)).await.with_context(|| format!("{id:?} could not be looked for"))
    }

    /// Waits for an element that can be used, and clicks it.
    ///
    /// # Errors
    /// When it isn't there or stays disabled.
    pub(super) async fn click(&self, id: &str) -> Result<()> {
        let until = Instant::now() + LIMIT;
        loop {
            let element = self.see(id).await?;
            let outcome = match element.is_enabled().await {
                Ok(true) => element.click().await.map_err(anyhow::Error::from),
                Ok(false) => Err(anyhow::anyhow!("it stays disabled")),
                Err(error) => Err(error.into()),
            };
            match outcome {
                Ok(()) => return Ok(()),
                // It may be drawn anew, or still move, or wait for an answer of the daemon's.
                Err(_) if Instant::now() < until => sleep(POLL).await,
                Err(error) => bail!("{id:?} could not be clicked: {error}; the page shows:\n{}", self.text().await),
            }
        }
    }

    /// Clicks what a CSS selector finds inside the first element of that name.
    ///
    /// # Errors
    /// When it isn't there.
    pub(super) async fn click_inside(&self, id: &str, css: &str) -> Result<()> {
        let element = self.see(id).await?;
        let inside = element.find(Locator::Css(css)).await.with_context(|| format!("{id:?} holds no {css}"))?;
        inside.click().await.with_context(|| format!("{css} in {id:?} could not be clicked"))
    }

    /// Replaces what a field holds.
    ///
    /// # Errors
    /// When the field isn't there or takes no text.
    pub(super) async fn fill(&self, id: &str, text: &str) -> Result<()> {
        let field = self.see(id).await?;
        field.clear().await.with_context(|| format!("{id:?} could not be cleared"))?;
        field.send_keys(text).await.with_context(|| format!("{id:?} took no text"))
    }

    /// Waits until the text of an element holds `wanted`, whatever the case, and returns it whole.
    ///
    /// # Errors
    /// When it doesn't in time; says what it holds instead.
    pub(super) async fn read_until(&self, id: &str, wanted: &str, limit: Duration) -> Result<String> {
        let until = Instant::now() + limit;
        let wanted = wanted.to_lowercase();
        let mut seen = Vec::new();
        while Instant::now() < until {
            seen.clear();
            for element in self.all(id).await? {
                // An element that is drawn anew between finding and reading is looked for again.
                let Ok(text) = element.text().await else { continue };
                if text.to_lowercase().contains(&wanted) {
                    return Ok(text);
                }
                seen.push(text);
            }
            sleep(POLL).await;
        }
        bail!(
            "{id:?} never said {wanted:?} within {} s; it says {seen:?}; the page shows:\n{}",
            limit.as_secs(),
            self.text().await
        )
    }

    /// All that a person reads on the page.
    pub(super) async fn text(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_else(|error| format!("(unreadable: {error})")),
            Err(error) => format!("(no page: {error})"),
        }
    }

    /// Everything the page's scripts could reach: its HTML, what it stored, and its errors.
    ///
    /// # Errors
    /// When the page doesn't answer.
    pub(super) async fn everything(&self) -> Result<String> {
        let script = "return document.documentElement.outerHTML + JSON.stringify(localStorage) \
                      + JSON.stringify(sessionStorage)";
        Ok(self.client.execute(script, Vec::new()).await?.to_string())
    }

    /// Keeps a picture of the whole screen for people to look at: a window that stayed white shows there too.
    ///
    /// # Errors
    /// When none could be taken.
    pub(super) async fn shoot(&self, name: &str) -> Result<()> {
        let picture = self.shots.join(format!("{name}.png"));
        let status = Command::new("import").args(["-window", "root"]).arg(&picture).status().await;
        match status.context("no picture could be taken: is ImageMagick there?")? {
            status if status.success() => Ok(()),
            status => bail!("the picture {} could not be taken: {status}", picture.display()),
        }
    }

    /// Closes the window, which ends the console.
    ///
    /// # Errors
    /// When the session can't be ended.
    pub(super) async fn close(self) -> Result<()> {
        self.client.close().await.context("the console could not be closed")
    }
}
