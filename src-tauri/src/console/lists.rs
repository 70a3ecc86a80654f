//! Short lists, whole: the pages show them at once.

use crate::error::ConsoleFault;
use crate::{CommandError, ErrorCode};
use tekport_api::batch::{Batch, BatchFilter, BatchState};
use tekport_api::client::Client;
use tekport_api::export_config::ExportConfig;
use tekport_api::page::{MAX_PAGE, Page, PageQuery};
use tekport_api::people::Person;
use tekport_api::signing_key::SigningKey;
use tekport_api::storage_target::StorageTarget;

/// No list of this kind has more pages than this; a daemon that says so is not believed.
const MAX_PAGES: usize = 100;
/// Nor has a list of records, which grow for years: a million of them.
pub(super) const MAX_LONG_PAGES: usize = 2_000;

/// Every signing key.
pub(crate) async fn signing_keys(client: &Client) -> Result<Vec<SigningKey>, CommandError> {
    let mut list = List::new();
    while let Some(page) = list.wanted() {
        list.take(client.list_signing_keys(&page).await?)?;
    }
    Ok(list.items)
}

/// Every export config, ended ones too.
pub(crate) async fn export_configs(client: &Client) -> Result<Vec<ExportConfig>, CommandError> {
    let mut list = List::new();
    while let Some(page) = list.wanted() {
        list.take(client.list_export_configs(&page).await?)?;
    }
    Ok(list.items)
}

/// Every batch that awaits signatures.
pub(crate) async fn awaiting_batches(client: &Client) -> Result<Vec<Batch>, CommandError> {
    let state = BatchState::AwaitingSignature.as_str().to_owned();
    let filter = BatchFilter { state: Some(state), ..BatchFilter::default() };
    let mut list = List::new();
    while let Some(page) = list.wanted() {
        list.take(client.list_batches(&filter, &page).await?)?;
    }
    Ok(list.items)
}

/// Every person.
pub(crate) async fn people(client: &Client) -> Result<Vec<Person>, CommandError> {
    let mut list = List::new();
    while let Some(page) = list.wanted() {
        list.take(client.list_people(&page).await?)?;
    }
    Ok(list.items)
}

/// Every storage target.
pub(crate) async fn storage_targets(client: &Client) -> Result<Vec<StorageTarget>, CommandError> {
    let mut list = List::new();
    while let Some(page) = list.wanted() {
        list.take(client.list_storage_targets(&page).await?)?;
    }
    Ok(list.items)
}

/// A list as far as it was fetched.
struct List<T> {
    items: Vec<T>,
    next: Option<PageQuery>,
    pages: usize,
}

impl<T> List<T> {
    fn new() -> Self {
        Self { items: Vec::new(), next: Some(PageQuery { cursor: None, limit: Some(MAX_PAGE) }), pages: 0 }
    }

    /// The page to ask for; `None` where the list is whole.
    fn wanted(&mut self) -> Option<PageQuery> {
        self.next.take()
    }

    fn take(&mut self, page: Page<T>) -> Result<(), CommandError> {
        self.items.extend(page.items);
        self.pages += 1;
        if self.pages == MAX_PAGES && page.next_cursor.is_some() {
            return Err(endless(MAX_PAGES));
        }
        self.next = page.next_cursor.map(|cursor| PageQuery { cursor: Some(cursor), limit: Some(MAX_PAGE) });
        Ok(())
    }
}

pub(super) fn endless(pages: usize) -> CommandError {
    let fault = ConsoleFault::EndlessList { pages: u32::try_from(pages).unwrap_or(u32::MAX) };
    CommandError::said(ErrorCode::NotTekport, "The daemon's list has no end", &fault)
}
