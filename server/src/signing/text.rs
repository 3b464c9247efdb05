//! The text that is signed: every fact of the core and the annex, one to a line, in plain words.
//!
//! It is made from the document alone, so that whoever has the document can make the text again. The words stand in
//! `app/locales/*/signed.ftl`.

use app::i18n::Texts;
use app::port::Value;
use domain::authority::{NotAsked, RowKind, RowState};
use domain::id::PersonId;
use domain::renewal::document::{Annex, AnswerFact, Core, Digest, MemberRole, NoteFact, PayoutFact, RowFact};
use domain::renewal::judge::HouseholdStatement;

/// The whole text for one signer.
pub(super) fn whole(core: &Core, annex: &Annex, municipality: &str, texts: &Texts) -> String {
    let mut lines = facts(core, municipality, texts);
    own(annex, &mut lines);
    declaration(&mut lines);
    lines.text()
}

/// The text without what is one signer's own.
pub(super) fn shared(core: &Core, municipality: &str, texts: &Texts) -> String {
    let mut lines = facts(core, municipality, texts);
    declaration(&mut lines);
    lines.text()
}

fn facts<'t>(core: &Core, municipality: &str, texts: &'t Texts) -> Lines<'t> {
    let mut lines = Lines { texts, lines: Vec::new() };
    lines.add("signed-title", &[("month", core.norm_month.into())]);
    lines.add("signed-municipality", &[("municipality", municipality.into())]);
    household(core, &mut lines);
    authorities(core, &mut lines);
    incomes(core, &mut lines);
    expenses(core, &mut lines);
    payout(core, &mut lines);
    lines
}

fn declaration(lines: &mut Lines<'_>) {
    lines.head("signed-declaration");
    lines.add("signed-honour", &[]);
    lines.add("signed-consent", &[]);
}

/// The short message in the eID's dialogue, always in Swedish: the eID shows one language.
pub(super) fn sign_message(core: &Core, digest: &Digest, swedish: &Texts) -> String {
    let check: String = digest.to_string().chars().take(16).collect();
    swedish.with("signed-message", &[("month", core.norm_month.into()), ("code", check.into())])
}

/// What ends a line wherever a text is shown. The other marks that do are lost when a text is typed.
const LINE_ENDS: [char; 3] = ['\n', '\u{2028}', '\u{2029}'];

/// Lines of text under way.
struct Lines<'t> {
    texts: &'t Texts,
    lines: Vec<String>,
}

impl Lines<'_> {
    /// One fact. What a person typed may have lines of its own: they are set in, so that none can pass for another fact.
    fn add(&mut self, key: &str, args: &[(&str, Value)]) {
        let text = self.texts.with(key, args);
        self.lines.push(text.split(LINE_ENDS).collect::<Vec<_>>().join("\n    "));
    }

    fn text(self) -> String {
        self.lines.join("\n") + "\n"
    }

    fn head(&mut self, key: &str) {
        self.lines.push(String::new());
        self.lines.push(self.texts.get(key));
    }
}

fn name_of(core: &Core, person: PersonId) -> String {
    core.household
        .iter()
        .find(|member| member.person == person)
        .map_or_else(String::new, |m| m.name.as_str().to_owned())
}

fn household(core: &Core, lines: &mut Lines<'_>) {
    lines.head("signed-household");
    for member in &core.household {
        let role = match member.role {
            MemberRole::Applicant => "signed-role-applicant",
            MemberRole::CoApplicant => "signed-role-co-applicant",
            MemberRole::Child => "signed-role-child",
            MemberRole::Other => "signed-role-other",
        };
        lines.add(
            "signed-member",
            &[
                ("name", member.name.as_str().into()),
                ("number", member.person_number.hyphenated().into()),
                ("role", Value::Key(role.into())),
            ],
        );
    }
    match &core.household_statement {
        HouseholdStatement::Same => lines.add("signed-household-same", &[]),
        HouseholdStatement::Changed { change } => {
            lines.add("signed-household-changed", &[("change", change.as_str().into())]);
        }
    }
}

fn authorities(core: &Core, lines: &mut Lines<'_>) {
    lines.head("signed-authorities");
    for fact in &core.authorities {
        let who = [("source", fact.source.as_str().into()), ("person", Value::from(name_of(core, fact.person)))];
        match &fact.answer {
            AnswerFact::Answered { rows, notes } => {
                lines.add("signed-source-answered", &who);
                content(rows, notes, lines);
            }
            AnswerFact::NothingFound => lines.add("signed-source-nothing", &who),
            AnswerFact::Partly { rows, notes, .. } => {
                lines.add("signed-source-partly", &who);
                content(rows, notes, lines);
            }
            AnswerFact::Failed { .. } => lines.add("signed-source-failed", &who),
            AnswerFact::NotAsked { reason } => {
                let key = match reason {
                    NotAsked::SwitchedOff => "signed-source-off",
                    NotAsked::AwaitsCoApplicant => "signed-source-awaits",
                    NotAsked::NotApplicable => "signed-source-not-applicable",
                };
                lines.add(key, &who);
            }
        }
    }
}

