use leptos::prelude::*;

use super::browser::{ask, is_logged_out, pause};
use super::kept;

/// Tells when what the page shows has been saved by somebody else, or in another window: asks the server now and then while the page is
/// looked at. Nothing is loaded again by itself, so that nothing typed goes away. Without script the server tells it when the form is sent.
#[island]
pub fn SavedElsewhere(
    /// The revision that the page shows.
    revision: u32,
    /// The address that answers `{"revision": n}`, and does not make the session longer.
    address: String,
    /// Milliseconds between two questions.
    every: i32,
    saved: String,
    /// What the link says that loads the page again.
    look: String,
    /// What it says where there is something to type into: it leaves this page as it is.
    look_beside: String,
) -> impl IntoView {
    let newer = RwSignal::new(false);
    Effect::new(move || {
        let address = address.clone();
        leptos::task::spawn_local(async move {
            while pause(every).await.is_ok() {
                if document().hidden() {
                    continue;
                }
                match ask(&address, "GET", "revision").await {
                    // Another number is not always higher: -1 says that what was saved is there no more.
                    #[expect(clippy::float_cmp, reason = "both are whole")]
                    Ok(now) if now != f64::from(revision) => {
                        newer.set(true);
                        break;
                    }
                    Err(why) if is_logged_out(&why) => break,
                    Ok(_) | Err(_) => {}
                }
            }
        });
    });
    let said = move || {
        let (saved, look, look_beside) = (saved.clone(), look.clone(), look_beside.clone());
        newer.get().then(|| {
            let link = if kept::can_be_typed() {
                view! { <a href="" target="_blank">{look_beside}</a> }.into_any()
            } else {
                view! { <a href="">{look}</a> }.into_any()
            };
            view! { <p class="note warning">{saved}" "{link}</p> }
        })
    };
    view! { <div role="status">{said}</div> }
}
