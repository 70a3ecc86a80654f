/**
 * The types that cross between the pages and Rust, generated from `crates/api` and the console's commands. Times are
 * RFC 3339 in UTC.
 */
export type * from '../bindings';
