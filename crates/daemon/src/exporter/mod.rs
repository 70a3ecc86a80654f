//! Makes signed export files of what is due, and keeps the indexes as the store says.
