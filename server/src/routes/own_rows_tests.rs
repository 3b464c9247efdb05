//! What is fetched about a person, looked for on every page of the other adult of the household: at every address, from the draft to the
//! decision. No row, source or benefit of another's is met, and a sum only where it is shown on a ground of law.

use axum::http::{Method, StatusCode};
use domain::authority::{Agency, Answer, AuthorityRow, Content, RowKind, RowState};
use domain::id::{DecisionId, PersonId, RenewalId, SourceId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::{Money, NormMonth};
use jiff::civil::Date;
use sqlx::PgPool;

use super::listed::listed;
use crate::test_support::eid::TestEid;
use crate::test_support::{GROUND, Statement, Towns, add_answer, add_source, month};

/// What is fetched about one adult, with amounts that nobody else has.
struct Fetched {
    name: &'static str,
    incomes: [(IncomeKind, i64); 2],
    bills: [(ExpenseKind, i64); 2],
    /// From before the month that counts.
    earlier: i64,
    /// What nobody else may meet: benefits, what the authority calls them, amounts on a page and in what a page calculates with.
    signs: &'static [&'static str],
    /// What the incomes are together, and the bills.
    sums: [&'static str; 2],
}

const MIRA: Fetched = Fetched {
    name: "Mira",
    incomes: [(IncomeKind::ParentalBenefit, 141_113), (IncomeKind::HousingBenefit, 21_202)],
    bills: [(ExpenseKind::Electricity, 61_241), (ExpenseKind::HomeInsurance, 5_107)],
    earlier: 77_777,
    signs: &[
        "Mirasort",
        "Föräldrapenning",
        "Bostadsbidrag",
        "1 411,13",
        "212,02",
        "612,41",
        "51,07",
        "777,77",
        "141113",
        "21202",
        "61241",
        "77777",
    ],
    sums: ["1 623,15", "663,48"],
};

const JOHAN: Fetched = Fetched {
    name: "Johan",
    incomes: [(IncomeKind::SicknessBenefit, 173_317), (IncomeKind::IntroductionBenefit, 30_505)],
    bills: [(ExpenseKind::Electricity, 71_359), (ExpenseKind::HomeInsurance, 6_209)],
    earlier: 88_888,
    signs: &[
        "Johansort",
        "Sjukpenning",
        "Etableringsersättning",
        "1 733,17",
        "305,05",
        "713,59",
        "62,09",
        "888,88",
        "173317",
        "30505",
        "71359",
        "88888",
    ],
    sums: ["2 038,22", "775,68"],
};

impl Fetched {
    fn answer(&self, of: NormMonth) -> Answer {
        let (before, earlier) = (of.previous(), of.previous().previous());
        let row = |kind, ore, on: Date| AuthorityRow {
            label: format!("{}sort", self.name),
            kind,
            amount: Money::from_ore(ore),
            pay_date: Some(on),
            period: None,
            state: RowState::Paid,
        };
        let mut rows: Vec<_> =
            self.incomes.iter().map(|(kind, ore)| row(RowKind::Income(*kind), *ore, before.first_day())).collect();
        // A month with bills that ask a human would have been granted in part.
        let bills = self.bills.iter().filter(|_| of == month("2026-12"));
        rows.extend(bills.map(|(kind, ore)| row(RowKind::Expense(*kind), *ore, of.first_day())));
        rows.push(row(RowKind::Income(self.incomes[0].0), self.earlier, earlier.first_day()));
        Answer::Answered(Content { rows, facts: Vec::new() })
    }
}

/// The couple, and what there is of theirs.
struct Home<'a> {
    stage: &'a Towns,
    people: [PersonId; 2],
    cookies: [String; 2],
    source: SourceId,
    renewals: Vec<RenewalId>,
    decision: DecisionId,
}

impl<'a> Home<'a> {
    /// November is decided, and December's draft has been begun by Mira; Johan applies too.
    async fn new(stage: &'a Towns) -> Self {
        let mut tx = stage.tx(&stage.home).await;
        let source = add_source(&mut tx, Agency::Fk).await;
        tx.commit().await.unwrap();
        let (couple, cookies) = stage.couple().await;
        let november = stage.signed(couple.case, "2026-11", &Statement::default()).await;
        let people = [couple.mira, couple.johan];
        let mut home =
            Self { stage, people, cookies, source, renewals: vec![november], decision: DecisionId(uuid::Uuid::nil()) };
        home.answer(november, month("2026-11")).await;
        home.decision = stage.decided(november, "granted", "need-by-norm").await;
        let december = stage.written(&home.cookies[0]).await;
        stage.send(&home.cookies[1], "/renewal/apply", &[]).await;
        home.renewals.push(december);
        home.answer(december, month("2026-12")).await;
        home
    }

