//! What Google and Apple are sent for a key, where the daemon can sign with it.

use super::custody;
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::caller::Caller;
use crate::admin::ids::Id;
use crate::key_life::package::{self, PackageRefused};
use crate::problem::Refusal;
use axum::extract::State;
use tekport_api::Problem;
use tekport_api::signing_key::KeyPackage;

/// Makes the files to send to Google and Apple: the message, the public key, a proof of possession, a certificate.
#[utoipa::path(post, path = "/signing-keys/{id}/package", tag = "signing keys",
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The files", body = KeyPackage),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn make(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
) -> Result<Answer, Refusal> {
    let mut connection = state.store.pool().acquire().await?;
    let key = custody::found(&mut connection, id).await?;
    drop(connection);
    let made = package::make(&state.store, &state.signer, key, &caller.actor(), state.now()).await?;
    Answer::ok(&KeyPackage::from(made.package))
}

impl From<PackageRefused> for Refusal {
    fn from(error: PackageRefused) -> Self {
        match error {
            PackageRefused::Store(error) => error.into(),
            PackageRefused::Broken(_) => Self::internal(error),
            PackageRefused::NotToSend(why) => Self::conflict(&why),
            PackageRefused::State(why) => Self::conflict(&why),
            PackageRefused::Sign(error) => Self::conflict(&error.fault()),
        }
    }
}
