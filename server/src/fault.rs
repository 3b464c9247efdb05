//! Points at which a test can have the process killed, to prove what survives. They exist in debug builds alone.

/// Kills the process with SIGKILL when `FORNYA_FAULT` names this point. Nothing runs after it: no destructor, no answer.
#[cfg(debug_assertions)]
pub(crate) fn point(name: &str) {
    #[expect(clippy::disallowed_methods, reason = "a switch of the tests, not a setting of the service")]
    let wanted = std::env::var("FORNYA_FAULT");
    if wanted.is_ok_and(|wanted| wanted == name) {
        let own = rustix::process::getpid();
        if rustix::process::kill_process(own, rustix::process::Signal::KILL).is_err() {
            std::process::abort();
        }
    }
}

/// Does nothing: a release build has no such points.
#[cfg(not(debug_assertions))]
pub(crate) const fn point(_name: &str) {}
