//! The one field for several lines.

use leptos::prelude::*;

use super::field::{FieldFrame, FieldState, described_by};

/// A field for several lines of text.
///
/// Leptos 0.8 writes the children of a `textarea` without escaping, so this component escapes them itself, and it is the only one in
/// the crate that may write a `textarea` (a test reads the sources). The first line break after the tag is dropped by browsers;
/// the one that is written here keeps a text that begins with an empty line whole.
#[component]
pub fn TextArea(
    /// The form's field name, which is also the element's id.
    #[prop(into)]
    name: String,
    /// What the person reads above the field.
    #[prop(into)]
    label: String,
    /// Help that stands between label and field.
    #[prop(into, optional)]
    hint: String,
    #[prop(into)] value: String,
    /// Its error, and what was typed elsewhere.
    #[prop(optional)]
    state: FieldState,
    /// How many lines are seen at once.
    #[prop(default = 5)]
    rows: u8,
) -> impl IntoView {
    let described = described_by(&name, &hint, &state);
    let invalid = state.error.is_some().then_some("true");
    let text = format!("\n{}", escape(&value));
    view! {
        <FieldFrame name=name.clone() label hint state>
            <textarea
                class="ds-input"
                id=name.clone()
                name=name.clone()
                rows=rows.to_string()
                aria-describedby=described
                aria-invalid=invalid
            >
                {text}
            </textarea>
        </FieldFrame>
    }
}

/// Text that is written where Leptos does not escape it.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_cannot_leave_the_field() {
        let owner = Owner::new();
        let html = owner.with(|| {
            view! { <TextArea name="body" label="Text" value="a &lt; b</textarea><script>alert(1)</script>"/> }
                .to_html()
        });
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(
            html.contains(">\na &amp;lt; b&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>"),
            "{html}"
        );
    }
}
