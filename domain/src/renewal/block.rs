//! What is told several times on one page, each time in a block of fields of its own.

use crate::form::Typed;
use crate::id::StatementId;

/// Gives one of the texts of a block.
pub type TextOf<B> = fn(&mut B) -> &mut Typed;

/// One block as typed. Which fields it has goes by its kind; the others are blank.
pub trait Block: Clone + PartialEq + 'static {
    /// What sort of thing is told in it.
    type Kind: Copy + Eq;

    /// Its texts, each with the name of its field.
    const FIELDS: &'static [(&'static str, TextOf<Self>)];

    /// A block in which nothing is told.
    fn new(id: StatementId, kind: Self::Kind) -> Self;

    /// What it is called in forms: the same form sent twice is one block.
    fn id(&self) -> StatementId;

    /// What sort of thing is told in it.
    fn kind(&self) -> Self::Kind;

    /// The kind with this code.
    fn kind_of(code: &str) -> Option<Self::Kind>;

    /// Its texts as they stand, each with the name of its field.
    fn texts(&self) -> Vec<(&'static str, &Typed)>;

    /// Whether the field stands filled in the form from the beginning, so that its text says nothing.
    fn is_given(&self, _field: &str) -> bool {
        false
    }

    /// Whether it is about the same as another, so that both cannot be told.
    fn is_about(&self, _other: &Self) -> bool {
        false
    }

    /// Whether nothing is told in it.
    fn is_blank(&self) -> bool {
        self.texts().into_iter().all(|(field, text)| text.is_blank() || self.is_given(field))
    }
}

/// A block with these fields, and what differs in it from other blocks.
macro_rules! block {
    (
        $(#[$doc:meta])* $name:ident of $kind:ident { $($(#[$field_doc:meta])* $field:ident,)* }
        $($differs:tt)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// What it is called in forms: the same form sent twice is one block.
            pub id: StatementId,
            /// As its block on the page is.
            pub kind: $kind,
            $($(#[$field_doc])* #[serde(default)] pub $field: Typed,)*
        }

        impl Block for $name {
            type Kind = $kind;

            const FIELDS: &'static [(&'static str, TextOf<Self>)] =
                &[$((stringify!($field), |block| &mut block.$field)),*];

            fn new(id: StatementId, kind: $kind) -> Self {
                Self { id, kind, $($field: Typed::default()),* }
            }

            fn id(&self) -> StatementId {
                self.id
            }

            fn kind(&self) -> $kind {
                self.kind
            }

            fn kind_of(code: &str) -> Option<$kind> {
                $kind::from_code(code)
            }

            fn texts(&self) -> Vec<(&'static str, &Typed)> {
                vec![$((stringify!($field), &self.$field)),*]
            }

            $($differs)*
        }
    };
}

pub(crate) use block;
