//! The desktop around the window: its menus and its notifications. What a person asks for there becomes a
//! [`Wish`](crate::wishes::Wish) of the pages.

mod menu;
mod notifications;
mod words;

pub(crate) use menu::{build as menu, chosen};
pub(crate) use notifications::watch;
pub(crate) use words::Words;
