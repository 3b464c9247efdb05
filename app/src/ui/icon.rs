//! Pictures beside words.

use leptos::prelude::*;

/// A small picture beside a word; never alone, and hidden from assistive technology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// An authority or a register.
    Building,
    /// A person of the household.
    Person,
    Clock,
    Pen,
    Check,
    /// A document.
    Page,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Building => "M8 1 1 5v1h14V5L8 1zM3 7v5h2V7H3zm4 0v5h2V7H7zm4 0v5h2V7h-2zM1 13v2h14v-2H1z",
            Self::Person => "M8 8a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM1.5 15a6.5 6 0 0 1 13 0h-13z",
            Self::Clock => {
                "M8 .5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zm0 2a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM7 4h2v3.6l2.4 2.4-1.4 1.4-3-3V4z"
            }
            Self::Pen => "M11.5 1 15 4.5 5.5 14H2v-3.5L11.5 1z",
            Self::Page => "M3 1h6l4 4v10H3V1zm5.5 1.2V5.5h3.3z",
            Self::Check => "M6.2 13.2 1.2 8.2l1.9-1.9 3.1 3.1 6.7-6.7 1.9 1.9-8.6 8.6z",
        }
    }
}

impl IntoRender for Icon {
    type Output = AnyView;

    fn into_render(self) -> AnyView {
        view! {
            <svg viewBox="0 0 16 16" aria-hidden="true">
                <path fill="currentColor" d=self.path()></path>
            </svg>
        }
        .into_any()
    }
}
