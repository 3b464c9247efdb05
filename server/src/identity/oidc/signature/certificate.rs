//! A signer's certificate: whom it names and who vouches for it (RFC 5280).

use std::time::Duration;

use domain::PersonNumber;
use jiff::Timestamp;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use webpki::aws_lc_rs as algorithms;
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::SignatureFault;

/// Extended key usage for document signing (RFC 9336), asked for where a certificate has any extended key usage.
const DOCUMENT_SIGNING: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x24];

const ALGORITHMS: [&dyn SignatureVerificationAlgorithm; 6] = [
    algorithms::ECDSA_P256_SHA256,
    algorithms::ECDSA_P384_SHA384,
    algorithms::ECDSA_P521_SHA512,
    algorithms::RSA_PKCS1_2048_8192_SHA256,
    algorithms::RSA_PKCS1_2048_8192_SHA384,
    algorithms::RSA_PKCS1_2048_8192_SHA512,
];

/// The certificates whose issuing of eIDs is trusted.
#[derive(Debug, Clone)]
pub(crate) struct TrustAnchors(Vec<TrustAnchor<'static>>);

impl TrustAnchors {
    /// Reads one or more certificates in PEM. `None` where there is none, or one that cannot be read.
    pub(crate) fn from_pem(pem: &str) -> Option<Self> {
        let mut anchors = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            anchors.push(anchor_from_trusted_cert(&certificate.ok()?).ok()?.to_owned());
        }
        (!anchors.is_empty()).then_some(Self(anchors))
    }
}

/// A certificate that is trusted for signing.
pub(super) struct Signer {
    pub(super) number: PersonNumber,
    /// The public key as it stands in the certificate: for an EC key, the uncompressed point.
    pub(super) public_key: Vec<u8>,
}

/// Verifies a chain (the signer's certificate first) up to a trust anchor, and reads whom it names.
pub(super) fn verify(anchors: &TrustAnchors, chain: &[Vec<u8>], now: Timestamp) -> Result<Signer, SignatureFault> {
    let chain: Vec<CertificateDer<'_>> = chain.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let (signer, issuers) = chain.split_first().ok_or(SignatureFault::Certificate)?;
    let time = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(now.as_second()).unwrap_or(0)));
    EndEntityCert::try_from(signer)
        .map_err(|_| SignatureFault::Certificate)?
        .verify_for_usage(
            &ALGORITHMS,
            &anchors.0,
            issuers,
            time,
            KeyUsage::required_if_present(DOCUMENT_SIGNING),
            None,
            None,
        )
        .map_err(|_| SignatureFault::Untrusted)?;

    let (_, certificate) = X509Certificate::from_der(signer).map_err(|_| SignatureFault::Certificate)?;
    let usage = certificate.key_usage().map_err(|_| SignatureFault::Certificate)?;
    if !usage.is_some_and(|usage| usage.value.non_repudiation()) {
        return Err(SignatureFault::NotForSigning);
    }
    Ok(Signer {
        number: named_number(&certificate).ok_or(SignatureFault::Certificate)?,
        public_key: certificate.public_key().subject_public_key.data.to_vec(),
    })
}

/// The identity number in the subject's `serialNumber` (2.5.4.5), where Swedish eIDs have it.
fn named_number(certificate: &X509Certificate<'_>) -> Option<PersonNumber> {
    let mut numbers = certificate.subject().iter_by_oid(&x509_parser::oid_registry::OID_X509_SERIALNUMBER);
    let number = numbers.next()?.as_str().ok()?;
    if numbers.next().is_some() {
        return None;
    }
    PersonNumber::parse(number).ok()
}
