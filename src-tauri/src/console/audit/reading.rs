//! Reads a daemon's audit log, newest entry first, and computes the hash of every entry: a daemon that calls its log
//! whole has to show entries that are.

use crate::CommandError;
use crate::console::lists::{MAX_LONG_PAGES, endless};
use tekport_api::audit::{AuditBreak, AuditBreakKind, AuditEntry, AuditFilter, AuditHead, Chain, ChainFromHead};
use tekport_api::client::Client;
use tekport_api::page::{MAX_PAGE, Page, PageQuery};

/// The pages of a list of entries.
pub(super) struct AuditPages<'a> {
    client: &'a Client,
    filter: &'a AuditFilter,
    next: Option<PageQuery>,
    read: usize,
}

impl<'a> AuditPages<'a> {
    pub(super) fn new(client: &'a Client, filter: &'a AuditFilter) -> Self {
        Self { client, filter, next: Some(PageQuery { cursor: None, limit: Some(MAX_PAGE) }), read: 0 }
    }

    /// Fetches the next page; `None` after the last one.
    ///
    /// # Errors
    /// When the daemon can't be asked, or its list has no end.
    pub(super) async fn next(&mut self) -> Result<Option<Page<AuditEntry>>, CommandError> {
        let Some(query) = self.next.take() else { return Ok(None) };
        if self.read == MAX_LONG_PAGES {
            return Err(endless(MAX_LONG_PAGES));
        }
        let page = self.client.list_audit(self.filter, &query).await?;
        self.read += 1;
        let cursor = page.next_cursor.clone();
        self.next = cursor.map(|cursor| PageQuery { cursor: Some(cursor), limit: Some(MAX_PAGE) });
        Ok(Some(page))
    }
}

/// What reading a whole log came to.
pub(super) struct Reading {
    /// How many entries were read.
    pub(super) entries: u32,
    /// The newest of them.
    pub(super) head: Option<AuditHead>,
    /// Where they don't hold together, or aren't what was claimed.
    pub(super) broken: Option<AuditBreak>,
    /// Whether the remembered entry is among them, unchanged; `None` where none is remembered.
    pub(super) agrees: Option<bool>,
}

/// Reads every entry of a log. `claimed` is the head up to which the daemon says that it is whole.
///
/// # Errors
/// When the daemon can't be asked.
pub(super) async fn read(
    client: &Client,
    claimed: Option<&AuditHead>,
    remembered: Option<&AuditHead>,
) -> Result<Reading, CommandError> {
    let everything = AuditFilter::default();
    let mut pages = AuditPages::new(client, &everything);
    let mut chain = ChainFromHead::default();
    let (mut entries, mut as_claimed, mut agrees) = (0_u32, claimed.is_none(), remembered.map(|_| false));
    while let Some(page) = pages.next().await? {
        for entry in &page.items {
            chain.follow(entry);
            entries = entries.saturating_add(1);
            let is = |head: &&AuditHead| entry.sequence == head.sequence && entry.hash == head.hash;
            as_claimed |= claimed.filter(is).is_some();
            if remembered.filter(is).is_some() {
                agrees = Some(true);
            }
        }
    }
    let Chain { head, broken } = chain.end();
    let other = claimed.filter(|_| !as_claimed).map(|claimed| {
        let shown = head.as_ref().is_some_and(|head| head.sequence >= claimed.sequence);
        let kind = if shown { AuditBreakKind::OutOfPlace } else { AuditBreakKind::Missing };
        AuditBreak::at(claimed.sequence, kind)
    });
    Ok(Reading { entries, head, broken: broken.or(other), agrees })
}

/// Checks entries while they are saved: all of them as a chain, a selection each by itself.
pub(super) enum SavedCheck {
    Whole(ChainFromHead),
    Selection(Option<AuditBreak>),
}

impl SavedCheck {
    pub(super) fn of(filter: &AuditFilter) -> Self {
        if *filter == AuditFilter::default() { Self::Whole(ChainFromHead::default()) } else { Self::Selection(None) }
    }

    pub(super) fn follow(&mut self, entries: &[AuditEntry]) {
        match self {
            Self::Whole(chain) => entries.iter().for_each(|entry| chain.follow(entry)),
            // Newest first: the oldest one that doesn't fit stays.
            Self::Selection(broken) => {
                if let Some(altered) = entries.iter().rev().find_map(AuditEntry::altered) {
                    *broken = Some(altered);
                }
            }
        }
    }

    pub(super) fn end(self) -> Option<AuditBreak> {
        match self {
            Self::Whole(chain) => chain.end().broken,
            Self::Selection(broken) => broken,
        }
    }
}
