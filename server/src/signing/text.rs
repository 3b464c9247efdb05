//! The text that is signed: what the core and the annex say, one fact to a line, in plain words. When an authority was asked and in what
//! way it failed stand in the core alone.
//!
//! It is made from the document alone, so that whoever has the document can make the text again. The words stand in
//! `app/locales/*/signed.ftl`.

use app::i18n::Texts;
use app::model::episode;
use app::model::household_change::told;
use app::model::{Value, proved};
use app::ui::reason_key;
use domain::NormMonth;
use domain::authority::{NotAsked, RowKind, RowState};
use domain::form::PlainText;
use domain::id::PersonId;
use domain::renewal::dispute::DisputeStatement;
use domain::renewal::document::{
    Annex, AnswerFact, AuthorityFact, Core, Digest, NoteFact, PayoutFact, RowFact, SignedRole,
};
use domain::renewal::household_change::HouseholdStatement;
use domain::renewal::judge::{ExpenseStatement, IncomeStatement};
use domain::renewal::state::SignerRole;

/// The whole text for one signer.
pub(super) fn whole(core: &Core, annex: &Annex, municipality: &str, texts: &Texts) -> String {
    let mut lines = facts(core, municipality, texts);
    let own_facts: Vec<_> = annex.own_authorities(core).collect();
    lines.head("signed-authorities");
    if let Some(signer) = core.signer(annex.role).filter(|_| own_facts.is_empty()) {
        lines.add("signed-authorities-none", &[("person", signer.name.as_str().into())]);
    }
    authorities(core, own_facts, &mut lines);
    read_elsewhere(core, core.signer(annex.role).map(|signer| signer.person), &mut lines);
    own_rows(core, annex, &mut lines);
    proofs(core, annex, &mut lines);
    own(annex, &mut lines);
    declaration(&mut lines);
    lines.text()
}

/// The text for somebody who has not signed: without what is the signers' own.
pub(super) fn shared(core: &Core, reader: PersonId, municipality: &str, texts: &Texts) -> String {
    let mut lines = facts(core, municipality, texts);
    lines.head("signed-authorities");
    authorities(core, core.authorities.iter().flatten().filter(|fact| fact.person == reader), &mut lines);
    read_elsewhere(core, Some(reader), &mut lines);
    declaration(&mut lines);
    lines.text()
}

fn facts<'t>(core: &Core, municipality: &str, texts: &'t Texts) -> Lines<'t> {
    let mut lines = Lines { texts, lines: Vec::new() };
    lines.add("signed-title", &[("month", core.norm_month.into())]);
    lines.add("signed-municipality", &[("municipality", municipality.into())]);
    household(core, &mut lines);
    lines.head("signed-incomes");
    incomes(core, &core.incomes, &mut lines);
    lines.head("signed-expenses");
    expenses(core, &core.expenses, &mut lines);
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
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
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
            SignedRole::Applicant => "signed-role-applicant",
            SignedRole::CoApplicant => "signed-role-co-applicant",
            SignedRole::Child => "signed-role-child",
            SignedRole::Other => "signed-role-other",
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
        HouseholdStatement::Changed { changes, change } => {
            for change in changes {
                let told = lines.texts.phrase(&told(change, core.norm_month, |person| name_of(core, person)));
                lines.add("signed-household-changed", &[("change", told.into())]);
            }
            if let Some(change) = change {
                lines.add("signed-household-changed", &[("change", change.as_str().into())]);
            }
        }
    }
}

fn authorities<'a>(core: &Core, facts: impl IntoIterator<Item = &'a AuthorityFact>, lines: &mut Lines<'_>) {
    for fact in facts {
        let who = [("source", fact.source.as_str().into()), ("person", Value::from(name_of(core, fact.person)))];
        match &fact.answer {
            AnswerFact::Answered { rows, notes } => {
                lines.add("signed-source-answered", &who);
                content(core, fact.person, rows, notes, lines);
            }
            AnswerFact::NothingFound => lines.add("signed-source-nothing", &who),
            AnswerFact::Partly { rows, notes, .. } => {
                lines.add("signed-source-partly", &who);
                content(core, fact.person, rows, notes, lines);
            }
            AnswerFact::Failed { .. } => lines.add("signed-source-failed", &who),
            AnswerFact::NotAsked { reason } => {
                let key = match reason {
                    NotAsked::SwitchedOff => "signed-source-off",
                    NotAsked::NotApplicable => "signed-source-not-applicable",
                };
                lines.add(key, &who);
            }
        }
    }
}

