//! `GET /renewal/check`: check answers before signing.

use app::citizen::check;
use app::citizen::model::{Check, Item, PayoutWay, SectionError, SumChange};
use app::model::{Phrase, ShownSignatureState, Signature, SigningState, SourceChip};
use domain::Money;
use domain::account::PayoutMethod;
use domain::renewal::draft::ItemList;
use domain::renewal::{Section, judge};

use super::other_adult::Seen;
use super::work::Work;
use super::{activity, authorities, household, items};
use crate::case::household::applicant;
use crate::case::{answers, earlier, head, payouts, signed};
use crate::http::{Here, Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// Everything that would be signed, what differs from the month before, and the figure that the rules give.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let check = read(&mut visit).await?;
    visit.page(check::page(check)).await
}

async fn read(visit: &mut Visit<Citizen>) -> Result<Check, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let work = Work::read_whole(tx, actor, here).await?;
    let method = head::payout(tx, actor.case()).await?;
    let asked = answers::newest(tx, work.renewal.id()).await?;
    let seen = Seen::in_household(tx, actor, &work.members).await?;
    let (answers, other) = (authorities::about(here, actor, &work, &asked), seen.other(work.renewal.month(), &asked));
    let gone = authorities::gone(actor, &work, &asked);
    let known = work.known(tx, actor, seen.counted(asked)).await?;
    let incomes = items::of_work(&work, ItemList::Incomes);
    let expenses = items::of_work(&work, ItemList::Expenses);
    let before = match work.earlier.first() {
        Some(last) => {
            let signed = signed::facts(tx, last.id()).await?;
            let stated = signed.map(|signed| signed.read_by(actor.person())).unwrap_or_default();
            Some(earlier::sums_of(last.month(), &stated))
        }
        None => None,
    };
    let changes = before.as_ref().map_or_else(Vec::new, |before| {
        let mut changes = changes(&before.incomes, &incomes, Section::Incomes);
        changes.extend(self::changes(&before.expenses, &expenses, Section::Expenses));
        changes
    });
    // Of a draft nobody has signed or declined anything.
    let signatures = work.members.iter().filter(|member| member.signs_as.is_some()).map(|member| Signature {
        name: member.name.clone(),
        number: member.number,
        is_viewer: member.person == actor.person(),
        state: ShownSignatureState::NotYet,
    });
    let signatures = signatures.collect();
    let judged = judge(work.draft(), &work.context);
    let signing = if work.renewal.unused().is_some_and(|unused| unused >= work.saved) {
        SigningState::NotUsed
    } else if work.stored.signing_begun == Some(work.revision) {
        SigningState::Interrupted
    } else {
        SigningState::Ready
    };
    Ok(Check {
        window: work.window(&here.site.municipality),
        revision: u32::try_from(work.revision).unwrap_or_default(),
        of: work.named(),
        gone,
        errors: judged.as_ref().err().map_or_else(Vec::new, |errors| errors.iter().map(section_error).collect()),
        changes,
        previous: before.map(|before| before.month),
        activity: activity::fields(&work),
        household: household::of_work(&work, actor, &tx.vault())?,
        answers,
        other,
        incomes,
        expenses,
        payout: paid_to(here, &work, &method),
        message: work.draft().message.as_str().to_owned(),
        preliminary: known.names().read_by(actor.person(), work.writer).outcome(known.calculate(Vec::new()).as_ref()),
        signatures,
        signing,
    })
}

/// Where the money goes, as the case has it.
pub(super) fn paid_to(here: &Here, work: &Work, method: &PayoutMethod) -> PayoutWay {
    PayoutWay {
        method: payouts::method(method),
        payee: applicant(&work.members),
        phone: here.site.municipality.contact.phone.clone(),
    }
}

pub(super) fn section_error(error: &judge::DraftError) -> SectionError {
    SectionError { section: error.section, item: error.own_page(), error: error.into() }
}

/// What differs from the month before, by kind: each kind's sum then and now.
fn changes(before: &[earlier::KindSum], now: &[Item], section: Section) -> Vec<SumChange> {
    let mut sums: Vec<(Phrase, SourceChip, Money)> = Vec::new();
    for item in now {
        let Some(amount) = item.amount else { continue };
        match sums.iter_mut().find(|(label, _, _)| *label == item.label) {
            Some((_, _, sum)) => *sum += amount,
            None => sums.push((item.label.clone(), item.source.clone(), amount)),
        }
    }
    let mut changes: Vec<SumChange> = sums
        .iter()
        .filter_map(|(label, source, sum)| {
            let then = before.iter().find(|one| one.label == *label).map(|one| one.amount);
            (then != Some(*sum)).then(|| SumChange {
                label: label.clone(),
                before: then,
                now: Some(*sum),
                source: source.clone(),
                section,
            })
        })
        .collect();
    changes.extend(before.iter().filter(|one| sums.iter().all(|(label, _, _)| *label != one.label)).map(|one| {
        SumChange { label: one.label.clone(), before: Some(one.amount), now: None, source: one.source.clone(), section }
    }));
    changes
}

