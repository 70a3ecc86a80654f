//! The window's menus.

use super::words::Words;
use crate::wishes::{Wish, ZoomStep};
use tauri::menu::{Menu, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Runtime};

/// An entry's id is this and the page that it shows.
const PAGE: &str = "page:";
/// The entries of sizes. Their keys are the pages' own, which know every keyboard's `+`.
const ZOOM: [(&str, ZoomStep); 3] =
    [("zoom:in", ZoomStep::In), ("zoom:out", ZoomStep::Out), ("zoom:reset", ZoomStep::Reset)];

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
        .item(&page(words.find_a_key, "/find-a-key", None)?)
        .item(&page(words.keys, "/signing-keys", None)?)
        .item(&page(words.desk, "/signing-desk", None)?)
        .item(&page(words.people, "/people", None)?)
        .item(&page(words.audit, "/audit", None)?)
        .item(&page(words.storage, "/storage", None)?)
        .build()?;
    let mut view = SubmenuBuilder::new(app, words.view);
    for ((id, _), text) in ZOOM.into_iter().zip([words.larger, words.smaller, words.normal_size]) {
        view = view.text(id, text);
    }
    let view = view.build()?;
    let help = SubmenuBuilder::new(app, words.help)
        .item(&page(words.shortcuts, "/shortcuts", None)?)
        .item(&page(words.diagnostics, "/settings/diagnostics", None)?)
        .build()?;
    Menu::with_items(app, &[&file, &edit, &view, &go, &help])
}

/// What choosing the entry of that id asks of the pages; `None` for the system's own entries.
pub(crate) fn chosen(id: &str) -> Option<Wish> {
    let zoom = ZOOM.into_iter().find(|(entry, _)| *entry == id).map(|(_, step)| Wish::Zoom { step });
    zoom.or_else(|| id.strip_prefix(PAGE).map(|page| Wish::Go { page: page.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_shows_its_page_or_sets_the_size() {
        assert_eq!(chosen("zoom:reset"), Some(Wish::Zoom { step: ZoomStep::Reset }));
        assert_eq!(chosen("page:/batches"), Some(Wish::Go { page: "/batches".to_owned() }));
        assert_eq!(chosen("quit"), None);
    }
}
