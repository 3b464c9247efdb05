//! A renewal (förnyad ansökan): what is typed, what it says, when it may be made, and how it goes on.

pub mod activity;
pub mod block;
pub mod carry_over;
pub mod dispute;
pub mod document;
pub mod draft;
pub mod episode;
pub mod household_change;
pub mod judge;
pub mod proof;
pub mod reference;
pub mod small_count;
pub mod state;
pub mod window;

pub use draft::{Draft, Part, Section};
pub use judge::{Context, DraftError, OwnRows, OwnStatements, Statements, judge, judge_own};
pub use reference::Reference;
pub use state::Stage;
pub use window::Window;
