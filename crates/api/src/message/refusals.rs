//! Why a request is refused as a whole: the details of problems.

use super::Nested;
use crate::sentences;
use serde::Serialize;

sentences! {
    /// Why a request is refused.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum Refused in "refused" {
        Field { field: String, reason: Nested } => "{field}: {reason}",
        Fields { count: u32 } => "{count} fields are refused; each is listed with what is allowed",
    }
}
