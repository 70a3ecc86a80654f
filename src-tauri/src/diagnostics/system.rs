//! The computer around the console, as far as it bears on how the console works.

use super::line;
use std::fmt;
use std::path::Path;

/// The operating system, the desktop and the webview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    name: String,
    desktop: String,
    webview: String,
}

/// What nothing is known of.
const UNKNOWN: &str = "unknown";

impl System {
    /// Looks at this computer.
    #[must_use]
    pub fn look() -> Self {
        let named = |variable| std::env::var(variable).map_or_else(|_| UNKNOWN.to_owned(), |value| plain(&value));
        Self {
            name: plain(&format!("{} {}", os_info::get(), std::env::consts::ARCH)),
            desktop: format!("{}, session {}", named("XDG_CURRENT_DESKTOP"), named("XDG_SESSION_TYPE")),
            webview: tauri::webview_version().map_or_else(|_| UNKNOWN.to_owned(), |version| plain(&version)),
        }
    }

    /// A computer of which nothing is known.
    #[cfg(test)]
    pub(crate) fn unknown() -> Self {
        Self { name: UNKNOWN.to_owned(), desktop: UNKNOWN.to_owned(), webview: UNKNOWN.to_owned() }
    }
}

/// The names that systems give themselves, such as `Debian 12.0.0 [64-bit]`; anything else is left out.
fn plain(text: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || " .,:_-+()[]".contains(*c);
    text.chars().filter(fits).take(80).collect()
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, desktop, webview } = self;
        line(f, "system", format_args!("{name}"))?;
        line(f, "desktop", format_args!("{desktop}"))?;
        line(f, "webview", format_args!("{webview}"))
    }
}

/// Returns a path without whose it is: the home folder as `~`; of a path elsewhere its last part only.
pub(crate) fn shortened(path: &Path, home: Option<&Path>) -> String {
    let below = home.and_then(|home| path.strip_prefix(home).ok());
    let (start, rest) = match (below, path.file_name()) {
        (Some(below), _) => ("~", below.to_path_buf()),
        (None, Some(name)) => ("…", name.into()),
        (None, None) => ("…", std::path::PathBuf::new()),
    };
    Path::new(start).join(rest).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_does_not_say_whose_it_is() {
        let home = Some(Path::new("/home/anna"));
        assert_eq!(shortened(Path::new("/home/anna/.local/share/t"), home), "~/.local/share/t");
        assert_eq!(shortened(Path::new("/srv/anna/console"), home), "…/console");
        assert_eq!(shortened(Path::new("/home/anna/t"), None), "…/t");
    }

    #[test]
    fn this_computer_names_itself_in_one_line_each() {
        let text = System::look().to_string();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains(std::env::consts::ARCH), "{text}");
    }
}
