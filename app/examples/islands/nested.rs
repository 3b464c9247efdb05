//! Islands that lie in one another: what they show says whether they woke, and whether the inner ones know the outer.
#![expect(unreachable_pub, reason = "what the island macro writes is public, and found by its name")]

use leptos::prelude::*;

/// What an outer island tells those in it.
#[derive(Clone, Copy)]
struct Presses(RwSignal<u32>);

/// An island with children: some from the server, some islands themselves.
#[island]
pub(crate) fn Outer(
    /// What it is called.
    name: String,
    /// What lies in it.
    children: Children,
) -> impl IntoView {
    let presses = RwSignal::new(0);
    provide_context(Presses(presses));
    let (label, button) = (name.clone(), format!("Press {name}"));
    let press = move |_| presses.update(|presses| *presses += 1);
    view! {
        <section class="card" aria-label=label>
            <button type="button" on:click=press>{button}</button>
            <p>{move || format!("{name} was pressed {} times", presses.get())}</p>
            {children()}
        </section>
    }
}

/// An island that lies in another, and hears of it.
#[island]
pub(crate) fn Inner(
    /// What it is called.
    name: String,
) -> impl IntoView {
    let own = RwSignal::new(0);
    let outer = use_context::<Presses>();
    let heard = move || outer.map_or(0, |presses| presses.0.get());
    let label = format!("Press {name}");
    view! {
        <p>
            <button type="button" on:click=move |_| own.update(|own| *own += 1)>{label}</button>
            " "
            <span>{move || format!("{name}: {} own, {} heard", own.get(), heard())}</span>
        </p>
    }
}
