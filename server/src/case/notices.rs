//! Notices to staff (advis): written in the transaction that gives cause for them.

use domain::id::{CaseId, MessageId, NoticeId, RenewalId, StaffId};
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
    /// An official has proposed a decision that another is to make.
    Proposed(RenewalId),
    /// What one proposed has been handed back.
    ProposalReturned(RenewalId),
    /// A colleague has handed the case of this renewal over.
    Assigned(RenewalId),
    /// Proof that was to come later has come.
    ProofCame(RenewalId),
    /// A citizen has written.
    Message(MessageId),
}

/// Who is told.
#[derive(Debug, Clone, Copy)]
pub(crate) enum To {
    /// The responsible caseworker, or all of them when nobody is responsible.
    Responsible,
    /// The same, but all of them when it is this one who is responsible.
    OtherThan(StaffId),
    One(StaffId),
}

impl Cause {
    const fn code(self) -> &'static str {
        match self {
            Self::Arrived(_) => "renewal-arrived",
            Self::CoSigned(_) => "co-signed",
            Self::CoSignatureDeclined(_) => "co-signature-declined",
            Self::Proposed(_) => "decision-proposed",
            Self::ProposalReturned(_) => "proposal-returned",
            Self::Assigned(_) => "case-assigned",
            Self::ProofCame(_) => "proof-came",
            Self::Message(_) => "message",
        }
    }

    /// What a stored notice tells.
    pub(crate) fn of_row(kind: &str, renewal: Option<Uuid>, message: Option<Uuid>) -> Result<Self, DbError> {
        let inconsistent = || DbError::Inconsistent { column: "notice.kind" };
        let of_renewal = [
            Self::Arrived,
            Self::CoSigned,
            Self::CoSignatureDeclined,
            Self::Proposed,
            Self::ProposalReturned,
            Self::Assigned,
            Self::ProofCame,
        ];
        let of_renewal = of_renewal.map(|of| renewal.map(RenewalId).map(of));
        let causes = of_renewal.into_iter().chain([message.map(MessageId).map(Self::Message)]);
        causes.flatten().find(|cause| cause.code() == kind).ok_or_else(inconsistent)
    }
}

/// Tells what has happened in a case.
pub(crate) async fn insert(tx: &mut TenantTx, about: CaseId, cause: Cause, to: To) -> Result<(), DbError> {
    let (municipality, at, id) = (tx.municipality(), tx.at(), NoticeId(Uuid::now_v7()));
    let (renewal, message) = match cause {
        Cause::Arrived(renewal)
        | Cause::CoSigned(renewal)
        | Cause::CoSignatureDeclined(renewal)
        | Cause::Proposed(renewal)
        | Cause::ProposalReturned(renewal)
        | Cause::Assigned(renewal)
        | Cause::ProofCame(renewal) => (Some(renewal), None),
        Cause::Message(message) => (None, Some(message)),
    };
    let (one, not) = match to {
        To::Responsible => (None, None),
        To::OtherThan(staff) => (None, Some(staff)),
        To::One(staff) => (Some(staff), None),
    };
    query!(
        r#"
        insert into notice (municipality_id, id, staff_id, kind, case_id, renewal_id, message_id, made_at)
        select municipality_id, $2, coalesce($8, nullif(responsible_id, $9)), $3, id, $5, $6, $7
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
        one as Option<StaffId>,
        not as Option<StaffId>,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What waits for this caseworker alone waits for all of them.
pub(crate) async fn hand_to_all(tx: &mut TenantTx, of: StaffId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!(
        r#"
        update notice
           set staff_id = null
         where municipality_id = $1 and staff_id = $2 and read_at is null
           and kind in ('renewal-arrived', 'co-signed', 'co-signature-declined', 'message', 'proof-came')
        "#,
        municipality,
        of,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
