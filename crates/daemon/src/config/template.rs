//! The configuration file that `tekportd init` writes: every option with a comment.

use super::{Config, RootKeySource};
use std::net::SocketAddr;
use tekport_api::enrolment::Environment;

const TEMPLATE: &str = include_str!("default.toml");

/// What `tekportd init` was told; the rest of the file is the defaults.
#[derive(Debug, Clone)]
pub struct Answers {
    /// `daemon.name`.
    pub name: String,
    /// `daemon.environment`.
    pub environment: Environment,
    /// `admin.listen`.
    pub admin_listen: SocketAddr,
    /// `admin.address`.
    pub admin_address: Option<String>,
    /// `public.listen`.
    pub public_listen: SocketAddr,
    /// `health.listen`.
    pub health_listen: SocketAddr,
    /// `schedule.min_window_age`.
    pub min_window_age: super::Span,
    /// `root_key.source`.
    pub root_key_source: RootKeySource,
}

impl Default for Answers {
    fn default() -> Self {
        let config = Config::default();
        Self {
            name: config.daemon.name,
            environment: config.daemon.environment,
            admin_listen: config.admin.listen,
            admin_address: config.admin.address,
            public_listen: config.public.listen,
            health_listen: config.health.listen,
            min_window_age: config.schedule.min_window_age,
            root_key_source: config.root_key.source,
        }
    }
}

/// Writes the configuration file with every option and its comment.
///
/// # Errors
/// When an answer can't be written as TOML, which no value of these types does.
pub fn default_file(answers: &Answers) -> Result<String, toml::ser::Error> {
    let quoted = |text: String| toml::Value::String(text).to_string();
    let address = answers.admin_address.clone().map_or_else(
        || "# address = \"tekport.example.org:8443\"".to_owned(),
        |address| format!("address = {}", quoted(address)),
    );
    // The name goes in last: it may hold what looks like another placeholder.
    Ok(TEMPLATE
        .replace("{environment}", &toml::Value::try_from(answers.environment)?.to_string())
        .replace("{admin_listen}", &quoted(answers.admin_listen.to_string()))
        .replace("{admin_address}", &address)
        .replace("{public_listen}", &quoted(answers.public_listen.to_string()))
        .replace("{health_listen}", &quoted(answers.health_listen.to_string()))
        .replace("{min_window_age}", &quoted(answers.min_window_age.to_string()))
        .replace("{root_key_source}", &toml::Value::try_from(answers.root_key_source)?.to_string())
        .replace("{name}", &quoted(answers.name.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_file_says_what_the_defaults_are() {
        let file = default_file(&Answers::default()).unwrap();
        assert_eq!(Config::parse(&file, []), Ok(Config::default()));
    }

    #[test]
    fn answers_land_in_the_file_whatever_they_are() {
        let answers = Answers {
            name: "A \"quoted\" {environment} name\\".to_owned(),
            environment: Environment::Test,
            admin_address: Some("tekport.example.org:443".to_owned()),
            ..Answers::default()
        };
        let config = Config::parse(&default_file(&answers).unwrap(), []).unwrap();
        assert_eq!(config.daemon.name, answers.name);
        assert_eq!(config.daemon.environment, Environment::Test);
        assert_eq!(config.admin.address, answers.admin_address);
    }

    fn collect_options(schema: &serde_json::Value, options: &mut Vec<String>) {
        for (name, value) in schema.as_object().into_iter().flatten() {
            if name == "properties" {
                options.extend(value.as_object().into_iter().flatten().map(|(option, _)| option.clone()));
            }
            collect_options(value, options);
        }
        schema.as_array().into_iter().flatten().for_each(|value| collect_options(value, options));
    }

    #[test]
    fn the_default_file_has_every_option_with_a_comment_before_it() {
        let file = default_file(&Answers::default()).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&Config::json_schema().unwrap()).unwrap();
        let mut options = Vec::new();
        collect_options(&schema, &mut options);
        for option in &options {
            let found = ["\n", "\n# "].map(|line| [format!("{line}{option} = "), format!("{line}[{option}")]);
            let found = found.as_flattened();
            assert!(found.iter().any(|text| file.contains(text)), "{option} is missing from the default file");
        }
        assert!(options.len() > 40, "the schema lists only {options:?}");
        let lines: Vec<&str> = file.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[1].contains(" = ") && !pair[1].starts_with('#')) {
            assert!(pair[0].starts_with('#'), "no comment before {}", pair[1]);
        }
    }

    #[test]
    fn the_committed_schema_is_the_one_of_this_build() {
        let committed = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config.schema.json");
        let expected = Config::json_schema().unwrap();
        let found = std::fs::read_to_string(&committed).unwrap_or_default();
        assert!(found == expected, "config.schema.json is out of date: write it with `tekportd config schema`");
    }
}
