//! Task lists, summaries and sums.

use domain::Money;
use leptos::prelude::*;

use super::{Amount, Tag};
use crate::model::Tone;

/// One part of a task list.
pub struct Task {
    pub title: String,
    /// Where it is done; none while it waits for another part.
    pub href: Option<String>,
    /// Where it stands, in a word.
    pub state: String,
    /// The weight of that word.
    pub tone: Tone,
}

/// What is to be done, in order, and where each part stands.
#[component]
pub fn TaskList(tasks: Vec<Task>) -> impl IntoView {
    let items = tasks
        .into_iter()
        .enumerate()
        .map(|(index, task)| {
            let id = format!("task-{}", index + 1);
            let title = match task.href {
                Some(href) => view! { <a href=href aria-describedby=id.clone()>{task.title}</a> }.into_any(),
                None => view! { <span class="muted">{task.title}</span> }.into_any(),
            };
            view! { <li>{title}<span id=id><Tag text=task.state tone=task.tone/></span></li> }
        })
        .collect_view();
    view! { <ol class="tasks">{items}</ol> }
}

/// The link of a summary row.
pub struct SummaryChange {
    /// Where it is changed.
    pub href: String,
    /// The word that is seen: "Ändra".
    pub label: String,
    /// What it changes, for those who hear the link alone: "telefon".
    pub what: String,
}

/// One row of a summary.
pub struct SummaryRow {
    pub label: String,
    pub value: AnyView,
    /// The link to change it, where it can be changed.
    pub change: Option<SummaryChange>,
}

/// Answers to check, each with its link.
#[component]
pub fn SummaryList(rows: Vec<SummaryRow>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let change = row.change.map(|change| {
                view! {
                    <dd class="summary-change">
                        <a href=change.href>{change.label}<span class="hidden-text">" "{change.what}</span></a>
                    </dd>
                }
            });
            view! { <div><dt>{row.label}</dt><dd>{row.value}</dd>{change}</div> }
        })
        .collect_view();
    view! { <dl class="summary">{rows}</dl> }
}

/// One line of a sum.
pub struct Sum {
    pub label: String,
    pub amount: Money,
    /// Whether it is the result.
    pub total: bool,
}

/// Amounts that add up.
#[component]
pub fn Sums(lines: Vec<Sum>) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|line| view! {
            <div class=line.total.then_some("total")><dt>{line.label}</dt><dd><Amount amount=line.amount/></dd></div>
        })
        .collect_view();
    view! { <dl class="sums">{lines}</dl> }
}
