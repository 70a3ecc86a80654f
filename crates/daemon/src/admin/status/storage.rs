//! Storage that needs a person: what fails in the daily work, and tests that failed where nothing has worked since.

use crate::admin::AdminState;
use tekport_api::status::{Attention, AttentionFacts, AttentionKind, Severity};
use tekport_api::storage_target::{StorageProblem, StorageTarget};

/// The last step of a storage test; without it files are published and stay for ever.
const DELETE: &str = "delete";

/// Adds what needs a person about storage.
pub(super) fn list(state: &AdminState, list: &mut Vec<Attention>) {
    let problems = state.storage.problems();
    list.extend(problems.iter().map(|(target, problem)| failing(target, problem)));
    // What fails in the daily work says more than a test of it.
    let untold = state.storage.to_api().into_iter().filter(|target| !problems.contains_key(&target.name));
    list.extend(untold.filter_map(test_failed));
}

fn failing(target: &str, problem: &StorageProblem) -> Attention {
    let StorageProblem { publishing, since, detail, message } = problem;
    let (severity, title, meaning) = if *publishing {
        let meaning = "Phones get nothing new from there until it works; the daemon tries again by itself";
        (Severity::Bad, format!("Storage target {target} fails"), meaning)
    } else {
        let meaning = "Files whose retention is over stay there until it works; the daemon tries again by itself, and phones miss nothing";
        (Severity::Warn, format!("Storage target {target} deletes nothing"), meaning)
    };
    Attention {
        severity,
        kind: AttentionKind::StorageFailing.into(),
        title,
        detail: format!("Since {since}: {detail}. {meaning}"),
        resource_id: Some(target.to_owned()),
        facts: AttentionFacts {
            name: Some(target.to_owned()),
            at: Some(*since),
            reason: Some(detail.clone()),
            reason_message: Some(message.clone()),
            ..AttentionFacts::default()
        },
    }
}

fn test_failed(target: StorageTarget) -> Option<Attention> {
    let test = target.last_test.filter(|test| !test.passed && target.recovered_at.is_none())?;
    let step = test.steps.into_iter().find(|step| !step.passed)?;
    let (severity, meaning) = match step.step.as_str() {
        DELETE => (Severity::Warn, "Files are published there, and stay when their retention is over"),
        _ => (Severity::Bad, "Nothing can be published there"),
    };
    let reason = format!("{}: {}", step.step, step.detail);
    Some(Attention {
        severity,
        kind: AttentionKind::StorageTestFailed.into(),
        title: format!("Storage target {} doesn't work", target.name),
        detail: format!("Its last test failed at the step {reason}. {meaning}. Remove the cause, then test it again"),
        facts: AttentionFacts {
            name: Some(target.name.clone()),
            reason: Some(reason),
            reason_message: step.message,
            ..AttentionFacts::default()
        },
        resource_id: Some(target.name),
    })
}