fn content(rows: &[RowFact], notes: &[NoteFact], lines: &mut Lines<'_>) {
    for row in rows {
        let state = match row.state {
            RowState::Planned => "signed-state-planned",
            RowState::Paid => "signed-state-paid",
        };
        let direction = match row.kind {
            RowKind::Income(_) => "signed-direction-income",
            RowKind::Expense(_) => "signed-direction-expense",
        };
        let args = [
            ("label", row.label.as_str().into()),
            ("amount", row.amount.into()),
            ("state", Value::Key(state.into())),
            ("direction", Value::Key(direction.into())),
        ];
        match row.pay_date {
            Some(day) => {
                let [label, amount, state, direction] = args;
                lines.add("signed-row", &[label, amount, state, direction, ("date", day.into())]);
            }
            None => lines.add("signed-row-undated", &args),
        }
    }
    for note in notes {
        match note {
            NoteFact::RegisteredJobSeeker { since } => {
                lines.add("signed-note-job-seeker", &[("since", (*since).into())]);
            }
            NoteFact::UnderWay { label } => lines.add("signed-note-under-way", &[("label", label.as_str().into())]),
        }
    }
}

fn incomes(core: &Core, lines: &mut Lines<'_>) {
    lines.head("signed-incomes");
    if core.incomes.is_empty() {
        lines.add("signed-none", &[]);
    }
    for income in &core.incomes {
        lines.add(
            "signed-statement",
            &[
                ("kind", Value::Key(format!("income-kind-{}", income.kind.code()).into())),
                ("amount", income.amount.into()),
                ("date", income.date.into()),
                ("person", name_of(core, income.person).into()),
            ],
        );
        if let Some(note) = &income.note {
            lines.add("signed-note", &[("note", note.as_str().into())]);
        }
    }
}

fn expenses(core: &Core, lines: &mut Lines<'_>) {
    lines.head("signed-expenses");
    if core.expenses.is_empty() {
        lines.add("signed-none", &[]);
    }
    for expense in &core.expenses {
        let kind = ("kind", Value::Key(format!("expense-kind-{}", expense.kind.code()).into()));
        let (amount, date) = (("amount", expense.amount.into()), ("date", expense.date.into()));
        match expense.person {
            Some(person) => {
                lines.add("signed-statement", &[kind, amount, date, ("person", name_of(core, person).into())]);
            }
            None => lines.add("signed-statement-household", &[kind, amount, date]),
        }
        if let Some(note) = &expense.note {
            lines.add("signed-note", &[("note", note.as_str().into())]);
        }
    }
}

fn payout(core: &Core, lines: &mut Lines<'_>) {
    lines.head("signed-payout");
    match &core.payout {
        PayoutFact::Account { bank: Some(bank), account } => {
            lines.add("signed-payout-account", &[("bank", bank.as_str().into()), ("account", account.as_str().into())]);
        }
        PayoutFact::Account { bank: None, account } => {
            lines.add("signed-payout-account-only", &[("account", account.as_str().into())]);
        }
        PayoutFact::PaymentSlip => lines.add("signed-payout-slip", &[]),
        PayoutFact::ThirdParty { name, .. } => {
            lines.add("signed-payout-third-party", &[("name", name.as_str().into())]);
        }
    }
}

fn own(annex: &Annex, lines: &mut Lines<'_>) {
    let parts = [
        ("signed-phone", annex.phone.as_ref()),
        ("signed-email", annex.email.as_ref()),
        ("signed-own-message", annex.message.as_ref()),
    ];
    if parts.iter().any(|(_, value)| value.is_some()) {
        lines.head("signed-own");
    }
    for (key, value) in parts {
        if let Some(value) = value {
            lines.add(key, &[("value", value.as_str().into())]);
        }
    }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::case::signatures;
    use crate::test_support::{Stage, Statement, add_signed, day, month};

    #[sqlx::test(migrations = "../migrations")]
    async fn what_a_person_typed_cannot_pass_for_another_fact(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        let statement = Statement {
            household: Some("Elsa har flyttat.\n\nUtbetalning\nKonto: 1\u{2028}Konto: 2"),
            ..Statement::default()
        };
        let (case, month) = (stage.home.case, month("2026-12"));
        let id = add_signed(stage.service(), &mut tx, case, month, day(11, 18), &statement).await;
        let signed = signatures::signed(&mut tx, id).await.unwrap();
        let text = &signed[0].evidence.swedish_text;
        assert!(text.contains("Elsa har flyttat.\n    \n    Utbetalning\n    Konto: 1\n    Konto: 2\n"), "{text}");
    }
}
