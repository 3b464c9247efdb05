//! Notices to staff (advis): written in the transaction that gives cause for them.

use domain::id::{CaseId, MessageId, NoticeId, RenewalId};
use uuid::Uuid;

use crate::db::{DbError, TenantTx, query};

/// What a notice tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A renewal has arrived.
    Arrived(RenewalId),
    /// The co-applicant has signed.
    CoSigned(RenewalId),
    /// The co-applicant will not sign.
    CoSignatureDeclined(RenewalId),
    /// A citizen has written.
    Message(MessageId),
}

impl Cause {
    const fn code(self) -> &'static str {
        match self {
            Self::Arrived(_) => "renewal-arrived",
            Self::CoSigned(_) => "co-signed",
            Self::CoSignatureDeclined(_) => "co-signature-declined",
            Self::Message(_) => "message",
        }
    }

    /// What a stored notice tells.
    pub(crate) fn of_row(kind: &str, renewal: Option<Uuid>, message: Option<Uuid>) -> Result<Self, DbError> {
        let inconsistent = || DbError::Inconsistent { column: "notice.kind" };
        let of_renewal =
            [Self::Arrived, Self::CoSigned, Self::CoSignatureDeclined].map(|of| renewal.map(RenewalId).map(of));
        let causes = of_renewal.into_iter().chain([message.map(MessageId).map(Self::Message)]);
        causes.flatten().find(|cause| cause.code() == kind).ok_or_else(inconsistent)
    }
}

/// Tells the responsible caseworker, or all of them when nobody is responsible.
pub(crate) async fn insert(tx: &mut TenantTx, about: CaseId, cause: Cause) -> Result<(), DbError> {
    let (municipality, at, id) = (tx.municipality(), tx.at(), NoticeId(Uuid::now_v7()));
    let (renewal, message) = match cause {
        Cause::Arrived(renewal) | Cause::CoSigned(renewal) | Cause::CoSignatureDeclined(renewal) => {
            (Some(renewal), None)
        }
        Cause::Message(message) => (None, Some(message)),
    };
    query!(
        r#"
        insert into notice (municipality_id, id, staff_id, kind, case_id, renewal_id, message_id, made_at)
        select municipality_id, $2, responsible_id, $3, id, $5, $6, $7
          from assistance_case
         where municipality_id = $1 and id = $4
        "#,
        municipality,
        id,
        cause.code(),
        about,
        renewal,
        message,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
