//! The components that pages are made of. Every form posts plainly; every class here stands in `style/`.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

pub mod button;
pub mod calculation;
pub mod card;
pub mod checkboxes;
pub mod dispute;
pub mod errors;
pub mod failure;
pub mod fetched;
pub mod field;
pub mod grouped_select;
pub mod icon;
pub mod list;
pub mod mark;
pub mod proof_field;
pub mod steps;
pub mod table;
pub mod text_area;

pub use button::{BackLink, LinkButton, PostButton, SubmitButton, Weight};
pub use calculation::{CalculationLines, CalculationSums, line_label};
pub use card::{Card, CardHead, NextStep, Note, NoteTone, PageHead, Prose};
pub use checkboxes::Checkboxes;
pub use dispute::{reason_key, row_dispute};
pub use errors::{ErrorLink, ErrorSummary, field_errors};
pub use failure::failure_word;
pub use fetched::{fetched_paid, fetched_when};
pub use field::{
    DateField, Field, FieldState, Radios, RevisionField, Select, SelectOption, TextKind, field_state, shown_revision,
};
pub use grouped_select::{GroupedSelect, SelectGroup};
pub use icon::Icon;
pub use list::{Sum, SummaryChange, SummaryList, SummaryRow, Sums, Task, TaskList};
pub use mark::{Amount, Isolated, SourceChip, Tag, authority_name};
pub use proof_field::{ProofField, one_file, proofs_in_short};
pub use steps::{Step, StepState, Steps};
pub use table::{Pagination, Tab, Table, Tabs};
pub use text_area::TextArea;
