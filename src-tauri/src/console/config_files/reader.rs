//! Takes an object apart field by field, and names whatever isn't as it should be.

use super::json::{Json, cut, quoted};
use super::sentences::{Fields, Found, Wanted};
use std::str::FromStr;
use tekport_api::message::{Fault, List, Nested};
use tekport_api::{FieldProblem, Said};

/// More problems of one config aren't told at once: nobody reads them, and any file may be opened.
const MOST_PROBLEMS: usize = 50;

/// The fields of one object that were not read yet, and what was wrong with those that were.
pub(super) struct Reader {
    /// What stands before a field's name in a problem: empty, or `small_batch.`.
    path: String,
    fields: Vec<(String, Json)>,
    /// Whether there was an object at all: one problem is enough where there was none.
    whole: bool,
    problems: Vec<FieldProblem>,
}

impl Reader {
    /// Reads an object whose fields are called `path` and their name; anything else has no fields and one problem.
    pub(super) fn new(path: &str, json: Json) -> Self {
        let (path, problems) = (path.to_owned(), Vec::new());
        match json {
            Json::Object(fields) => Self { path, fields, whole: true, problems },
            other => {
                let name = Some(path.trim_end_matches('.')).filter(|name| !name.is_empty()).unwrap_or("configs");
                let problem = FieldProblem::new(name, it_is(&other.kind()), Wanted::Object);
                Self { path, fields: Vec::new(), whole: false, problems: vec![problem] }
            }
        }
    }

    /// Names what is wrong with a field.
    pub(super) fn refuse(&mut self, name: &str, reason: Fault, allowed: impl Said) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(FieldProblem::new(format!("{}{name}", self.path), reason, allowed));
        }
    }

    /// A field that may be absent or null.
    pub(super) fn find(&mut self, name: &str) -> Option<Json> {
        let place = self.fields.iter().position(|(other, _)| other == name)?;
        Some(self.fields.remove(place).1).filter(|json| *json != Json::Null)
    }

    /// A field that has to be there.
    pub(super) fn need(&mut self, name: &str, allowed: Wanted) -> Option<Json> {
        let found = self.find(name);
        if found.is_none() && self.whole {
            self.refuse(name, Fault::Missing, allowed);
        }
        found
    }

    /// A text, as it stands there.
    pub(super) fn text(&mut self, name: &str, allowed: Wanted) -> Option<String> {
        let json = self.need(name, allowed)?;
        self.as_text(name, json, allowed)
    }

    /// A value that is written as a text.
    pub(super) fn parsed<T: FromStr>(&mut self, name: &str, allowed: Wanted) -> Option<T> {
        let json = self.need(name, allowed)?;
        self.as_parsed(name, json, allowed)
    }

    /// The same, where it may be absent.
    pub(super) fn parsed_if_there<T: FromStr>(&mut self, name: &str, allowed: Wanted) -> Option<T> {
        let json = self.find(name)?;
        self.as_parsed(name, json, allowed)
    }

    /// A whole number that has to be there.
    pub(super) fn count(&mut self, name: &str, allowed: Wanted) -> Option<u32> {
        let json = self.need(name, allowed)?;
        self.as_count(name, json, allowed)
    }

    /// The same, where it may be absent.
    pub(super) fn count_if_there(&mut self, name: &str, allowed: Wanted) -> Option<u32> {
        let json = self.find(name)?;
        self.as_count(name, json, allowed)
    }

    /// A list of texts; an absent one is empty.
    pub(super) fn texts(&mut self, name: &str, allowed: Wanted, list: Wanted) -> Vec<String> {
        let items = self.list(name, list);
        let texts = items.into_iter().enumerate();
        texts.filter_map(|(i, json)| self.as_text(&format!("{name}[{i}]"), json, allowed)).collect()
    }

    /// A list; an absent one is empty.
    pub(super) fn list(&mut self, name: &str, allowed: Wanted) -> Vec<Json> {
        match self.find(name) {
            None => Vec::new(),
            Some(Json::List(items)) => items,
            Some(other) => {
                self.refuse(name, it_is(&other.kind()), allowed);
                Vec::new()
            }
        }
    }

    /// Takes over what was wrong inside a field.
    pub(super) fn take_problems(&mut self, problems: Vec<FieldProblem>) {
        let room = MOST_PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
    }

    /// Ends the reading: a field that nobody asked for is a problem, too. `known` lists those there are.
    pub(super) fn finish(mut self, known: &[&str]) -> Vec<FieldProblem> {
        for (name, _) in std::mem::take(&mut self.fields) {
            let names = known.iter().copied().collect::<List>();
            self.refuse(cut(&name), Fault::NoSuchField, Fields::Known { names });
        }
        self.problems
    }

    fn as_text(&mut self, name: &str, json: Json, allowed: Wanted) -> Option<String> {
        match json {
            Json::Text(text) => Some(text),
            other => {
                self.refuse(name, it_is(&other.kind()), allowed);
                None
            }
        }
    }

    fn as_parsed<T: FromStr>(&mut self, name: &str, json: Json, allowed: Wanted) -> Option<T> {
        let text = self.as_text(name, json, allowed)?;
        let value = text.parse().ok();
        if value.is_none() {
            self.refuse(name, it_is(&Found::Quoted { text: quoted(&text) }), allowed);
        }
        value
    }

    fn as_count(&mut self, name: &str, json: Json, allowed: Wanted) -> Option<u32> {
        let count = match json {
            Json::Whole(value) => u32::try_from(value).ok(),
            _ => None,
        };
        if count.is_none() {
            self.refuse(name, it_is(&json.kind()), allowed);
        }
        count
    }
}

/// What a value is, where something else is wanted.
pub(super) fn it_is(found: &Found) -> Fault {
    Fault::ItIs { found: Nested::from(found) }
}
