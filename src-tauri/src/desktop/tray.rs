//! The icon in the tray: what waits for a signature, and the way back to the window.

use super::words::Words;
use crate::console::{Console, DeskState};
use crate::settings::SettingsFile;
use crate::wishes::{Wish, Wishes};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_notification::NotificationExt;

const OPEN: &str = "tray:open";
const SIGN: &str = "tray:sign";
const QUIT: &str = "tray:quit";
/// The page of the signing desk.
const DESK: &str = "/signing-desk";

/// The icon, where the desktop has a tray. Not every desktop has one: nothing depends on it.
#[derive(Default)]
pub(crate) struct Tray {
    icon: Mutex<Option<(TrayIcon<Wry>, MenuItem<Wry>)>>,
    /// Whether the person was told that closing the window ends nothing.
    told: AtomicBool,
}

impl Tray {
    /// Whether there is an icon.
    pub(crate) fn is_there(&self) -> bool {
        self.icon.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Says in words how the desk stands. Puts the icon there first, where it isn't.
    fn show(&self, app: &AppHandle, state: DeskState, words: &Words) -> tauri::Result<()> {
        let text = words.desk(state);
        let mut icon = self.icon.lock().unwrap_or_else(PoisonError::into_inner);
        if icon.is_none() {
            *icon = Some(build(app, words)?);
        }
        if let Some((icon, line)) = icon.as_ref() {
            line.set_text(&text)?;
            icon.set_tooltip(Some(format!("Tekport: {text}")))?;
        }
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

fn build(app: &AppHandle, words: &Words) -> tauri::Result<(TrayIcon<Wry>, MenuItem<Wry>)> {
    let entry = |id: &str, text: &str| MenuItem::with_id(app, id, text, true, None::<&str>);
    let line = MenuItem::with_id(app, "tray:state", words.desk(DeskState::default()), false, None::<&str>)?;
    let menu = Menu::with_items(
        app,
        &[
            &line,
            &PredefinedMenuItem::separator(app)?,
            &entry(OPEN, words.open)?,
            &entry(SIGN, words.sign)?,
            &PredefinedMenuItem::separator(app)?,
            &entry(QUIT, words.quit)?,
        ],
    )?;
    let mut icon = TrayIconBuilder::with_id("tekport").title("Tekport").menu(&menu);
    if let Some(image) = app.default_window_icon() {
        icon = icon.icon(image.clone());
    }
    Ok((icon.build(app)?, line))
}

/// Does what an entry of the tray's menu asks for; returns whether the id is one of them.
pub(crate) fn chosen_in_tray(app: &AppHandle, id: &str) -> bool {
    match id {
        OPEN => bring_up(app),
        SIGN => {
            if let Some(wishes) = app.try_state::<Arc<Wishes>>() {
                wishes.add(Wish::Go { page: DESK.to_owned() });
            }
            bring_up(app);
        }
        QUIT => app.exit(0),
        _ => return false,
    }
    true
}

/// Brings the window to the front, from wherever it is.
pub(crate) fn bring_up(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // A window that can't come to the front is no reason to stop.
        let _ = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    }
}

/// Shows the state of the desk as long as the console runs.
pub(crate) async fn show_desk(app: AppHandle, console: Arc<Console>, settings: Arc<SettingsFile>, tray: Arc<Tray>) {
    let mut state = console.desk_state();
    loop {
        let now = *state.borrow_and_update();
        if let Err(error) = tray.show(&app, now, Words::of(settings.get().spoken())) {
            tracing::info!(%error, "this desktop has no tray");
        }
        if state.changed().await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Language;

    #[test]
    fn the_desk_is_told_in_words() {
        let told = |waiting, unattended| Words::of(Language::En).desk(DeskState { waiting, unattended });
        assert_eq!(told(0, false), "Nothing to sign");
        assert_eq!(told(1, false), "1 batch waits for a signature");
        assert_eq!(told(3, false), "3 batches wait for a signature");
        assert_eq!(told(0, true), "Unattended signing is on");
        assert_eq!(told(2, true), "Unattended signing is on; 2 batches wait for a signature");
        let german = Words::of(Language::De).desk(DeskState { waiting: 2, unattended: true });
        assert_eq!(german, "Unbeaufsichtigtes Signieren ist an; 2 Batches warten auf eine Signatur");
    }
}
