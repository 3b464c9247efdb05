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
}
