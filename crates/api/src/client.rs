//! The typed client over mutual TLS.
