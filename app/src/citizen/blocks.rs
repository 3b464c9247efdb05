//! What is told several times on one page: blocks of fields, folded by their kind until something is said in them.

use domain::form::Typed;
use domain::renewal::block::Block;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::i18n::Texts;
use crate::model::Form;
use crate::t;
use crate::ui::{DateField, Field, Radios, SelectOption, TextArea, field_state};

/// The blocks of one kind below its name. What there is room for beside what is told stays folded.
pub(super) fn folded<B: Block>(
    name: String,
    blocks: &[&B],
    is_more: impl Fn(&B) -> bool,
    show: impl Fn(&B, String) -> AnyView,
) -> Option<AnyView> {
    if blocks.is_empty() {
        return None;
    }
    let is_open = blocks.iter().any(|block| !block.is_blank());
    let each = blocks.iter().zip(1i64..).map(|(block, number)| {
        let named = t!("block-of", kind = name.as_str(), number = number);
        if is_open && block.is_blank() && is_more(block) {
            let of_kind = view! { <span class="hidden-text">": "{name.clone()}</span> };
            view! { <details><summary>{t!("block-one-more")}{of_kind}</summary>{show(block, named)}</details> }
                .into_any()
        } else {
            show(block, named)
        }
    });
    let each = each.collect_view();
    Some(view! { <details class="fold" open=is_open><summary>{name}</summary>{each}</details> }.into_any())
}

/// One block: what it is called, its fields, and the way to take it away. `named` tells it from the others of its kind where nothing else does.
pub(super) fn one<B: Block>(
    fields: &BlockFields<'_, B>,
    called: Option<String>,
    named: String,
    content: AnyView,
) -> AnyView {
    let is_said = !fields.block.is_blank();
    let called = called.filter(|name| is_said && !name.trim().is_empty());
    let class = called.is_none().then_some("hidden-text");
    let name = called.unwrap_or(named);
    let (kind, remove) = (fields.name("kind"), fields.name("remove"));
    let remove = is_said.then(|| {
        let name = name.clone();
        view! {
            <div class="ds-field">
                <input class="ds-input" type="checkbox" id=remove.clone() name=remove.clone()/>
                <label for=remove>{t!("block-remove")}<span class="hidden-text">": "{name}</span></label>
            </div>
        }
    });
    view! {
        <fieldset class="ds-fieldset block">
            <legend class=class>{name}</legend>
            <div class="fields">
                <input type="hidden" name=kind value=fields.code/>
                {content}
                {remove}
            </div>
        </fieldset>
    }
    .into_any()
}

/// Words for every alternative that a field has.
pub(super) fn in_words<T: Copy>(
    texts: &Texts,
    all: &[T],
    words: impl Fn(T) -> (&'static str, &'static str),
) -> Vec<SelectOption> {
    let option = |one: &T| {
        let (code, key) = words(*one);
        SelectOption::new(code, texts.get(key))
    };
    all.iter().map(option).collect()
}

/// The fields of one block. The name of each tells which block it is of.
pub(super) struct BlockFields<'a, B> {
    pub(super) block: &'a B,
    /// The code of its kind.
    pub(super) code: &'static str,
    pub(super) form: &'a Form,
}

impl<B: Block> BlockFields<'_, B> {
    pub(super) fn name(&self, field: &str) -> String {
        format!("{field}-{}", self.block.id())
    }

    pub(super) fn line(&self, field: &str, label: String, value: &Typed) -> AnyView {
        let name = self.name(field);
        let state = field_state(self.form, &name);
        view! { <Field name label value=value.as_str().to_owned() state/> }.into_any()
    }

    pub(super) fn lines(&self, field: &str, label: String, value: &Typed) -> AnyView {
        let name = self.name(field);
        let state = field_state(self.form, &name);
        view! { <TextArea name label value=value.as_str().to_owned() state rows=2/> }.into_any()
    }

    pub(super) fn day(&self, field: &str, label: String, value: &Typed, example: Date) -> AnyView {
        let name = self.name(field);
        let state = field_state(self.form, &name);
        view! { <DateField name label example value=value.as_str().to_owned() state/> }.into_any()
    }

    pub(super) fn choice(&self, field: &str, legend: String, options: Vec<SelectOption>, value: &Typed) -> AnyView {
        let name = self.name(field);
        let state = field_state(self.form, &name);
        view! { <Radios name legend options value=value.as_str().to_owned() state/> }.into_any()
    }
}
