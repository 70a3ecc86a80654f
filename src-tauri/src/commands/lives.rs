//! A signing key's life as the daemon keeps it: attached, shared, ended, revoked.

use super::{Answer, AtDaemon};
use tekport_api::signing_key::{
    AuthorityDetails, ConfigRevision, EndCheck, EndRequest, KeyEvent, Recipient, RegeneratedFiles, RevocationImpact,
    Rotation, ShareUpdate, SigningKey,
};

#[tauri::command]
#[specta::specta]
pub(super) async fn attach_signing_key(
    console: AtDaemon,
    id: String,
    configs: Vec<ConfigRevision>,
) -> Answer<SigningKey> {
    Ok(console.client().await?.attach_signing_key(&id, &configs).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn rotation(console: AtDaemon, id: String) -> Answer<Rotation> {
    console.rotation(&id).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn record_share(
    console: AtDaemon,
    id: String,
    recipient: Recipient,
    update: ShareUpdate,
) -> Answer<SigningKey> {
    Ok(console.client().await?.record_share(&id, recipient, &update).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn key_end(console: AtDaemon, id: String) -> Answer<EndCheck> {
    Ok(console.client().await?.key_end(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn set_key_end(console: AtDaemon, id: String, request: EndRequest) -> Answer<SigningKey> {
    Ok(console.client().await?.set_key_end(&id, &request).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn plan_rotation(console: AtDaemon, id: String, rotation_days: u32) -> Answer<SigningKey> {
    Ok(console.client().await?.plan_rotation(&id, rotation_days).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn set_authority(console: AtDaemon, id: String, details: AuthorityDetails) -> Answer<SigningKey> {
    Ok(console.client().await?.set_authority(&id, &details).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn key_history(console: AtDaemon, id: String) -> Answer<Vec<KeyEvent>> {
    Ok(console.client().await?.key_history(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn revocation_impact(console: AtDaemon, id: String) -> Answer<RevocationImpact> {
    Ok(console.client().await?.revocation_impact(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn revoke_signing_key(console: AtDaemon, id: String, reason: String) -> Answer<SigningKey> {
    Ok(console.client().await?.revoke_signing_key(&id, &reason).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn revoke_unused_signing_key(console: AtDaemon, id: String, reason: String) -> Answer<SigningKey> {
    Ok(console.client().await?.revoke_unused_signing_key(&id, &reason).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn regenerate_files_of_key(console: AtDaemon, id: String) -> Answer<RegeneratedFiles> {
    Ok(console.client().await?.regenerate_files_of_key(&id).await?)
}
