//! What every form page is told: what is wrong with what was typed, and whether somebody typed elsewhere meanwhile.

use domain::renewal::DraftError;

use super::Phrase;

/// One thing that is wrong with one field of a form.
#[derive(Clone, PartialEq)]
pub struct FieldError {
    /// The form's field name, such as `amount`.
    pub field: String,
    /// What is wrong and what to do, in the words shown both at the field and in the summary.
    pub message: Phrase,
}

impl FieldError {
    /// An error at a field.
    pub fn new(field: impl Into<String>, message: impl Into<Phrase>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl From<&DraftError> for FieldError {
    fn from(error: &DraftError) -> Self {
        Self::new(error.form_field(), &error.problem)
    }
}

/// A field that was saved from another window after this form was opened. Both texts are kept until the person has chosen.
#[derive(Clone, PartialEq)]
pub struct Conflict {
    /// The form's field name.
    pub field: String,
    /// The other text, as it was typed there.
    pub other: String,
}

/// The state of one form, beside its typed fields.
#[derive(Clone, Default, PartialEq)]
pub struct Form {
    /// The revision of the draft that the form shows; goes back in the hidden field `revision`. Zero where there is no draft.
    pub revision: u32,
    /// Which draft that is, where the form's address does not say; goes back beside the revision.
    pub of: String,
    /// Empty until something was posted.
    pub errors: Vec<FieldError>,
    /// Empty unless two windows met.
    pub conflicts: Vec<Conflict>,
}

impl Form {
    /// The first error of a field.
    pub fn error(&self, field: &str) -> Option<&Phrase> {
        self.errors.iter().find(|error| error.field == field).map(|error| &error.message)
    }
}

/// One alternative of a select or of radio buttons.
#[derive(Clone, PartialEq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: Phrase,
}
