//! What the desktop asks of the pages: a file dropped on the window, a link that was opened, a menu entry. The pages
//! fetch them one by one; what comes before they are there waits for them.

use serde::Serialize;
use specta::Type;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;
use tokio::sync::Notify;

/// So many wait at most; the oldest go first. Nobody drops that many files in earnest.
const MOST: usize = 16;

/// One thing that the pages are asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Wish {
    /// Show what is in an export file.
    ViewExport {
        /// Where it lies.
        path: String,
    },
    /// Offer to join the daemon of an enrolment code.
    Join {
        /// The code, as it would be pasted.
        code: String,
    },
    /// Make the pages larger or smaller.
    Zoom {
        /// Which way.
        step: ZoomStep,
    },
    /// Show a page.
    Go {
        /// Its address in the console: `/batches`.
        page: String,
    },
}

/// A step in the size of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum ZoomStep {
    /// Larger.
    In,
    /// Smaller.
    Out,
    /// Back to the normal size.
    Reset,
}

/// Those that the pages haven't fetched yet.
#[derive(Debug, Default)]
pub struct Wishes {
    queue: Mutex<Queue>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    wishes: VecDeque<Wish>,
    /// Grows with each call of [`Wishes::next`]: after a reload, the page that is gone still waits.
    caller: u64,
}

impl Wishes {
    /// Adds one.
    pub fn add(&self, wish: Wish) {
        let mut queue = self.queue();
        queue.wishes.push_back(wish);
        while queue.wishes.len() > MOST {
            queue.wishes.pop_front();
        }
        drop(queue);
        self.changed.notify_waiters();
    }

    /// Adds one for each file that was dropped.
    pub fn add_files(&self, paths: &[PathBuf]) {
        for path in paths {
            self.add(Wish::ViewExport { path: path.to_string_lossy().into_owned() });
        }
    }

    /// Adds what the arguments of a start ask for: an enrolment link or code, or an export file.
    pub fn add_arguments(&self, arguments: impl IntoIterator<Item = String>) {
        for argument in arguments {
            if let Some(code) = enrolment_code(&argument) {
                self.add(Wish::Join { code });
            } else if argument.to_ascii_lowercase().ends_with(".zip") {
                self.add(Wish::ViewExport { path: argument });
            }
        }
    }

    /// Waits for the next one. A later call ends an earlier one with `None`.
    pub async fn next(&self) -> Option<Wish> {
        let own = {
            let mut queue = self.queue();
            queue.caller += 1;
            queue.caller
        };
        self.changed.notify_waiters();
        loop {
            // Made before looking, so that nothing that comes in between is missed.
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            {
                let mut queue = self.queue();
                if queue.caller != own {
                    return None;
                }
                if let Some(wish) = queue.wishes.pop_front() {
                    return Some(wish);
                }
            }
            changed.await;
        }
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads an enrolment code from what was opened: the code itself, or a link `tekport://enrol#<code>`. The code stands
/// behind the `#`, the part of an address that no program sends anywhere or keeps with it.
#[must_use]
pub fn enrolment_code(text: &str) -> Option<String> {
    let code = text.strip_prefix("tekport://enrol#").or_else(|| text.strip_prefix("tekport://enrol/#")).unwrap_or(text);
    code.starts_with(tekport_api::enrolment::CODE_PREFIX).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn go(page: &str) -> Wish {
        Wish::Go { page: page.to_owned() }
    }

    #[tokio::test]
    async fn what_came_before_the_page_is_fetched_in_order() {
        let wishes = Wishes::default();
        wishes.add(go("/a"));
        wishes.add(go("/b"));
        assert_eq!((wishes.next().await, wishes.next().await), (Some(go("/a")), Some(go("/b"))));
    }

    #[tokio::test]
    async fn a_page_that_waits_gets_what_comes_and_one_that_is_gone_gets_nothing() {
        let wishes = Arc::new(Wishes::default());
        let gone = tokio::spawn({
            let wishes = Arc::clone(&wishes);
            async move { wishes.next().await }
        });
        tokio::task::yield_now().await;
        let there = tokio::spawn({
            let wishes = Arc::clone(&wishes);
            async move { wishes.next().await }
        });
        assert_eq!(gone.await.unwrap(), None);
        wishes.add(go("/batches"));
        assert_eq!(there.await.unwrap(), Some(go("/batches")));
    }

    #[test]
    fn arguments_are_links_codes_and_export_files() {
        let code = format!("{}abc", tekport_api::enrolment::CODE_PREFIX);
        let wishes = Wishes::default();
        wishes.add_arguments(["/usr/bin/tekport-console".into(), format!("tekport://enrol#{code}"), "/x/Y.ZIP".into()]);
        let queue = wishes.queue();
        let expected = [Wish::Join { code: code.clone() }, Wish::ViewExport { path: "/x/Y.ZIP".to_owned() }];
        assert_eq!(queue.wishes, expected);
        assert_eq!(enrolment_code(&code), Some(code));
        assert_eq!(enrolment_code("tekport://other#x"), None);
    }

    #[test]
    fn a_flood_keeps_the_newest() {
        let wishes = Wishes::default();
        for n in 0..40 {
            wishes.add(go(&n.to_string()));
        }
        assert_eq!(wishes.queue().wishes.front(), Some(&go("24")));
    }
}
