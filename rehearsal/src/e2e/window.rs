//! The console's window over WebDriver: finds by `data-testid`, waits with a limit, says what it looked for.

use crate::eventually::eventually;
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

/// The window of a console that runs. Clones are the same window.
#[derive(Clone)]
pub(super) struct Window {
    client: Client,
    /// What the path of a picture begins with.
    shots: PathBuf,
}

impl Window {
    /// Starts the console, with arguments, through the WebDriver at `address` and waits for its window. The path of
    /// each picture begins with `shots`.
    ///
    /// # Errors
    /// When no session can be had.
    pub(super) async fn open(address: &str, console: &Path, arguments: &[&str], shots: &Path) -> Result<Self> {
        let options = json!({"application": console, "args": arguments});
        let capabilities = json!({"browserName": "wry", "tauri:options": options});
        let capabilities = capabilities.as_object().cloned().unwrap_or_default();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(address)
            .await
            .context("the console could not be opened through WebDriver")?;
        Ok(Self { client, shots: shots.to_owned() })
    }

    /// Joins a daemon with a pasted code.
    ///
    /// # Errors
    /// When it isn't let in.
    pub(super) async fn join(&self, code: &str) -> Result<()> {
        self.fill("enrol-code", code).await?;
        self.click("enrol-check").await?;
        self.click("enrol-join").await?;
        self.see_within("who-am-i", LIMIT).await.map(drop)
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

    /// Waits until no element of that name is shown.
    ///
    /// # Errors
    /// When one stays.
    pub(super) async fn miss(&self, id: &str) -> Result<()> {
        eventually(LIMIT, async || {
            for element in self.all(id).await? {
                // One that went away between finding and asking is not shown, either.
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(Err(format!("{id:?} is shown; the page shows:\n{}", self.text().await)));
                }
            }
            Ok(Ok(()))
        })
        .await
    }

    /// Waits for the element of that name whose text holds `text`: a row of a table.
    ///
    /// # Errors
    /// When there is none in time.
    pub(super) async fn row(&self, id: &str, text: &str) -> Result<Element> {
        eventually(LIMIT, async || {
            for element in self.all(id).await? {
                if element.text().await.is_ok_and(|shown| shown.contains(text)) {
                    return Ok(Ok(element));
                }
            }
            Ok(Err(format!("no {id:?} says {text:?}; the page shows:\n{}", self.text().await)))
        })
        .await
    }

    /// Clicks what a CSS selector finds in the element of that name whose text holds `text`.
    ///
    /// # Errors
    /// When it isn't there, or takes no click.
    pub(super) async fn click_in_row(&self, id: &str, text: &str, css: &str) -> Result<()> {
        let row = self.row(id, text).await?;
        let inside =
            row.find(Locator::Css(css)).await.with_context(|| format!("{id:?} with {text:?} holds no {css}"))?;
        inside.click().await.with_context(|| format!("{css} in {id:?} with {text:?} could not be clicked"))
    }

    /// Waits until so many elements of that name are there.
    ///
    /// # Errors
    /// When there are others in time.
    pub(super) async fn count(&self, id: &str, wanted: usize) -> Result<()> {
        eventually(LIMIT, async || {
            let there = self.all(id).await?.len();
            let says =
                async || format!("{there} {id:?} are there, not {wanted}; the page shows:\n{}", self.text().await);
            Ok(if there == wanted { Ok(()) } else { Err(says().await) })
        })
        .await
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

    /// Waits for what a CSS selector finds, and clicks it.
    ///
    /// # Errors
    /// When it isn't there in time, or takes no click.
    pub(super) async fn click_css(&self, css: &str) -> Result<()> {
        eventually(LIMIT, async || {
            let clicked = match self.client.find(Locator::Css(css)).await {
                Ok(element) => element.click().await,
                Err(error) => Err(error),
            };
            Ok(match clicked {
                Ok(()) => Ok(()),
                Err(error) => {
                    Err(format!("{css} could not be clicked: {error}; the page shows:\n{}", self.text().await))
                }
            })
        })
        .await
    }

    /// Waits until the page has read what it shows.
    ///
    /// # Errors
    /// When it goes on reading.
    pub(super) async fn settled(&self) -> Result<()> {
        self.miss("state-loading").await
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

    /// Puts a text with line breaks into a field, as pasting does.
    ///
    /// # Errors
    /// When the field isn't there.
    pub(super) async fn set(&self, id: &str, text: &str) -> Result<()> {
        self.see(id).await?;
        let script = format!(
            "const field = document.querySelector('[data-testid=\"{id}\"]'); field.value = {}; \
             field.dispatchEvent(new Event('input', {{ bubbles: true }}))",
            json!(text)
        );
        self.run(&script).await.map(drop)
    }

    /// Chooses an option of a list by its value.
    ///
    /// # Errors
    /// When the list isn't there or has no such option.
    pub(super) async fn select(&self, id: &str, value: &str) -> Result<()> {
        let list = self.see(id).await?;
        list.select_by_value(value).await.with_context(|| format!("{id:?} has no option {value:?}"))
    }

    /// Ticks or unticks a box.
    ///
    /// # Errors
    /// When it isn't there.
    pub(super) async fn tick(&self, id: &str, ticked: bool) -> Result<()> {
        let field = self.see(id).await?;
        if field.is_selected().await? != ticked {
            field.click().await.with_context(|| format!("{id:?} could not be ticked"))?;
        }
        Ok(())
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

    /// What a script returns. It may be given as a function body with `await` in it.
    ///
    /// # Errors
    /// When it throws.
    pub(super) async fn run(&self, script: &str) -> Result<serde_json::Value> {
        // The last argument is WebDriver's: what it is called with is what comes back.
        let whole = format!(
            "const done = arguments[arguments.length - 1]; \
             (async () => {{ {script} }})().then(done, (error) => done({{ error: String(error) }}));"
        );
        let value = self.client.execute_async(&whole, Vec::new()).await.context("the script didn't end")?;
        match value.get("error") {
            Some(error) => bail!("the script says {error}"),
            None => Ok(value),
        }
    }

    /// Keeps a picture of the whole screen for people to look at: a window that stayed white shows there too.
    ///
    /// # Errors
    /// When none could be taken.
    pub(super) async fn shoot(&self, name: &str) -> Result<()> {
        let picture = format!("{}-{name}.png", self.shots.display());
        let status = Command::new("import").args(["-window", "root"]).arg(&picture).status().await;
        match status.context("no picture could be taken: is ImageMagick there?")? {
            status if status.success() => Ok(()),
            status => bail!("the picture {picture} could not be taken: {status}"),
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
