//! `tekportd enroll`: lets somebody in.

use super::open::Opened;
use super::print_json;
use crate::audit::Actor;
use crate::config::Location;
use crate::invitation::invite;
use clap::Args;
use std::process::ExitCode;
use tekport_api::people::PersonDraft;

#[derive(Debug, Args)]
pub(super) struct Enroll {
    /// The person's or key server's name, as the audit log shows it.
    #[arg(value_name = "NAME", required_unless_present = "named")]
    name: Option<String>,
    /// The same, as an option.
    #[arg(long = "name", id = "named", value_name = "NAME", conflicts_with = "name")]
    named: Option<String>,
    /// What they may do: viewer, operator, admin, security-officer; or ingest alone, for a key server. Repeatable.
    #[arg(long = "role", required = true, value_name = "ROLE")]
    roles: Vec<String>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

impl Enroll {
    pub(super) async fn run(self, location: &Location) -> anyhow::Result<ExitCode> {
        let draft = PersonDraft { name: self.name.or(self.named).unwrap_or_default(), roles: self.roles };
        let spec = draft.validate().map_err(|problems| {
            let lines = problems.iter().map(|p| format!("{}: {}; allowed: {}", p.field, p.reason, p.allowed));
            anyhow::anyhow!(lines.collect::<Vec<_>>().join("\n"))
        })?;
        let opened = Opened::open(location).await?;
        let origin = opened.code_origin()?;
        let invitation = invite(&opened.store, &Actor::local(), &spec, &origin, opened.clock.now()).await?;
        if self.json {
            print_json(&invitation)?;
        } else {
            let roles: Vec<&str> = invitation.person.roles.iter().map(|role| role.as_str()).collect();
            println!(
                "This code lets in {:?} as {}, once, until {}:\n",
                invitation.person.name,
                roles.join(", "),
                invitation.expires_at
            );
            println!("{}", invitation.code);
        }
        Ok(ExitCode::SUCCESS)
    }
}
