//! Until when the board's own certificate at a source is valid.

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use x509_parser::prelude::{FromDer as _, X509Certificate};

use crate::authority::SourceSettings;

/// When the client certificate of these settings ends. Nothing when there is none, or when its file cannot be read: the connection test
/// tells what is wrong with it.
pub(super) async fn valid_until(settings: &SourceSettings) -> Option<Timestamp> {
    let file = settings.tls.as_ref()?.identity.as_ref()?;
    let pem = tokio::fs::read(file)
        .await
        .inspect_err(
            |error| tracing::warn!(%error, file = %file.display(), "The file of a client certificate cannot be read"),
        )
        .ok()?;
    end_of_first(&pem)
}

fn end_of_first(pem: &[u8]) -> Option<Timestamp> {
    let der = CertificateDer::from_pem_slice(pem).ok()?;
    let (_, certificate) = X509Certificate::from_der(&der).ok()?;
    Timestamp::from_second(certificate.validity().not_after.timestamp()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_has_no_end() {
        assert_eq!(end_of_first(b""), None);
        assert_eq!(end_of_first(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), None);
    }
}
