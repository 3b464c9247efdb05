//! The timeline.

use leptos::prelude::*;

use super::Icon;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    Done,
    Now,
    Later,
}

/// One step of a timeline.
pub struct Step {
    pub state: StepState,
    pub title: String,
    pub when: String,
    /// What belongs to it, smaller and below.
    pub detail: Option<AnyView>,
}

/// What has happened and what comes.
#[component]
pub fn Steps(
    /// The steps in order.
    steps: Vec<Step>,
) -> impl IntoView {
    let items = steps
        .into_iter()
        .map(|step| {
            let (class, current) = match step.state {
                StepState::Done => (Some("done"), None),
                StepState::Now => (Some("now"), Some("step")),
                StepState::Later => (None, None),
            };
            let mark = (step.state == StepState::Done).then(|| Icon::Check.into_render());
            let detail = step.detail.map(|detail| view! { <span class="step-detail">{detail}</span> });
            view! {
                <li class=class aria-current=current>
                    <span class="dot" aria-hidden="true">{mark}</span>
                    <span><b>{step.title}</b>" "{step.when}{detail}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="steps">{items}</ol> }
}
