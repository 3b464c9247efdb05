use leptos::prelude::*;

use super::browser::{ask, is_logged_out, pause};

/// How long to wait between two questions, in milliseconds.
const PAUSE: i32 = 2_000;
/// How often to ask before giving up: a little longer than the slowest authority may take.
const QUESTIONS: u32 = 30;

/// Tells when authorities have answered, while the page is open: asks the server now and then, and loads the page again when fewer
/// are awaited than when it was written. Without script the page says the same and is loaded again by the person.
#[island]
pub fn AnswersArriving(
    /// How many sources had not answered when the page was written.
    pending: u32,
    /// The address that answers `{"pending": n}`.
    address: String,
    /// What is shown while waiting.
    waiting: String,
    /// What is said just before the page is loaded again.
    arrived: String,
    /// What is shown when nothing came.
    gave_up: String,
) -> impl IntoView {
    let status = RwSignal::new(waiting);
    Effect::new(move || {
        let (address, arrived, gave_up) = (address.clone(), arrived.clone(), gave_up.clone());
        leptos::task::spawn_local(async move {
            match watch(pending, &address).await {
                Watched::Arrived => {
                    status.set(arrived);
                    if window().location().reload().is_err() {
                        status.set(gave_up);
                    }
                }
                Watched::GaveUp => status.set(gave_up),
                // What stands around every page says that the session has ended.
                Watched::LoggedOut => status.set(String::new()),
            }
        });
    });
    view! { <p role="status">{status}</p> }
}

enum Watched {
    Arrived,
    GaveUp,
    LoggedOut,
}

/// Whether fewer than `pending` came to be awaited within the bound. A question without an answer is asked again.
async fn watch(pending: u32, address: &str) -> Watched {
    for _ in 0..QUESTIONS {
        if pause(PAUSE).await.is_err() {
            break;
        }
        match ask(address, "GET", "pending").await {
            Ok(now) if now < f64::from(pending) => return Watched::Arrived,
            Err(why) if is_logged_out(&why) => return Watched::LoggedOut,
            Ok(_) | Err(_) => {}
        }
    }
    Watched::GaveUp
}
