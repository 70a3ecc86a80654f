//! The window's menus.

use super::words::Words;
use crate::wishes::Wish;
use tauri::menu::{Menu, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Runtime};

/// An entry's id is this and the page that it shows.
const PAGE: &str = "page:";

/// Builds the menus in a language.
///
/// # Errors
/// When the system takes no menu.
pub(crate) fn build<R: Runtime>(app: &AppHandle<R>, words: &Words) -> tauri::Result<Menu<R>> {
    let page = |text: &str, page: &str, keys: Option<&str>| {
        let item = MenuItemBuilder::with_id(format!("{PAGE}{page}"), text);
        match keys {
            Some(keys) => item.accelerator(keys).build(app),
            None => item.build(app),
        }
    };
    let file = SubmenuBuilder::new(app, words.file)
        .item(&page(words.viewer, "/viewer", Some("CmdOrCtrl+O"))?)
        .item(&page(words.join, "/join", None)?)
        .separator()
        .item(&page(words.settings, "/settings", Some("CmdOrCtrl+,"))?)
        .separator()
        .close_window_with_text(words.close)
        .quit_with_text(words.quit)
        .build()?;
    // Without these entries macOS has no keys for the clipboard.
    let edit = SubmenuBuilder::new(app, words.edit).cut().copy().paste().select_all().build()?;
    let go = SubmenuBuilder::new(app, words.go)
        .item(&page(words.overview, "/", None)?)
        .item(&page(words.configs, "/export-configs", None)?)
        .item(&page(words.batches, "/batches", None)?)
        .item(&page(words.keys, "/signing-keys", None)?)
        .item(&page(words.people, "/people", None)?)
        .item(&page(words.audit, "/audit", None)?)
        .item(&page(words.storage, "/storage", None)?)
        .build()?;
    let help = SubmenuBuilder::new(app, words.help).item(&page(words.shortcuts, "/shortcuts", None)?).build()?;
    Menu::with_items(app, &[&file, &edit, &go, &help])
}

/// What choosing the entry of that id asks of the pages; `None` for the system's own entries.
pub(crate) fn chosen(id: &str) -> Option<Wish> {
    id.strip_prefix(PAGE).map(|page| Wish::Go { page: page.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_shows_its_page() {
        assert_eq!(chosen("page:/batches"), Some(Wish::Go { page: "/batches".to_owned() }));
        assert_eq!(chosen("quit"), None);
    }
}
