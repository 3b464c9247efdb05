//! `GET /staff/notices`: what a caseworker has been told.

use app::caseworker::model::{Notice, NoticeKind};
use app::caseworker::notices;
use domain::NormMonth;
use domain::id::{CaseId, PersonId};
use domain::renewal::state::SignerRole;
use jiff_sqlx::{Date as SqlDate, Timestamp as SqlTimestamp};
use uuid::Uuid;

use crate::case::messages;
use crate::case::notices::Cause;
use crate::db::{Action, DbError, Object, TenantTx, Vault, VaultError, names, query_as};
use crate::http::{Here, Reply, Visit};
use crate::session::policy::Caseworker;

/// How many notices are shown.
const SHOWN: i64 = 100;

/// A notice with the names that its sentence may need, sealed.
struct Row {
    case_id: Uuid,
    kind: String,
    made_at: SqlTimestamp,
    is_read: bool,
    renewal_id: Option<Uuid>,
    norm_month: Option<SqlDate>,
    applicant: Option<Uuid>,
    applicant_name: Option<Vec<u8>>,
    co_applicant: Option<Uuid>,
    co_applicant_name: Option<Vec<u8>>,
    message_id: Option<Uuid>,
    subject_sealed: Option<Vec<u8>>,
    writer: Option<Uuid>,
    writer_name: Option<Vec<u8>>,
}

/// The caseworker's own notices and those for everybody, the newest first.
pub(crate) async fn page(mut visit: Visit<Caseworker>) -> Reply {
    let rows = rows(&mut visit.tx, &visit.actor).await?;
    let mut cases: Vec<_> = rows.iter().map(|row| CaseId(row.case_id)).collect();
    cases.sort_unstable();
    cases.dedup();
    visit.tx.audit_list(Action::SawNotices, Object::Case, &cases).await?;
    let vault = visit.tx.vault();
    let notices = rows.into_iter().map(|row| notice(&visit.here, &vault, row)).collect::<Result<Vec<_>, _>>()?;
    visit.page(notices::page(notices)).await
}

async fn rows(tx: &mut TenantTx, caseworker: &Caseworker) -> Result<Vec<Row>, DbError> {
    let municipality = tx.municipality();
    Ok(query_as!(
        Row,
        r#"
        select n.case_id, n.kind, n.made_at, n.read_at is not null as "is_read!",
               n.renewal_id, r.norm_month as "norm_month?",
               a.person_id as "applicant?", a.name_sealed as applicant_name,
               b.person_id as "co_applicant?", b.name_sealed as co_applicant_name,
               n.message_id, m.subject_sealed, w.id as "writer?", w.name_sealed as writer_name
          from notice n
          left join renewal r on (r.municipality_id, r.id) = (n.municipality_id, n.renewal_id)
          left join lateral (
                    select s.person_id, p.name_sealed
                      from signer s
                      join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
                     where (s.municipality_id, s.renewal_id) = (n.municipality_id, n.renewal_id) and s.role = $4) a on true
          left join lateral (
                    select s.person_id, p.name_sealed
                      from signer s
                      join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
                     where (s.municipality_id, s.renewal_id) = (n.municipality_id, n.renewal_id) and s.role = $5) b on true
          left join message m on (m.municipality_id, m.id) = (n.municipality_id, n.message_id)
          left join person w on (w.municipality_id, w.id) = (m.municipality_id, m.person_id)
         where n.municipality_id = $1 and (n.staff_id = $2 or n.staff_id is null)
         order by n.made_at desc, n.id desc
         limit $3
        "#,
        municipality,
        caseworker.staff(),
        SHOWN,
        SignerRole::Applicant,
        SignerRole::CoApplicant,
    )
    .fetch_all(tx.connection())
    .await?)
}

