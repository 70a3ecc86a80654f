//! The icon in the tray: how the daemons and the signing desk are, and the way back to the window.

use super::badge::badged;
use super::health::Overall;
use super::words::Words;
use crate::console::{Console, DeskState, Sight};
use crate::settings::{Language, SettingsFile};
use crate::wishes::{Wish, Wishes};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_notification::NotificationExt;
use tokio::sync::watch;

const OPEN: &str = "tray:open";
const OVERVIEW: &str = "tray:overview";
const SIGN: &str = "tray:sign";
const QUIT: &str = "tray:quit";
/// An entry that only says something has this before its number.
const LINE: &str = "tray:line:";
const OVERVIEW_PAGE: &str = "/";
const DESK_PAGE: &str = "/signing-desk";

/// What the tray shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    overall: Overall,
    /// A line for each daemon, and one for the desk.
    lines: Vec<String>,
    language: Language,
}

impl Look {
    fn of(sights: &[Sight], desk: DeskState, language: Language) -> Self {
        let words = Words::of(language);
        let overall = Overall::of(sights, desk);
        let mut lines: Vec<String> = sights.iter().map(|sight| words.sight(sight)).collect();
        if lines.is_empty() {
            lines.push(words.overall(overall).to_owned());
        }
        lines.push(words.signing(desk));
        Self { overall, lines, language }
    }
}

/// The icon, where the desktop has a tray. Not every desktop has one: nothing depends on it.
#[derive(Default)]
pub(crate) struct Tray {
    icon: Mutex<Option<(TrayIcon<Wry>, Look)>>,
    /// Whether the person was told that closing the window ends nothing.
    told: AtomicBool,
}

impl Tray {
    /// Whether there is an icon.
    pub(crate) fn is_there(&self) -> bool {
        self.icon.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Shows how things are. Puts the icon there first, where it isn't.
    fn show(&self, app: &AppHandle, look: Look) -> tauri::Result<()> {
        let mut slot = self.icon.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.as_ref().is_some_and(|(_, shown)| *shown == look) {
            return Ok(());
        }
        let menu = menu(app, &look)?;
        let icon = match slot.take() {
            Some((icon, shown)) => {
                icon.set_menu(Some(menu))?;
                if shown.overall != look.overall {
                    icon.set_icon(image(app, look.overall))?;
                }
                icon
            }
            None => {
                let mut icon = TrayIconBuilder::with_id("tekport").title("Tekport").menu(&menu);
                if let Some(image) = image(app, look.overall) {
                    icon = icon.icon(image);
                }
                icon.build(app)?
            }
        };
        icon.set_tooltip(Some(format!("Tekport: {}", Words::of(look.language).overall(look.overall))))?;
        *slot = Some((icon, look));
        Ok(())
    }

    /// What closing the window does: while unattended signing is on the console goes on, in the tray or, without one,
    /// as a small window. Returns whether the window stays.
    pub(crate) fn keeps_open(&self, app: &AppHandle, words: &Words) -> bool {
        let on = app.try_state::<Arc<Console>>().is_some_and(|console| {
            console
                .unattended_signing(self.is_there())
                .is_ok_and(|signing| signing.enabled && signing.stopped.is_none())
        });
        let (true, Some(window)) = (on, app.get_webview_window("main")) else { return false };
        let done = if self.is_there() { window.hide() } else { window.minimize() };
        if done.is_err() {
            return false;
        }
        if !self.told.swap(true, Ordering::SeqCst) {
            let notice = app.notification().builder().title(words.goes_on_title).body(words.goes_on).show();
            if let Err(error) = notice {
                tracing::warn!(%error, "the desktop shows no notification");
            }
        }
        true
    }
}

/// The program's icon with the badge of a state.
fn image(app: &AppHandle, overall: Overall) -> Option<Image<'static>> {
    let icon = app.default_window_icon()?;
    Some(Image::new_owned(badged(icon.rgba(), icon.width(), overall), icon.width(), icon.height()))
}

