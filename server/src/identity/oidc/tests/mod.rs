//! Attacks and accidents, after the relying party list of OpenID conformance and RFC 9700, each against a provider that
//! misbehaves on demand; and the whole way against the demo's provider.

mod broker;
mod callback;
mod discovery;
mod eid;
mod end_to_end;
mod id_token;
mod request;
mod settings;
mod signing;
mod token_answer;
mod tokens;
