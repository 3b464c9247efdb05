//! The pages of staff and administrators with invented people and amounts.

mod admin;
mod colleagues;
mod decision;
mod renewal;

use app::caseworker::model::{
    DecisionReceipt, Inbox, InboxQuery, InboxRow, InboxTab, MadeDecision, MovedApart, Notice, NoticeKind,
    ProposalState, ReceivedMessage,
};
use app::caseworker::{decide, inbox, message, notices, opened, start};
use app::document::{Page, Viewer};
use app::model::{CaseNumber, Finding, Outcome, Party, PersonName, Phrase, ShownSignatureState, Signature, Tone};
use domain::id::{MessageId, RenewalId};
use domain::message::MessageSubject;
use domain::{Money, NormMonth, PersonNumber};
use jiff::civil::{Date, DateTime, date, datetime};
use uuid::Uuid;

use super::Screen;

pub(crate) fn screens() -> Vec<Screen> {
    let caseworker = |name: &str, page: Page| {
        let viewer =
            Viewer::Caseworker { name: "Sara Lind".to_owned(), unread: 3, has_clearance: false, unseen_readings: None };
        Screen { name: format!("staff-{name}"), viewer, page }
    };
    let mut screens = vec![Screen { name: "staff-start".to_owned(), viewer: Viewer::Anonymous, page: start::page() }];
    screens.extend([
        caseworker("inbox", inbox::page(the_inbox(InboxTab::All, rows(), 5))),
        caseworker("inbox-empty", inbox::page(the_inbox(InboxTab::Mine, Vec::new(), 1))),
        caseworker("inbox-decided", inbox::page(the_inbox(InboxTab::Decided, decided_rows(), 1))),
        caseworker("notices", notices::page(the_notices())),
        caseworker("notices-empty", notices::page(Vec::new())),
        caseworker("message", message::page(the_message())),
        caseworker("message-apart", message::page(moved_apart(None))),
        caseworker("message-put-back", message::page(moved_apart(Some(date(2026, 11, 25))))),
        caseworker("opened", opened::page(renewal::couple())),
        caseworker("opened-both-signed", opened::page(renewal::both_signed())),
        caseworker("opened-single", opened::page(renewal::single())),
        caseworker("opened-no-figure", opened::page(renewal::without_figure())),
        caseworker("opened-decided", opened::page(renewal::decided())),
        caseworker("decide", decide::page(decision::to_decide())),
        caseworker("decide-errors", decide::page(decision::decide_with_errors())),
        caseworker("decide-no-figure", decide::page(decision::decide_without_figure())),
        caseworker("decide-proposed", decide::page(decision::proposed(ProposalState::Yours))),
        caseworker("decide-proposed-by-oneself", decide::page(decision::proposed_by_oneself())),
        caseworker("decide-handed-back", decide::page(decision::proposed(handed_back()))),
        caseworker("decide-decided", decide::page(decision::decided_decision())),
    ]);
    screens.extend(colleagues::screens());
    screens.extend(admin::screens());
    screens
}

fn handed_back() -> ProposalState {
    ProposalState::Returned { by: "Karl Ström".to_owned(), words: "Hyresavin för december saknas.".to_owned() }
}

fn month(number: i8) -> NormMonth {
    NormMonth::of(date(2026, number, 1)).unwrap_or_else(|error| unreachable!("{error}"))
}

fn kronor(amount: i64) -> Money {
    Money::from_kronor(amount)
}

fn number(text: &str) -> PersonNumber {
    PersonNumber::parse(text).unwrap_or_else(|error| unreachable!("{error}"))
}

fn name(given: &str, family: &str) -> PersonName {
    PersonName::new(given, family)
}

fn petra() -> Party {
    Party { name: name("Petra", "Nilsson"), number: number("199006022397") }
}

fn johan() -> Party {
    Party { name: name("Johan", "Nilsson"), number: number("199107172380") }
}

fn signature(party: Party, state: ShownSignatureState) -> Signature {
    Signature { name: party.name, number: party.number, is_viewer: false, state }
}

fn signed(party: Party, at: DateTime) -> Signature {
    signature(party, ShownSignatureState::Signed { at })
}

fn finding(tone: Tone, text: Phrase) -> Finding {
    Finding { text, tone }
}

fn authority(code: &str) -> app::model::Value {
    app::model::Value::Key(format!("agency-{code}").into())
}

fn the_inbox(tab: InboxTab, rows: Vec<InboxRow>, pages: u32) -> Inbox {
    Inbox { query: InboxQuery { tab, page: 2.min(pages) }, counts: [12, 31, 2, 118, 22], pages, rows }
}

fn row(index: u128, signatures: Vec<Signature>, due: Option<Date>, findings: Vec<Finding>) -> InboxRow {
    let arrived = datetime(2026, 11, 14, 9, 12, 0, 0);
    InboxRow {
        renewal: RenewalId(Uuid::from_u128(index)),
        case_number: CaseNumber(format!("2024-{index:04}")),
        month: month(12),
        signatures,
        caseworker: index.is_multiple_of(2).then(|| "Sara Lind".to_owned()),
        proposer: (index == 173).then(|| "Sara Lind".to_owned()),
        arrived,
        age_days: 10,
        due,
        findings,
        decision: None,
    }
}

