//! Every command that the pages can call, one file a topic. Each only forwards.

mod at_daemon;
mod batches;
mod configs;
mod daemon;
mod desktop;
mod keys;
mod lives;
mod people;
mod records;
mod signing;

use crate::CommandError;
use crate::console::Console;
use crate::messages::Messages;
use at_daemon::AtDaemon;
use std::sync::Arc;
use tauri::{State, Wry};
use tauri_specta::{Builder, collect_commands};
use tekport_api::page::PageQuery;
use tekport_api::status::AttentionKind;

/// The console for what needs no daemon, or chooses one.
type Local<'a> = State<'a, Arc<Console>>;
type Answer<T> = Result<T, CommandError>;

fn page(cursor: Option<String>) -> PageQuery {
    PageQuery { cursor, limit: None }
}

/// Every command, for Tauri to call and for the bindings to name.
pub(crate) fn collect() -> Builder<Wry> {
    // On the wire the kind of what needs a person is a text; the pages have words for each of these.
    let builder = Builder::new().disable_serde_phases().typ::<AttentionKind>().typ::<Messages>();
    builder.commands(collect_commands![
        daemon::connection,
        daemon::inspect_code,
        daemon::enrol,
        daemon::leave_daemon,
        daemon::list_daemons,
        daemon::switch_daemon,
        daemon::mark_daemon,
        desktop::settings,
        desktop::save_settings,
        desktop::next_wish,
        desktop::pages_speak,
        desktop::pages_usable,
        desktop::note_failure,
        desktop::diagnostics,
        desktop::choose_export_file,
        desktop::view_export,
        daemon::test_connection,
        daemon::me,
        daemon::status,
        daemon::last_known,
        daemon::keys_per_batch,
        daemon::inspect_sealing_key,
        daemon::accept_sealing_key,
        daemon::keychain_status,
        daemon::list_storage_targets,
        daemon::test_storage_target,
        daemon::copy_text,
        configs::list_export_configs,
        configs::get_export_config,
        configs::create_export_config,
        configs::update_export_config,
        configs::preview_export_config,
        configs::pause_export_config,
        configs::resume_export_config,
        configs::run_export_config,
        configs::save_config_file,
        configs::choose_config_file,
        configs::inspect_config_file,
        keys::list_signing_keys,
        keys::generate_signing_key,
        keys::register_token_key,
        keys::token_status,
        keys::provision_signing_key,
        keys::unprovision_signing_key,
        keys::search_removed_copies,
        keys::export_key_package,
        keys::passphrase_strength,
        keys::back_up_signing_key,
        keys::choose_key_file,
        keys::inspect_key_file,
        keys::restore_signing_key,
        keys::import_signing_key,
        lives::attach_signing_key,
        lives::rotation,
        lives::record_share,
        lives::key_end,
        lives::set_key_end,
        lives::plan_rotation,
        lives::set_authority,
        lives::key_history,
        lives::revocation_impact,
        lives::revoke_signing_key,
        lives::revoke_unused_signing_key,
        lives::regenerate_files_of_key,
        signing::signing_tasks,
        signing::review_batch,
        signing::sign_batch,
        signing::config_approval,
        signing::approve_config,
        signing::unattended_signing,
        signing::set_unattended_signing,
        people::list_people,
        people::invite_person,
        people::revoke_person,
        people::update_person,
        people::new_enrolment_code,
        people::enrolment_code_qr,
        records::list_audit,
        records::audit_choices,
        records::verify_audit,
        records::export_audit,
        records::look_up_tek,
        batches::list_batches,
        batches::batch_days,
        batches::get_batch,
        batches::retry_batch,
        batches::regenerate_batch,
        batches::download_file,
        batches::verify_file,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const TAURIS: &str = "import { invoke as __TAURI_INVOKE } from \"@tauri-apps/api/core\";";
    const OURS: &str = "import { invoke as __TAURI_INVOKE } from \"./lib/invoke\";";

    /// `UPDATE_BINDINGS=1` writes the file anew.
    #[test]
    fn the_committed_bindings_are_those_of_the_commands() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        let header = "// Generated from the console's commands by `cargo test -p tekport-console bindings`; not edited by hand.\n";
        collect().export(specta_typescript::Typescript::default().header(header), &fresh).unwrap();
        let fresh = std::fs::read_to_string(&fresh).unwrap();
        // The pages' own way to call a command says which daemon they show.
        assert_eq!(fresh.matches(TAURIS).count(), 1, "the bindings call commands in another way than before");
        let fresh = fresh.replace(TAURIS, OURS);
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings.ts");
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::write(&committed, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(&committed).unwrap_or_default();
        assert!(
            committed == fresh,
            "ui/src/bindings.ts is out of date: run UPDATE_BINDINGS=1 cargo test -p tekport-console bindings"
        );
    }
}
