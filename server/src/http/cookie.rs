//! The cookies of a host.

use axum_extra::extract::cookie::{Cookie, SameSite};

/// A cookie that only this host gets, over TLS, unseen by scripts. Lax, since the way back from the identity provider is a top-level GET.
pub(crate) fn host_cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").secure(true).http_only(true).same_site(SameSite::Lax).build()
}

/// What removes a cookie of this host.
pub(crate) fn removal(name: &'static str) -> Cookie<'static> {
    Cookie::build(name).path("/").secure(true).build()
}