    async fn answer(&self, renewal: RenewalId, of: NormMonth) {
        let mut tx = self.stage.tx(&self.stage.home).await;
        for (person, fetched) in self.people.iter().zip([&MIRA, &JOHAN]) {
            // After the sources were asked when it was begun, so that it is the newest.
            let on = of.previous().first_day().with().day(25).build().unwrap();
            add_answer(&mut tx, renewal, *person, self.source, on, &fetched.answer(of)).await;
        }
        tx.commit().await.unwrap();
    }

    /// Every page that a citizen can open, with everything of theirs that its address can name.
    fn paths(&self) -> Vec<String> {
        let ids = self.renewals.iter().map(ToString::to_string).chain([self.decision.to_string()]);
        let ids: Vec<_> = ids.collect();
        let lists = |path: &str| ["incomes", "expenses"].map(|list| path.replace("{list}", list));
        let pages = listed().filter(|one| ["citizen", "reader"].contains(&one.guard) && one.method == Method::GET);
        let paths = pages
            .flat_map(|one| lists(one.path))
            .flat_map(|path| ids.iter().map(|id| path.replace("{id}", id)).collect::<Vec<_>>());
        let mut paths: Vec<_> = paths.collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Opens every page as both, and tells how many there were. `may_sum` is whether a page may tell the other's sums.
    async fn sweep(&self, may_sum: impl Fn(&str) -> bool) -> usize {
        let mut pages = 0;
        for (cookie, (own, other)) in self.cookies.iter().zip([(&MIRA, &JOHAN), (&JOHAN, &MIRA)]) {
            for path in self.paths() {
                let answered = self.stage.look(cookie, &path).await;
                assert!(answered.status.as_u16() < 500, "{path}: {}", answered.body);
                pages += usize::from(answered.status == StatusCode::OK);
                let page = without_choices(&answered.body.replace('\u{a0}', " ").replace("<!>", ""));
                for sign in other.signs {
                    assert!(!page.contains(sign), "{} meets {sign} of {} at {path}: {page}", own.name, other.name);
                }
                for sum in other.sums.iter().filter(|_| !may_sum(&path)) {
                    assert!(!page.contains(sum), "{} meets the sum {sum} at {path}: {page}", own.name);
                }
            }
        }
        pages
    }

    async fn page(&self, reader: usize, path: &str) -> String {
        self.stage.page(&self.cookies[reader], path).await
    }

    /// Signs by way of the eID.
    async fn sign(&self, eid: &TestEid, signer: usize, path: &str) {
        let cookie = &self.cookies[signer];
        let sent = self.stage.save(cookie, path, &[]).await;
        let back = self.stage.look(&sent.browser(cookie), &eid.sign(sent.led_to())).await;
        assert_eq!(back.led_to(), "/renewal/receipt");
    }
}

/// A page without the kinds that a form lets one choose among.
fn without_choices(page: &str) -> String {
    let mut parts = page.split("<option");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("</option>").map_or(part, |(_, rest)| rest))
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_meets_what_was_fetched_about_the_other(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let home = Home::new(&stage).await;
    let (own, december) = (home.page(0, "/renewal/authorities").await, home.renewals[1]);
    assert!(own.contains("1 411,13") && own.contains("Myndigheterna har tillfrågats om Johan."), "{own}");
    // Both are parties to a decision, whose calculation tells a sum.
    let counted = format!("/decisions/{}/calculation", home.decision);
    let only_decided = |path: &str| path == counted;
    assert!(home.sweep(only_decided).await > 30);
    for (reader, other) in [(0, &JOHAN), (1, &MIRA)] {
        let decided = home.page(reader, &counted).await;
        assert!(decided.contains(other.sums[0]), "{decided}");
        assert!(decided.contains(&format!("Från myndigheter, {}", other.name)), "{decided}");
    }

    home.sign(&eid, 0, "/renewal/sign").await;
    let cosign = home.page(1, "/renewal/cosign").await;
    assert!(cosign.contains("1 733,17") && cosign.contains("Myndigheterna har tillfrågats om Mira."), "{cosign}");
    home.sweep(only_decided).await;
    home.sign(&eid, 1, "/renewal/cosign/sign").await;
    for (reader, own) in [(0, "1 411,13"), (1, "1 733,17")] {
        let signed = home.page(reader, &format!("/renewals/{december}/signed")).await;
        assert!(signed.contains(own), "{signed}");
    }
    home.sweep(only_decided).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn where_sums_are_shown_the_sum_alone_is_met(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    stage.shows_sums().await;
    let home = Home::new(&stage).await;
    assert!(home.sweep(|_| true).await > 30);
    for path in ["/renewal/authorities", "/renewal/check"] {
        let page = home.page(0, path).await;
        assert!(page.contains("Johan sammanlagt 2 038,22 kr i november") && page.contains(GROUND), "{path}: {page}");
    }
    home.sign(&eid, 0, "/renewal/sign").await;
    let cosign = home.page(1, "/renewal/cosign").await;
    assert!(cosign.contains("Mira sammanlagt 1 623,15 kr i november") && cosign.contains(GROUND), "{cosign}");
    home.sweep(|_| true).await;
}
