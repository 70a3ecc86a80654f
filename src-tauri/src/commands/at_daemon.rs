//! Which daemon a command is meant for. The pages name the daemon that they show with everything they ask for
//! (`ui/src/lib/invoke.ts`), and what was begun on one daemon's pages never reaches another.

use crate::console::Console;
use crate::error::ConsoleFault;
use crate::{CommandError, ErrorCode};
use serde_json::Value;
use specta::Types;
use specta::datatype::DataType;
use specta::function::FunctionArg;
use std::ops::Deref;
use std::sync::Arc;
use tauri::ipc::{CommandArg, CommandItem, InvokeBody, InvokeError};
use tauri::{Runtime, State};

/// The name that the pages give the daemon's CA pin among a command's arguments.
const SHOWN: &str = "shownDaemon";

/// The console for what goes to the daemon that is shown, as its pages see it: once another daemon is shown, each
/// request is refused. A page that names no daemon is refused as well.
pub(super) struct AtDaemon(Console);

impl Deref for AtDaemon {
    type Target = Console;

    fn deref(&self) -> &Console {
        &self.0
    }
}

impl<'de, R: Runtime> CommandArg<'de, R> for AtDaemon {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        let daemon = named(command.message.payload()).map_err(InvokeError::from)?;
        let console: State<'_, Arc<Console>> = State::from_command(command)?;
        Ok(Self(console.asked_at(daemon)))
    }
}

/// It is none of the arguments that the bindings list: those of all commands carry it.
impl FunctionArg for AtDaemon {
    fn to_datatype(_types: &mut Types) -> Option<DataType> {
        None
    }
}

fn named(arguments: &InvokeBody) -> Result<&str, CommandError> {
    let daemon = match arguments {
        InvokeBody::Json(arguments) => arguments.get(SHOWN).and_then(Value::as_str),
        InvokeBody::Raw(_) => None,
    };
    let unnamed =
        || CommandError::said(ErrorCode::DaemonSwitched, "Which daemon is meant?", &ConsoleFault::WhichDaemon);
    daemon.ok_or_else(unnamed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_that_names_no_daemon_reaches_none() {
        let body = |arguments| InvokeBody::Json(arguments);
        assert_eq!(named(&body(json!({"id": "1", "shownDaemon": "ab"}))).unwrap(), "ab");
        for arguments in [json!({"id": "1"}), json!({"shownDaemon": null}), json!({"shownDaemon": 1}), json!(null)] {
            assert_eq!(named(&body(arguments)).unwrap_err().code, "daemon-switched");
        }
        assert_eq!(named(&InvokeBody::Raw(vec![])).unwrap_err().code, "daemon-switched");
    }
}
