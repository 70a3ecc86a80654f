//! What stands in the way of a key's end, as sentences.

use tekport_api::signing_key::{EndBlocker, EndCheck, Recipient};

/// Says what stands in the way, what to do about it, and from when on it is allowed. One sentence for each blocker.
#[must_use]
pub fn reasons(check: &EndCheck) -> String {
    let mut sentences: Vec<String> = check.blockers.iter().map(sentence).collect();
    sentences.push(match check.earliest {
        Some(earliest) => format!("It is allowed from {earliest} on"),
        None => "From when on it is allowed shows once that is done".to_owned(),
    });
    sentences.join(". ")
}

fn sentence(blocker: &EndBlocker) -> String {
    match blocker {
        EndBlocker::NotSigning => "It doesn't sign, so there is nothing to end".to_owned(),
        EndBlocker::OnlyLiveSigner { output_region, .. } => {
            format!("{output_region}: no other key goes on signing there; attach a successor first")
        }
        EndBlocker::OnlyOlderKeys { output_region, key, older, .. } => format!(
            "{output_region}: only keys from before {key} go on signing there, such as {older}, and Apple gives iPhones \
             one key at a time, the newest: those that hold {key} would refuse every new file; attach a successor first"
        ),
        EndBlocker::SuccessorNotConfirmed { output_region, successor, missing, .. } => {
            let missing = names(missing);
            format!(
                "{output_region}: {missing} didn't confirm {successor} yet; record the confirmation once it is there"
            )
        }
        EndBlocker::FilesSignedAlone { output_region, files, until, .. } => {
            let files = if *files == 1 { "1 file".to_owned() } else { format!("{files} files") };
            format!(
                "{output_region}: the index offers {files} until {until} without the signature of a key that takes over; phones would refuse them"
            )
        }
    }
}

/// `Google and Apple`.
pub(crate) fn names(recipients: &[Recipient]) -> String {
    recipients.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}