fn notice(here: &Here, vault: &Vault, row: Row) -> Result<Notice, DbError> {
    let named = |person: Option<Uuid>, sealed: Option<Vec<u8>>| -> Result<String, VaultError> {
        let Some((person, sealed)) = person.zip(sealed) else { return Ok(String::new()) };
        Ok(names::open(vault, PersonId(person), &sealed)?.full())
    };
    let month = row.norm_month.and_then(|day| NormMonth::of(day.to_jiff()).ok());
    let month = month.ok_or(DbError::Inconsistent { column: "renewal.norm_month" });
    let cause = Cause::of_row(&row.kind, row.renewal_id, row.message_id)?;
    let what = match cause {
        Cause::Arrived(renewal) => {
            NoticeKind::RenewalArrived { renewal, applicant: named(row.applicant, row.applicant_name)?, month: month? }
        }
        Cause::CoSigned(renewal) | Cause::CoSignatureDeclined(renewal) => NoticeKind::CoApplicantAnswered {
            renewal,
            co_applicant: named(row.co_applicant, row.co_applicant_name)?,
            month: month?,
            signed: cause == Cause::CoSigned(renewal),
        },
        Cause::Assigned(renewal) => {
            NoticeKind::Assigned { renewal, applicant: named(row.applicant, row.applicant_name)?, month: month? }
        }
        Cause::ProofCame(renewal) => {
            NoticeKind::ProofCame { renewal, applicant: named(row.applicant, row.applicant_name)?, month: month? }
        }
        Cause::Proposed(renewal) | Cause::ProposalReturned(renewal) => NoticeKind::Proposal {
            renewal,
            applicant: named(row.applicant, row.applicant_name)?,
            month: month?,
            returned: cause == Cause::ProposalReturned(renewal),
        },
        Cause::Message(message) => NoticeKind::MessageArrived {
            message,
            from: named(row.writer, row.writer_name)?,
            subject: messages::open_subject(vault, message, &row.subject_sealed.unwrap_or_default())?,
        },
    };
    Ok(Notice { what, at: here.local(row.made_at.to_jiff()), seen: row.is_read })
}

#[cfg(test)]
mod tests {
    use domain::staff::StaffRole;
    use sqlx::PgPool;
    use uuid::Uuid;

    use crate::case::notices::{Cause, To, insert};
    use crate::session::Owner;
    use crate::test_support::{Statement, Towns, add_staff};

    const PATH: &str = "/staff/notices";

    #[sqlx::test(migrations = "../migrations")]
    async fn each_sees_their_own_and_those_for_all_and_nothing_hidden(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let (couple, [_, johan]) = stage.couple().await;
        let (hers, for_all) = (
            stage.signed(couple.case, "2026-12", &Statement::default()).await,
            stage.signed(home.case, "2026-12", &Statement::default()).await,
        );
        let hidden_case = stage.hidden_case().await;
        let hidden = stage.signed(hidden_case, "2026-12", &Statement::default()).await;
        let mut tx = stage.tx(home).await;
        for (case, renewal) in [(couple.case, hers), (home.case, for_all), (hidden_case, hidden)] {
            insert(&mut tx, case, Cause::Arrived(renewal), To::Responsible).await.unwrap();
        }
        let colleague = add_staff(&mut tx, "siv", StaffRole::Caseworker).await;
        let colleague = stage.log_in(&mut tx, Owner::Staff(colleague)).await;
        tx.commit().await.unwrap();
        stage.send(&johan, "/renewal/cosign/decline", &[]).await;

        let (own, others) = (stage.page(&home.caseworker, PATH).await, stage.page(&colleague, PATH).await);
        let place = |text: &str| own.find(text).unwrap_or_else(|| panic!("{text}: {own}"));
        let declined = place("Johan Nilsson har valt att inte skriva under ansökan för december");
        assert!(declined < place("Mira Nilsson har ansökt för december"), "the newest stands first");
        for page in [&own, &others] {
            assert!(page.contains("Petra Nilsson har ansökt för december"), "nobody is responsible: {page}");
            assert!(!page.contains("Vera") && !page.contains(&hidden.to_string()), "{page}");
        }
        assert!(!others.contains("Mira") && !others.contains("Johan"), "a colleague's: {others}");
        let mut tx = stage.tx(home).await;
        let seen =
            "select object_id from audit_entry where action = 'saw-notices' and actor_id = $1 order by object_id";
        let seen: Vec<Uuid> = sqlx::query_scalar(seen).bind(home.staff.0).fetch_all(tx.connection()).await.unwrap();
        let mut cases = [home.case.0, couple.case.0];
        cases.sort_unstable();
        assert_eq!(seen, cases, "the trail names whom it was about");
        tx.commit().await.unwrap();
        let elsewhere = stage.get(&away.host, &away.caseworker, PATH).await.body;
        assert!(elsewhere.contains("Inget har hänt än."), "{elsewhere}");
    }
}
