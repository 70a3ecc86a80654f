//! Cursor pagination, the same for every list.

use serde::{Deserialize, Serialize};

/// The most items one page can hold.
pub const MAX_PAGE: u32 = 500;
/// Items on a page when the request doesn't say.
pub const DEFAULT_PAGE: u32 = 100;

/// What a list request may say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct PageQuery {
    /// The `next_cursor` of the page before; absent for the first page.
    pub cursor: Option<String>,
    /// Items wanted: 1 to 500, 100 when absent.
    pub limit: Option<u32>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the list's own order.
    pub items: Vec<T>,
    /// Opaque; asks for the next page. Absent on the last one.
    pub next_cursor: Option<String>,
}
