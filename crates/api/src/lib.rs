//! The REST contract between `tekportd` and everything that talks to it.
//!
//! Wire types hold what travels as JSON, in primitive types, so that any mistake a person can type arrives
//! and can be answered with a [`problem::FieldProblem`]. Each request type has a `validate` that turns it
//! into a typed value which can't be wrong; past that edge nothing is checked twice.

pub mod audit;
pub mod batch;
pub mod batch_days;
#[cfg(feature = "client")]
pub mod client;
pub mod clock;
pub mod enrolment;
pub mod export_config;
pub mod message;
pub mod page;
pub mod people;
pub mod problem;
pub mod signing_key;
pub mod status;
pub mod storage_target;
pub mod tek_lookup;
pub mod teks;
pub mod time;
pub mod verification;

pub use clock::Clock;
pub use message::{Message, Said};
pub use problem::{FieldProblem, Problem};
pub use time::UtcTime;