#[cfg(test)]
mod tests {
    use domain::authority::Agency;
    use domain::kind::{ExpenseKind, IncomeKind};
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, add_answer, add_source, day, reported};

    const PATH: &str = "/renewal/check";

    /// The figure with its lines.
    fn figure(page: &str) -> &str {
        page.split_once("Preliminär beräkning").unwrap().1.split_once("</section>").unwrap().0
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_figure_tells_nothing_of_the_other_adult_until_a_sum_is_shown(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, _]) = stage.couple().await;
        let draft = stage.written(&mira).await;
        let without = "Utan det som myndigheterna säger om Johan.";
        let mut tx = stage.tx(&stage.home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        let benefit = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
        add_answer(&mut tx, draft, couple.mira, fk, day(11, 20), &benefit).await;
        tx.commit().await.unwrap();
        let before = stage.page(&mira, PATH).await;
        assert!(figure(&before).contains(without) && figure(&before).contains("1 400 kr"), "{before}");

        let mut tx = stage.tx(&stage.home).await;
        let two = [
            reported(IncomeKind::SicknessBenefit, 2_300, day(11, 12)),
            reported(IncomeKind::ParentalBenefit, 411, day(11, 13)),
        ];
        let [first, second] = two.map(|one| one.content().unwrap().rows.clone());
        let rows = [first, second].concat();
        let both = domain::authority::Answer::Answered(domain::authority::Content { rows, facts: Vec::new() });
        add_answer(&mut tx, draft, couple.johan, fk, day(11, 20), &both).await;
        tx.commit().await.unwrap();
        let after = stage.page(&mira, PATH).await;
        assert_eq!(figure(&after), figure(&before), "not even by subtraction");

        stage.shows_sums().await;
        let summed = stage.page(&mira, PATH).await;
        assert!(!summed.contains(without) && figure(&summed).contains("Från myndigheter, Johan"), "{summed}");
        assert!(figure(&summed).contains("2 711 kr") && !summed.contains("2 300 kr"), "{summed}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_differs_from_the_month_before_stands_first(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, person) = (&stage.home, stage.home.person.to_string());
        let november = Statement {
            incomes: vec![(IncomeKind::Gift, 2_000, day(10, 20)), (IncomeKind::Gift, 1_000, day(10, 21))],
            expenses: vec![(ExpenseKind::DentalCare, 6_000, day(11, 1)), (ExpenseKind::Rent, 7_000, day(11, 1))],
            ..Statement::default()
        };
        stage.signed(home.case, "2026-11", &november).await;
        stage.begun(&home.citizen).await;
        let gift = async |amount| {
            let fields = [("kind", "gift"), ("amount", amount), ("date", "2026-11-20"), ("person", &*person)];
            stage.save(&home.citizen, "/renewal/incomes/add", &fields).await;
            let page = stage.page(&home.citizen, PATH).await;
            page.split_once("Ändrat sedan november").unwrap().1.split_once("</section>").unwrap().0.to_owned()
        };
        let changes = gift("2 500").await;
        for text in ["Gåva", "2 500 kr", "3 000 kr</bdi> i november", "Tandvård", "Borta", "6 000 kr</bdi> i november"]
        {
            assert!(changes.contains(text), "{text}: {changes}");
        }
        assert!(!changes.contains("Hyra"), "it was carried over: {changes}");
        let changes = gift("500").await;
        assert!(!changes.contains("Gåva") && changes.contains("Tandvård"), "the kind's sum is as it was: {changes}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_signed_only_when_every_part_is_done(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        let button = "Skriv under med e-legitimation";
        let unfinished = stage.page(&mira, PATH).await;
        assert!(unfinished.contains("Svara på om uppgifterna om ditt hushåll stämmer."), "{unfinished}");
        assert!(unfinished.contains("href=\"/renewal/household#household\"") && !unfinished.contains(button));
        stage.written(&mira).await;
        let whole = stage.page(&mira, PATH).await;
        assert!(whole.contains(button) && whole.contains("name=\"revision\" value=\"7.whole."), "{whole}");
        for text in ["070-174 06 05", "Hej!", "Johan Nilsson", "skriver under med sin egen e-legitimation"] {
            assert!(whole.contains(text), "{text}: {whole}");
        }
        assert_eq!(stage.look(&johan, PATH).await.led_to(), "/home", "the draft is the other adult's");
    }
}
