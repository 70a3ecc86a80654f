//! Environment variables that the webview needs and some desktops lack.
//!
//! They must be set before any thread starts, and setting them in a running process is unsafe: so the program
//! starts itself again, once, with them set.

/// The variable that tells when the program was started first, in milliseconds since the epoch.
pub(crate) const BEGUN: &str = "TEKPORT_CONSOLE_BEGUN";

/// Starts the program again with the missing variables; returns when none is missing.
///
/// # Errors
/// When the program can't be started again.
#[cfg(target_os = "linux")]
pub fn mend() -> anyhow::Result<()> {
    use anyhow::Context;
    use std::os::unix::process::CommandExt;

    let missing = missing(|name| std::env::var(name).ok());
    if missing.is_empty() {
        return Ok(());
    }
    let program = std::env::current_exe().context("the program doesn't find its own file")?;
    let begun = (BEGUN, crate::start::now().to_string());
    let error =
        std::process::Command::new(program).args(std::env::args_os().skip(1)).envs(missing).envs([begun]).exec();
    Err(error).context("the program can't start itself again")
}

/// Nothing is missing on other systems.
///
/// # Errors
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn mend() -> anyhow::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", test))]
fn missing(variable: impl Fn(&str) -> Option<String>) -> Vec<(&'static str, &'static str)> {
    const LOCALE: &str = "en_US.UTF-8";
    let mut missing = Vec::new();
    // Without it some graphics drivers leave the window white.
    if variable("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        missing.push(("WEBKIT_DISABLE_DMABUF_RENDERER", "1"));
    }
    // In the C locale the webview's language is "C", and every date or number format throws.
    let locale =
        ["LC_ALL", "LANG"].into_iter().filter_map(&variable).find(|value| !value.is_empty()).unwrap_or_default();
    let language = locale.split('.').next().unwrap_or_default();
    if matches!(language, "" | "C" | "POSIX") {
        missing.extend([("LC_ALL", LOCALE), ("LANG", LOCALE)]);
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(set: &[(&str, &str)]) -> Vec<&'static str> {
        let variable = |name: &str| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        missing(variable).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn what_is_set_is_left_alone() {
        assert!(names(&[("WEBKIT_DISABLE_DMABUF_RENDERER", "0"), ("LANG", "de_DE.UTF-8")]).is_empty());
        assert!(names(&[("WEBKIT_DISABLE_DMABUF_RENDERER", "1"), ("LC_ALL", "en_US.UTF-8"), ("LANG", "C")]).is_empty());
    }

    #[test]
    fn a_locale_without_a_language_is_mended() {
        for locale in ["", "C", "C.UTF-8", "POSIX"] {
            let set = [("WEBKIT_DISABLE_DMABUF_RENDERER", "1"), ("LANG", locale)];
            assert_eq!(names(&set), ["LC_ALL", "LANG"], "{locale:?}");
        }
    }

    #[test]
    fn what_was_mended_is_not_missing_any_more() {
        let mended = missing(|_| None);
        assert!(
            missing(|name| mended.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned()))
                .is_empty()
        );
    }
}
