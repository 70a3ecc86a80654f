//! The desktop around the window: its menus, its notifications and the tray. What a person asks for there becomes a
//! [`Wish`](crate::wishes::Wish) of the pages.

mod badge;
mod desk_notices;
mod health;
mod links;
mod menu;
mod notices;
mod notifications;
mod tray;
mod words;

pub(crate) use desk_notices::tell_trouble;
pub(crate) use links::take_links;
pub(crate) use menu::{build as menu, chosen};
pub(crate) use notifications::tell;
pub(crate) use tray::{Tray, bring_up, chosen_in_tray, show_health};
pub(crate) use words::Words;
