//! Tekport's desktop console: a window whose pages ask Rust for everything.
//!
//! The commands only forward to a [`Console`], which talks to the daemon through `tekport-api`'s
//! client and to the OS keychain. Private keys stay on this side: no command takes or returns one.

mod commands;
pub mod console;
mod desktop;
pub mod diagnostics;
mod dialog;
pub mod environment;
mod error;
pub mod keychain;
mod log;
mod messages;
pub mod settings;
mod start;
mod view;
pub mod wishes;

pub use error::{CommandError, ErrorCode};
pub use view::*;

use anyhow::Context;
use console::{Console, Places};
use diagnostics::Failures;
use settings::{Language, SettingsFile, Zoom};
use start::Start;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tauri::{AppHandle, DragDropEvent, Manager, WindowEvent};
use tauri_plugin_deep_link::DeepLinkExt;
use tauri_plugin_window_state::StateFlags;
use tekport_api::Clock;
use tokio::sync::watch;
use wishes::Wishes;

/// How often the console looks for what waits for a signature.
const DESK_PAUSE: Duration = Duration::from_secs(60);
/// How often it looks at each of its daemons.
const WATCH_PAUSE: Duration = Duration::from_secs(60);

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When the data folder can't be used or no window can be opened.
pub fn run() -> anyhow::Result<()> {
    let start = Arc::new(Start::begin());
    // The client names its provider itself; this keeps whatever else asks rustls for a default from panicking.
    // It errs only when one was installed before.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let commands = commands::collect();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _folder| {
            if let Some(wishes) = app.try_state::<Arc<Wishes>>() {
                wishes.add_arguments(arguments.into_iter().skip(1));
            }
            desktop::bring_up(app);
        }))
        .plugin(
            // Whether the window shows is no matter of how it was left: in the tray, it is hidden.
            tauri_plugin_window_state::Builder::default()
                .with_state_flags(StateFlags::all().difference(StateFlags::VISIBLE))
                .build(),
        )
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_deep_link::init())
        .invoke_handler(commands.invoke_handler())
        .on_menu_event(|app, event| {
            if desktop::chosen_in_tray(app, event.id().as_ref()) {
                return;
            }
            if let (Some(wish), Some(wishes)) = (desktop::chosen(event.id().as_ref()), app.try_state::<Arc<Wishes>>()) {
                wishes.add(wish);
            }
        })
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event
                && stays_open(window.app_handle())
            {
                api.prevent_close();
            }
            if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event
                && let Some(wishes) = window.try_state::<Arc<Wishes>>()
            {
                wishes.add_files(paths);
            }
        })
        .setup(move |app| {
            app.manage(start);
            let places = places(app.path())?;
            log::start(&places.data)?;
            let settings = Arc::new(SettingsFile::open(places.data.join("settings.json")));
            let code = std::env::var("TEKPORT_ENROLMENT_CODE").ok();
            app.manage(Arc::new(Failures::new(Clock::system())));
            let console = Console::new(places, Arc::new(keychain::SystemKeychain), Clock::system(), code);
            let console = Arc::new(console);
            app.manage(Arc::clone(&console));
            let wishes = Arc::new(Wishes::default());
            wishes.add_arguments(std::env::args().skip(1));
            app.manage(Arc::clone(&wishes));
            // Linux and Windows hand a link over as an argument, macOS by this event.
            app.deep_link().on_open_url(move |event| wishes.add_arguments(event.urls().into_iter().map(String::from)));
            show_menu(app.handle(), settings.spoken())?;
            set_zoom(app.handle(), settings.get().zoom);
            app.manage(Arc::clone(&settings));
            show_title(app.handle());
            let tray = Arc::new(desktop::Tray::default());
            app.manage(Arc::clone(&tray));
            let app = app.handle().clone();
            let (sights, seen) = watch::channel(Vec::new());
            let (desk, watching, linked) = (Arc::clone(&console), Arc::clone(&console), app.clone());
            tauri::async_runtime::spawn(async move { desk.watch_desk(DESK_PAUSE).await });
            tauri::async_runtime::spawn(async move { watching.watch_daemons(WATCH_PAUSE, sights).await });
            tauri::async_runtime::spawn(speak(app.clone(), Arc::clone(&settings)));
            tauri::async_runtime::spawn(desktop::tell(app.clone(), seen.clone(), Arc::clone(&settings)));
            tauri::async_runtime::spawn(desktop::tell_trouble(
                app.clone(),
                Arc::clone(&console),
                Arc::clone(&settings),
            ));
            tauri::async_runtime::spawn(desktop::show_health(app, console, seen, settings, tray));
            tauri::async_runtime::spawn_blocking(move || desktop::take_links(&linked));
            Ok(())
        })
        .run(tauri::generate_context!())
        .context("the window can't be opened; on Linux, check that a display is there (DISPLAY or WAYLAND_DISPLAY)")
}

/// Whether closing the window leaves the console running.
fn stays_open(app: &AppHandle) -> bool {
    let (Some(tray), Some(settings)) = (app.try_state::<Arc<desktop::Tray>>(), app.try_state::<Arc<SettingsFile>>())
    else {
        return false;
    };
    tray.keeps_open(app, desktop::Words::of(settings.spoken()))
}

/// Shows the menus in a language, in place of those that are there.
fn show_menu(app: &AppHandle, language: Language) -> tauri::Result<()> {
    app.set_menu(desktop::menu(app, desktop::Words::of(language))?).map(drop)
}

/// Keeps the menus and the window's title in the language that is spoken, as long as the console runs.
async fn speak(app: AppHandle, settings: Arc<SettingsFile>) {
    let mut speech = settings.speech();
    while speech.changed().await.is_ok() {
        let language = *speech.borrow_and_update();
        if let Err(error) = show_menu(&app, language) {
            tracing::warn!(%error, "the menus stay as they are");
        }
        show_title(&app);
    }
}

/// Puts the daemon that is shown and its environment in the window's title.
fn show_title(app: &AppHandle) {
    let (Some(console), Some(settings)) = (app.try_state::<Arc<Console>>(), app.try_state::<Arc<SettingsFile>>())
    else {
        return;
    };
    let title = match console.shown_daemon() {
        Ok(shown) => desktop::Words::of(settings.spoken()).title(&shown),
        Err(error) => {
            tracing::warn!(code = error.code.as_str(), detail = error.detail, "not known which daemon is shown");
            "Tekport".to_owned()
        }
    };
    if let Some(window) = app.get_webview_window("main")
        && let Err(error) = window.set_title(&title)
    {
        tracing::warn!(%error, "the window keeps its title");
    }
}

/// Shows the pages in a size.
fn set_zoom(app: &AppHandle, zoom: Zoom) {
    if let Some(window) = app.get_webview_window("main")
        && let Err(error) = window.set_zoom(zoom.factor())
    {
        tracing::warn!(%error, "the pages stay as large as they are");
    }
}

/// Where files go: `TEKPORT_CONSOLE_DATA` and `XDG_DOWNLOAD_DIR` win over the system's folders.
fn places<R: tauri::Runtime>(system: &tauri::path::PathResolver<R>) -> anyhow::Result<Places> {
    let named = |variable| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = match named("TEKPORT_CONSOLE_DATA") {
        Some(folder) => folder,
        None => system.app_data_dir().context("the system names no folder for application data")?,
    };
    let downloads = match named("XDG_DOWNLOAD_DIR") {
        Some(folder) => folder,
        None => system
            .download_dir()
            .or_else(|_| system.home_dir().map(|home| home.join("Downloads")))
            .context("the system names no folder for downloads")?,
    };
    Ok(Places { data, downloads })
}