fn menu(app: &AppHandle, look: &Look) -> tauri::Result<Menu<Wry>> {
    let words = Words::of(look.language);
    let menu = Menu::new(app)?;
    for (number, text) in look.lines.iter().enumerate() {
        menu.append(&MenuItem::with_id(app, format!("{LINE}{number}"), text, false, None::<&str>)?)?;
    }
    let entry = |id: &str, text: &str| MenuItem::with_id(app, id, text, true, None::<&str>);
    menu.append_items(&[
        &PredefinedMenuItem::separator(app)?,
        &entry(OPEN, words.open)?,
        &entry(OVERVIEW, words.overview)?,
        &entry(SIGN, words.sign)?,
        &PredefinedMenuItem::separator(app)?,
        &entry(QUIT, words.quit)?,
    ])?;
    Ok(menu)
}

/// Does what an entry of the tray's menu asks for; returns whether the id is one of them.
pub(crate) fn chosen_in_tray(app: &AppHandle, id: &str) -> bool {
    match id {
        OPEN => {}
        OVERVIEW => wish_for(app, OVERVIEW_PAGE),
        SIGN => wish_for(app, DESK_PAGE),
        QUIT => {
            app.exit(0);
            return true;
        }
        _ => return id.starts_with(LINE),
    }
    bring_up(app);
    true
}

fn wish_for(app: &AppHandle, page: &str) {
    if let Some(wishes) = app.try_state::<Arc<Wishes>>() {
        wishes.add(Wish::Go { page: page.to_owned() });
    }
}

/// Brings the window to the front, from wherever it is. Who wants to see it wants to see how things are now.
pub(crate) fn bring_up(app: &AppHandle) {
    if let Some(console) = app.try_state::<Arc<Console>>() {
        console.look_again();
    }
    if let Some(window) = app.get_webview_window("main") {
        // A window that can't come to the front is no reason to stop.
        let _ = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    }
}

/// Shows how things are as long as the console runs.
pub(crate) async fn show_health(
    app: AppHandle,
    console: Arc<Console>,
    mut sights: watch::Receiver<Vec<Sight>>,
    settings: Arc<SettingsFile>,
    tray: Arc<Tray>,
) {
    let (mut desk, mut speech) = (console.desk_state(), settings.speech());
    loop {
        let look = {
            let (sights, desk) = (sights.borrow_and_update(), *desk.borrow_and_update());
            Look::of(&sights, desk, *speech.borrow_and_update())
        };
        if let Err(error) = tray.show(&app, look) {
            tracing::info!(%error, "this desktop has no tray");
        }
        let changed = tokio::select! {
            changed = sights.changed() => changed,
            changed = desk.changed() => changed,
            changed = speech.changed() => changed,
        };
        if changed.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::health::tests::{attention, sight};
    use super::*;
    use crate::console::Health;
    use tekport_api::status::Severity;

    #[test]
    fn each_daemon_and_the_desk_have_a_line() {
        let late = attention(Severity::Bad, "batch-late");
        let sights = [
            sight("a", Health::Answers(vec![])),
            sight("b", Health::Answers(vec![late.clone(), late])),
            sight("c", Health::OutOfReach { seconds: 5 }),
        ];
        let look = Look::of(&sights, DeskState { waiting: Some(0), unattended: false }, Language::En);
        assert_eq!(
            look.lines,
            [
                "A · daemon a (Production): all is well",
                "B · daemon b (Production): 2 things need a person",
                "C · daemon c (Production): out of reach",
                "Nothing to sign"
            ]
        );
        assert_eq!(look.overall, Overall::NeedsPerson);
        let unknown = Look::of(&[sight("a", Health::NotKnown)], DeskState::default(), Language::De);
        assert_eq!(
            unknown.lines,
            ["A · daemon a (Produktion): nicht bekannt", "Nicht bekannt, was auf eine Signatur wartet"]
        );
        let none = Look::of(&[], DeskState { waiting: Some(0), unattended: false }, Language::En);
        assert_eq!(none.lines, ["No daemon joined yet", "Nothing to sign"]);
    }
}
