//! Commands whose signatures the pages can rely on already.

use super::Console;
use crate::CommandError;
use crate::view::*;

type Answer<T> = Result<T, CommandError>;

fn later<T>() -> Answer<T> {
    Err(CommandError::new("internal", "Not in this build", "this build can't do that; update the console"))
}

impl Console {
    pub(crate) async fn unattended_signing(&self) -> Answer<UnattendedSigning> {
        later()
    }
    pub(crate) async fn set_unattended_signing(&self, _: bool, _: Vec<String>) -> Answer<UnattendedSigning> {
        later()
    }
}