/// Whose answers from authorities this reader does not read. A core of an older schema holds them all the same.
fn read_elsewhere(core: &Core, reader: Option<PersonId>, lines: &mut Lines<'_>) {
    for role in [SignerRole::Applicant, SignerRole::CoApplicant] {
        if let Some(signer) = core.signer(role).filter(|signer| Some(signer.person) != reader) {
            lines.add("signed-authorities-others", &[("person", signer.name.as_str().into())]);
        }
    }
}

fn content(core: &Core, person: PersonId, rows: &[RowFact], notes: &[NoteFact], lines: &mut Lines<'_>) {
    for fact in rows {
        let text = row(fact, lines.texts);
        lines.push(&text);
        if let Some(said) = &fact.disputed {
            disputed(core, person, fact.kind, said, lines);
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

/// What the person says is wrong with a row, which stands before it as it was given.
fn disputed(core: &Core, person: PersonId, kind: RowKind, said: &DisputeStatement, lines: &mut Lines<'_>) {
    let reason = Value::Key(reason_key(said.reason, kind).into());
    lines.add("signed-row-disputed", &[("person", name_of(core, person).into()), ("reason", reason)]);
    if let Some(amount) = said.amount {
        lines.add("signed-row-disputed-amount", &[("amount", amount.into())]);
    }
    if let Some(date) = said.date {
        lines.add("signed-row-disputed-date", &[("date", date.into())]);
    }
    lines.add("signed-row-disputed-why", &[("why", said.why.as_str().into())]);
}

/// What, how much, when it is paid and what time it is for, as far as the authority has reported.
fn row(fact: &RowFact, texts: &Texts) -> String {
    let (direction, state) = match (fact.kind, fact.state) {
        (RowKind::Income(_), RowState::Planned) => ("signed-direction-income", "signed-state-planned"),
        (RowKind::Income(_), RowState::Paid) => ("signed-direction-income", "signed-state-paid"),
        (RowKind::Expense(_), RowState::Planned) => ("signed-direction-expense", "signed-state-bill-planned"),
        (RowKind::Expense(_), RowState::Paid) => ("signed-direction-expense", "signed-state-bill-paid"),
    };
    let what = texts.with(
        "signed-row",
        &[
            ("label", fact.label.as_str().into()),
            ("direction", Value::Key(direction.into())),
            ("amount", fact.amount.into()),
        ],
    );
    let state = ("state", Value::Key(state.into()));
    let paid = match fact.pay_date {
        Some(day) => texts.with("signed-row-paid", &[state, ("date", day.into())]),
        None => texts.with("signed-row-paid-undated", &[state]),
    };
    let period = fact
        .period
        .map(|period| texts.with("signed-row-period", &[("first", period.from.into()), ("last", period.to.into())]));
    [Some(what), Some(paid), period].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the signer says of their own incomes and expenses, and that it holds instead of what stands before.
fn own_rows(core: &Core, annex: &Annex, lines: &mut Lines<'_>) {
    let Some((rows, signer)) = annex.rows.as_ref().zip(core.signer(annex.role)) else { return };
    let name = [("person", signer.name.as_str().into())];
    lines.head("signed-own-rows");
    lines.add("signed-own-rows-instead", &name);
    lines.head("signed-own-incomes");
    incomes(core, &rows.incomes, lines);
    lines.head("signed-own-expenses");
    expenses(core, &rows.expenses, lines);
}

fn incomes(core: &Core, incomes: &[IncomeStatement], lines: &mut Lines<'_>) {
    if incomes.is_empty() {
        lines.add("signed-none", &[]);
    }
    for income in incomes {
        lines.add(
            "signed-statement",
            &[
                ("kind", Value::Key(income.kind.key().into())),
                ("amount", income.amount.into()),
                ("date", income.date.into()),
                ("person", name_of(core, income.person).into()),
            ],
        );
        if let Some(payer) = &income.payer {
            lines.add("signed-payer", &[("payer", payer.as_str().into())]);
        }
        beside(income.note.as_ref(), income.carried, lines);
    }
}

fn expenses(core: &Core, expenses: &[ExpenseStatement], lines: &mut Lines<'_>) {
    if expenses.is_empty() {
        lines.add("signed-none", &[]);
    }
    for expense in expenses {
        let text = row_of(expense, core, lines.texts);
        lines.push(&text);
        beside(expense.note.as_ref(), expense.carried, lines);
    }
}

/// What, how much, for which month, on which day and whose, as far as it was said.
fn row_of(expense: &ExpenseStatement, core: &Core, texts: &Texts) -> String {
    let kind = ("kind", Value::Key(expense.kind.key().into()));
    let what = texts.with("signed-expense", &[kind, ("amount", expense.amount.into())]);
    let month = expense.month.map(|month| texts.with("signed-expense-month", &[("month", month.into())]));
    let day = expense.date.map(|day| texts.with("signed-expense-day", &[("date", day.into())]));
    let person = expense.person.map(|person| name_of(core, person));
    [Some(what), month, day, person].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What stands under a row: the person's own words, and since when it stands as it was.
fn beside(note: Option<&PlainText>, carried: Option<NormMonth>, lines: &mut Lines<'_>) {
    if let Some(note) = note {
        lines.add("signed-note", &[("note", note.as_str().into())]);
    }
    if let Some(month) = carried {
        lines.add("signed-carried", &[("month", month.into())]);
    }
}

fn payout(core: &Core, lines: &mut Lines<'_>) {
    lines.head("signed-payout");
    match &core.payout {
        PayoutFact::Account { bank: Some(bank), account, .. } => {
            lines.add("signed-payout-account", &[("bank", bank.as_str().into()), ("account", account.as_str().into())]);
        }
        PayoutFact::Account { bank: None, account, .. } => {
            lines.add("signed-payout-account-only", &[("account", account.as_str().into())]);
        }
        PayoutFact::PaymentSlip => lines.add("signed-payout-slip", &[]),
        PayoutFact::ThirdParty { name, giro } => {
            let account = ("account", giro.to_string().into());
            lines.add("signed-payout-third-party", &[("name", name.as_str().into()), account]);
        }
    }
}

/// What the signer shows of what stands before, and what is to come.
fn proofs(core: &Core, annex: &Annex, lines: &mut Lines<'_>) {
    if annex.proofs.is_empty() {
        return;
    }
    lines.head("signed-proofs");
    let what = |texts: &Texts, of| proved(core, annex, of).map(|what| texts.phrase(&what)).unwrap_or_default();
    for proof in &annex.proofs.shown {
        let pages = lines.texts.with("proof-pages", &[("count", i64::from(proof.pages.0).into())]);
        let args = [
            ("what", what(lines.texts, proof.of).into()),
            ("name", proof.name.as_str().into()),
            ("media", Value::Key(proof.media.key().into())),
            ("pages", pages.into()),
        ];
        lines.add("signed-proof", &args);
    }
    for of in &annex.proofs.later {
        lines.add("signed-proof-later", &[("what", what(lines.texts, *of).into())]);
    }
}

fn own(annex: &Annex, lines: &mut Lines<'_>) {
    if let Some(activity) = &annex.activity {
        lines.head("signed-activity");
        let answer = Value::Key(activity.answer.key().into());
        lines.add("signed-activity-answer", &[("month", activity.month.into()), ("answer", answer)]);
        if let Some(note) = &activity.note {
            lines.add("signed-note", &[("note", note.as_str().into())]);
        }
        for episode in &activity.episodes {
            let text = lines.texts.phrase(&episode::told(episode));
            lines.push(&text);
        }
    }
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
    use app::i18n::Catalogue;
    use domain::Money;
    use domain::form::PlainText;
    use domain::kind::{ExpenseKind, IncomeKind};
    use domain::renewal::document::{AnnexSchema, SignedPeriod};
    use jiff::civil::{Date, date};
    use sqlx::PgPool;

    use super::*;
    use crate::case::signed;
    use crate::test_support::{Statement, Towns, add_signed, day, month};

    #[sqlx::test(migrations = "../migrations")]
    async fn what_a_person_typed_cannot_pass_for_another_fact(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        let statement = Statement {
            household: Some("Elsa har flyttat.\n\nUtbetalning\nKonto: 1\u{2028}Konto: 2"),
            ..Statement::default()
        };
        let (case, month) = (stage.home.case, month("2026-12"));
        let id = add_signed(&stage.service, &mut tx, case, month, day(11, 18), &statement).await;
        let (evidence, _) = signed::of_person(&mut tx, id, stage.home.person).await.unwrap().unwrap();
        let text = &evidence.swedish_text;
        assert!(text.contains("Elsa har flyttat.\n    \n    Utbetalning\n    Konto: 1\n    Konto: 2\n"), "{text}");
    }

    /// What is fetched about somebody stands in their own text, in a document of every schema, and in nobody else's.
    #[test]
    fn what_was_fetched_about_a_person_stands_in_their_own_text_alone() {
        let swedish = Catalogue::load().unwrap().original();
        let vector = |json: &str| -> Core { serde_json::from_str(json).unwrap() };
        let [first, second, third] = [
            include_str!("../../../domain/testdata/renewal-core-1.json"),
            include_str!("../../../domain/testdata/renewal-core-2.json"),
            include_str!("../../../domain/testdata/renewal-core-3.json"),
        ]
        .map(vector);
        let petras: Annex =
            serde_json::from_str(include_str!("../../../domain/testdata/renewal-annex-2.json")).unwrap();
        let signers = [SignerRole::Applicant, SignerRole::CoApplicant].map(|role| third.signer(role).unwrap().person);
        let none = |schema, role, authorities| Annex {
            schema,
            role,
            authorities,
            rows: None,
            activity: None,
            phone: None,
            email: None,
            message: None,
            ..petras.clone()
        };
        let (petra, johan) = (SignerRole::Applicant, SignerRole::CoApplicant);
        let johans = second.authorities.iter().flatten().filter(|fact| fact.person == signers[1]).cloned().collect();
        for (core, annexes) in [
            (&first, [none(AnnexSchema::V1, petra, None), none(AnnexSchema::V1, johan, None)]),
            (&second, [none(AnnexSchema::V1, petra, None), none(AnnexSchema::V1, johan, None)]),
            (&third, [petras.clone(), none(AnnexSchema::V2, johan, Some(johans))]),
        ] {
            let texts = annexes.map(|annex| whole(core, &annex, "Exempelby kommun", &swedish).replace('\u{a0}', " "));
            let his = "Försäkringskassan om Johan Nilsson: inte tillfrågad";
            for hers in ["Bostadsbidrag, inkomst, 1 900 kr", "CSN om Petra Nilsson, delvis svar:"] {
                assert!(texts[0].contains(hers) && !texts[1].contains(hers), "{hers}: {texts:?}");
            }
            assert!(texts[1].contains(his) && !texts[0].contains(his), "{texts:?}");
            for (text, other) in texts.iter().zip(["Johan", "Petra"]) {
                let elsewhere = format!("svarar om {other} Nilsson läser bara {other} Nilsson");
                assert_eq!(text.matches("Vad myndigheterna svarar om").count(), 1, "{text}");
                assert!(text.contains(&elsewhere), "{text}");
            }
            let shared = shared(core, signers[1], "Exempelby kommun", &swedish);
            assert!(!shared.contains("Bostadsbidrag") && !shared.contains("CSN"), "{shared}");
            assert_eq!(shared.contains(his), core.authorities.is_some(), "one's own are one's own: {shared}");
        }
        let unasked = none(AnnexSchema::V2, johan, Some(Vec::new()));
        let text = whole(&third, &unasked, "Exempelby kommun", &swedish);
        assert!(text.contains("Ingen myndighet har tillfrågats om Johan Nilsson."), "{text}");
    }

    #[test]
    fn a_row_tells_when_it_is_paid_and_what_time_it_is_for() {
        let swedish = Catalogue::load().unwrap().original();
        let reported = |kind, state, pay_date: Option<Date>, period: Option<(Date, Date)>| {
            let (label, amount) = (PlainText::new("Elnät"), Money::from_kronor(312));
            let period = period.map(|(from, to)| SignedPeriod { from, to });
            row(&RowFact { label, kind, amount, pay_date, period, state, disputed: None }, &swedish)
                .replace('\u{a0}', " ")
        };
        let (bill, income) = (RowKind::Expense(ExpenseKind::Electricity), RowKind::Income(IncomeKind::Capital));
        assert_eq!(
            reported(bill, RowState::Planned, Some(date(2026, 12, 28)), None),
            "– Elnät, utgift, 312 kr, att betala 28 december 2026"
        );
        assert_eq!(
            reported(bill, RowState::Paid, Some(date(2026, 9, 28)), Some((date(2026, 9, 1), date(2026, 9, 30)))),
            "– Elnät, utgift, 312 kr, betald 28 september 2026, för 1 september 2026 till 30 september 2026"
        );
        assert_eq!(
            reported(income, RowState::Paid, None, Some((date(2025, 1, 1), date(2025, 12, 31)))),
            "– Elnät, inkomst, 312 kr, utbetald, för 1 januari 2025 till 31 december 2025"
        );
        assert_eq!(
            reported(income, RowState::Planned, Some(date(2026, 11, 27)), None),
            "– Elnät, inkomst, 312 kr, planerad 27 november 2026"
        );
    }
}
