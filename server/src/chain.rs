//! An error with all its causes, as one line.

use std::error::Error;
use std::fmt;

/// Prints an error and each of its causes once, the outermost first. Messages do not repeat their cause; whoever prints one uses this.
pub fn chain<'e>(error: &'e (dyn Error + 'static)) -> Chain<'e> {
    Chain(error)
}

pub struct Chain<'e>(&'e (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut before = self.0.to_string();
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let text = error.to_string();
            // An error that only passes its cause on has the same words.
            if text != before {
                write!(f, ": {text}")?;
            }
            (before, cause) = (text, error.source());
        }
        Ok(())
    }
}

/// What a parser says, as the cause of an error that may be logged.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WithoutValues(String);

impl WithoutValues {
    pub fn of(error: &(dyn Error + 'static)) -> Self {
        Self(without_values(&chain(error).to_string()))
    }
}

/// What a parser says without the values that it quotes, which may be secret or somebody's: texts in double quotes, unless they are the names
/// of fields, and what stands in backticks after the name of what it is. Other words in backticks are names.
pub(crate) fn without_values(said: &str) -> String {
    let mut kept = String::with_capacity(said.len());
    let mut rest = said;
    while let Some((before, after)) = rest.find(['"', '`']).map(|at| rest.split_at(at)) {
        kept.push_str(before);
        let is_text = after.starts_with('"');
        let is_value = if is_text { !kept.ends_with("field ") } else { VALUES.iter().any(|name| kept.ends_with(name)) };
        let end = match (is_text, is_value) {
            (true, _) => end_of_text(after),
            // A value may have backticks of its own: it ends where the parser goes on.
            (false, true) => after.find("`, expected").map(|end| end + 1),
            (false, false) => after[1..].find('`').map(|end| end + 2),
        };
        let (quoted, more) = after.split_at(end.unwrap_or(after.len()));
        kept.push_str(if is_value { "…" } else { quoted });
        rest = more;
    }
    kept + rest
}

/// How serde calls what it quotes in backticks.
const VALUES: [&str; 5] = ["integer ", "floating point ", "boolean ", "character ", "variant "];

/// Where a text in double quotes, in which they are escaped, is over.
fn end_of_text(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    let end = quoted[1..].find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map(|end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum Outer {
        #[error("the file {0} cannot be read")]
        File(&'static str, #[source] std::io::Error),
        #[error(transparent)]
        PassedOn(Box<Outer>),
    }

    #[test]
    fn each_cause_is_printed_once() {
        let file = || Outer::File("a.toml", std::io::Error::other("no such device"));
        let expected = "the file a.toml cannot be read: no such device";
        assert_eq!(chain(&file()).to_string(), expected);
        assert_eq!(chain(&Outer::PassedOn(Box::new(file()))).to_string(), expected);
    }

    #[test]
    fn a_parser_is_quoted_without_values() {
        for (said, expected) in [
            ("invalid type: string \"a \\\"b\\\" c\", expected u8", "invalid type: string …, expected u8"),
            ("invalid value: integer `4711`, expected a day", "invalid value: integer …, expected a day"),
            ("unknown variant `a`b`, expected `http` or `https`", "unknown variant …, expected `http` or `https`"),
            ("unknown field `listens`, expected `listen`", "unknown field `listens`, expected `listen`"),
            ("missing configuration field \"http.listen\"", "missing configuration field \"http.listen\""),
            ("failed to parse \"2026-02-30", "failed to parse …"),
            ("unknown variant `secret", "unknown variant …"),
            ("missing field `a", "missing field `a"),
            ("nothing is quoted", "nothing is quoted"),
        ] {
            assert_eq!(without_values(said), expected);
        }
    }
}
