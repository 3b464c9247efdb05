//! Prints a calculation as the letter shows it, in Swedish or in another language that has texts:
//! `cargo run -p domain --example letter [sv|en]`.
#![expect(clippy::print_stdout, reason = "the letter goes to the terminal")]

mod household;
mod letter;

use std::error::Error;

use domain::norm::{RuleBook, calculate, seed};

fn main() -> Result<(), Box<dyn Error>> {
    let language = std::env::args().nth(1).unwrap_or_else(|| "sv".to_owned());
    let book = RuleBook::new(seed::read(toml::from_str)?)?;
    let calculation = calculate(&book, &household::december()?)?;
    print!("{}", letter::Letter::new(&language)?.write(&calculation));
    Ok(())
}
