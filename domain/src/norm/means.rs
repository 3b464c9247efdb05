//! Means beside income: assets that can be turned into money, and surpluses of earlier months (SoL 12 kap. 1 §).

use super::case::{Case, cite};
use super::explanation::Explanation;
use super::line::{Amounts, Certainty, Line, Standing, Subject};
use super::rule_set::Provision;
use crate::Money;
use crate::order::in_order;
use crate::source::Source;

pub(super) fn lines(case: &Case<'_>, lines: &mut Vec<Line>) {
    let assets = in_order(&case.input.assets, |asset| (case.place(asset.person), asset.kind, asset.value, asset.row));
    let provisions = &case.rules.set.file.provisions;
    for asset in assets {
        let (because, standing) = match asset.realisable {
            Some(true) => (Explanation::AssetRealisable {}, Standing::Counted),
            Some(false) => (Explanation::AssetNotRealisable {}, Standing::NotCounted),
            None => (Explanation::AssetToJudge { value: asset.value }, Standing::AsksHuman),
        };
        let subject = Subject::Asset { row: asset.row, kind: asset.kind, person: asset.person };
        lines.push(line(case, subject, asset.value, standing, asset.source, because, &provisions.assets));
    }
    let months = case.rules.set.file.surplus.months;
    for surplus in in_order(&case.input.surpluses, |surplus| surplus.from) {
        let from = surplus.from;
        let (because, standing) = if case.input.month.months_since(from) <= i32::from(months) {
            (Explanation::SurplusCarried { from }, Standing::Counted)
        } else {
            (Explanation::SurplusTooOld { from, months }, Standing::NotCounted)
        };
        let subject = Subject::Surplus { from };
        lines.push(line(case, subject, surplus.amount, standing, Source::CarriedOver, because, &provisions.surplus));
    }
}

fn line(
    case: &Case<'_>,
    subject: Subject,
    value: Money,
    standing: Standing,
    source: Source,
    because: Explanation,
    provision: &Provision,
) -> Line {
    let (paragraph, certainty) = cite(provision, Certainty::Official);
    let counted = if standing == Standing::Counted { value } else { Money::ZERO };
    Line {
        subject,
        amounts: Amounts::Means { value, counted },
        standing,
        source,
        agency: None,
        because,
        also: Vec::new(),
        paragraph,
        table: case.rule_set(),
        certainty,
        overridden: None,
    }
}