fn rows() -> Vec<InboxRow> {
    let at = datetime(2026, 11, 14, 9, 12, 0, 0);
    let party = |given, family, digits| Party { name: name(given, family), number: number(digits) };
    let differs = Phrase::new("finding-differs").with("authority", authority("csn")).with("amount", kronor(2012));
    let changed = Phrase::new("finding-raised")
        .with("what", app::model::Value::Key("expense-kind-rent".into()))
        .with("amount", kronor(250));
    vec![
        row(
            172,
            vec![signed(party("Lennart", "Ek", "194408139089"), at)],
            Some(date(2026, 11, 20)),
            vec![finding(Tone::Warning, Phrase::new("finding-failed").with("authority", authority("so")))],
        ),
        row(
            173,
            vec![signed(petra(), at), signed(johan(), at)],
            Some(date(2026, 11, 24)),
            vec![finding(Tone::Warning, differs), finding(Tone::Plain, changed)],
        ),
        row(
            181,
            vec![signed(party("Ahmed", "Warsame", "199212172390"), at)],
            Some(date(2026, 11, 25)),
            vec![finding(Tone::Good, Phrase::new("finding-unchanged"))],
        ),
        row(
            184,
            vec![
                signed(party("Karin", "Wallin", "199302282398"), at),
                signature(
                    party("Per-Alexander", "Wallin-Hammarskj\u{f6}ld", "199305022387"),
                    ShownSignatureState::Waiting,
                ),
            ],
            Some(date(2026, 11, 30)),
            vec![finding(Tone::Info, Phrase::new("finding-message"))],
        ),
        row(
            190,
            vec![
                signed(party("Yonas", "Tesfay", "199303272398"), at),
                signature(party("Sofia", "Tesfay", "199211142386"), ShownSignatureState::Declined { at }),
            ],
            None,
            vec![
                finding(Tone::Warning, Phrase::new("finding-household")),
                finding(Tone::Warning, Phrase::new("finding-new-income").with("amount", kronor(3_200))),
            ],
        ),
    ]
}

fn decided_rows() -> Vec<InboxRow> {
    let outcomes = [Outcome::Granted, Outcome::PartlyGranted, Outcome::Rejected];
    let decide = |(mut row, outcome): (InboxRow, Outcome)| {
        row.decision = Some(made(outcome, &row.signatures));
        row.findings.clear();
        row
    };
    rows().into_iter().zip(outcomes).map(decide).collect()
}

/// Read by the applicant alone.
fn made(outcome: Outcome, signatures: &[Signature]) -> MadeDecision {
    let receipt = |(index, signature): (usize, &Signature)| {
        let received = (index == 0).then(|| date(2026, 11, 25));
        let appeal_until = received.filter(|_| outcome != Outcome::Granted).map(|_| date(2026, 12, 16));
        DecisionReceipt { person: signature.name.called().to_owned(), received, appeal_until }
    };
    MadeDecision {
        outcome,
        decided: date(2026, 11, 24),
        receipts: signatures.iter().enumerate().map(receipt).collect(),
    }
}

fn the_notices() -> Vec<Notice> {
    let renewal = RenewalId(Uuid::from_u128(173));
    let notice = |what, seen| Notice { what, at: datetime(2026, 11, 24, 9, 40, 0, 0), seen };
    let arrived =
        |applicant: &str| NoticeKind::RenewalArrived { renewal, applicant: applicant.to_owned(), month: month(12) };
    let answered = |signed| NoticeKind::CoApplicantAnswered {
        renewal,
        co_applicant: "Johan Nilsson".to_owned(),
        month: month(12),
        signed,
    };
    let wrote = NoticeKind::MessageArrived {
        message: MessageId(Uuid::from_u128(3)),
        from: "Petra Nilsson".to_owned(),
        subject: MessageSubject::Meeting,
    };
    vec![
        notice(wrote, false),
        notice(answered(true), false),
        notice(arrived("Petra Nilsson"), true),
        notice(answered(false), true),
        notice(arrived("Lennart Ek"), true),
    ]
}

fn the_message() -> ReceivedMessage {
    ReceivedMessage {
        from: petra(),
        case_number: CaseNumber("2024-0173".to_owned()),
        sent: datetime(2026, 11, 24, 9, 40, 0, 0),
        subject: MessageSubject::Meeting,
        body: "Hej!\n\nKan vi ses n\u{e4}sta vecka? Jag har fr\u{e5}gor om Johans nya jobb.\n\n<b>Petra</b>".to_owned(),
        phone: Some("070-174 06 05".to_owned()),
        renewal: Some(RenewalId(Uuid::from_u128(173))),
        moved_apart: None,
    }
}

fn moved_apart(put_back: Option<Date>) -> ReceivedMessage {
    ReceivedMessage {
        subject: MessageSubject::NotMovedApart,
        body: "Det st\u{e4}mmer inte att vi har flyttat is\u{e4}r.".to_owned(),
        moved_apart: Some(MovedApart {
            message: MessageId(Uuid::nil()),
            name: "Johan".to_owned(),
            said: date(2026, 11, 9),
            disputed: Some(date(2026, 11, 10)),
            put_back,
        }),
        ..the_message()
    }
}
