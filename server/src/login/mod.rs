//! Who someone is: the only maker of proofs of identity.

pub mod oidc;
