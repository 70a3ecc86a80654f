//! The way to write down sentences with codes: the sentence is there once, as the variant's own.

use super::{Message, Refused, Said};
use serde::{Serialize, Serializer};
use std::fmt;

/// Makes an enum of sentences. Each variant's name is its code, in kebab-case behind the area; its fields are the
/// values; the text beside it is what it says in English.
#[macro_export]
macro_rules! sentences {
    (
        $(#[$outer:meta])*
        $vis:vis enum $name:ident in $area:literal {
            $($variant:ident $({ $($field:ident: $type:ty),* $(,)? })? => $text:literal),* $(,)?
        }
    ) => {
        $(#[$outer])*
        #[serde(tag = "code", content = "params", rename_all = "kebab-case")]
        $vis enum $name {
            $(
                #[doc = $text]
                $variant $({ $(
                    #[doc = concat!("The value `", stringify!($field), "` of the sentence.")]
                    $field: $type
                ),* })?
            ),*
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant $({ $($field),* })? => write!(f, $text)),*
                }
            }
        }

        impl $crate::message::Said for $name {
            const AREA: &'static str = $area;
        }
    };
}

/// A sentence within a sentence: among the values it stands as a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nested {
    english: String,
    message: Message,
}

impl Nested {
    /// A sentence that is there with its message already.
    #[must_use]
    pub fn new(english: String, message: Message) -> Self {
        Self { english, message }
    }

    /// The sentence's code and values.
    #[must_use]
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// This sentence and another one behind it.
    #[must_use]
    pub fn then(self, second: Self) -> Self {
        Self::from(&Refused::Then { first: self, second })
    }
}

impl<S: Said> From<&S> for Nested {
    fn from(said: &S) -> Self {
        Self { english: said.to_string(), message: said.message() }
    }
}

impl fmt::Display for Nested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl Serialize for Nested {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.message.serialize(serializer)
    }
}

/// Several values in a row, with a comma and a space between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List<T = String>(pub Vec<T>);

impl<T: fmt::Display> fmt::Display for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl<T: Into<String>> FromIterator<T> for List {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(Into::into).collect())
    }
}

macro_rules! joined {
    ($(#[$outer:meta])* $name:ident by $word:literal) => {
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        pub struct $name(pub Vec<String>);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for (i, item) in self.0.iter().enumerate() {
                    let between = if i == 0 { "" } else if i + 1 == self.0.len() { $word } else { ", " };
                    write!(f, "{between}{item}")?;
                }
                Ok(())
            }
        }

        impl<T: Into<String>> FromIterator<T> for $name {
            fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
                Self(items.into_iter().map(Into::into).collect())
            }
        }
    };
}

joined! {
    /// Several values that belong together: `a, b and c`.
    Names by " and "
}

joined! {
    /// Several values of which one is enough: `a, b or c`.
    Alternatives by " or "
}

/// In the tables of the pages a value is a text, however it is made.
#[cfg(feature = "bindings")]
mod bindings {
    use super::{Alternatives, List, Names, Nested};
    use specta::datatype::DataType;
    use specta::{Type, Types};

    impl Type for Nested {
        fn definition(types: &mut Types) -> DataType {
            String::definition(types)
        }
    }

    impl Type for Names {
        fn definition(types: &mut Types) -> DataType {
            String::definition(types)
        }
    }

    impl Type for Alternatives {
        fn definition(types: &mut Types) -> DataType {
            String::definition(types)
        }
    }

    impl<T> Type for List<T> {
        fn definition(types: &mut Types) -> DataType {
            String::definition(types)
        }
    }
}
