//! Arbetsförmedlingen: no payments, but whether the person is registered as a job seeker and has decisions in force.

use domain::authority::{Answer, Fact, FailureKind};
use roxmltree::Node;

use crate::authority::gathered::{Gathered, MALFORMED, failure};
use crate::authority::question::Question;
use crate::authority::xml;

/// The activity report could not be looked up. 200 (handed in), 500 (none found) and 501 (not handed in) are answers.
const ACTIVITY_REPORT_FAILED: &str = "502";

pub(super) fn read(data: Node<'_, '_>, question: &Question) -> Option<Answer> {
    let answer = xml::child(data, "Svar")?;
    if xml::text(answer, "IdentitetsbeteckningFysiskPerson")? != question.person.digits() {
        return None;
    }
    let mut gathered = Gathered::default();
    let status = xml::text(answer, "StatusSokandeinformationKod")?;
    if status != "0" {
        gathered.gap(failure(FailureKind::Refused, Some(&status)));
    }
    if let Some(seeker) = xml::child(answer, "ArbetssokandeInfo") {
        read_seeker(seeker, &mut gathered);
    }
    for decision in decisions(answer) {
        read_decision(decision, question, &mut gathered);
    }
    Some(gathered.into_answer())
}

fn read_seeker(seeker: Node<'_, '_>, gathered: &mut Gathered) {
    gathered.part_answered();
    let left = xml::text(seeker, "ArbetssokandeAvaktualiserad").is_some();
    if xml::is_true(seeker, "Arbetssokande") && !left {
        match xml::text(seeker, "ArbetssokandeRegistrerad").as_deref().and_then(xml::date) {
            Some(since) => gathered.fact(Fact::RegisteredJobSeeker { since }),
            None => gathered.gap(MALFORMED),
        }
    }
    let report = xml::child(seeker, "AktivetetsRapportDatum")
        .and_then(|report| xml::text(report, "AktivitetsRapportMeddelande"));
    if report.is_some_and(|message| message.starts_with(ACTIVITY_REPORT_FAILED)) {
        gathered.gap(failure(FailureKind::Refused, Some(ACTIVITY_REPORT_FAILED)));
    }
}

fn decisions<'a, 'i>(answer: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let list = xml::at(answer, &["BeslutInfo", "EkonomiskaBeslut"]);
    list.iter().flat_map(|list| xml::children(*list, "Beslut")).collect()
}

/// A decision in force some time in the period is under way; one that cannot be read is a gap.
fn read_decision(decision: Node<'_, '_>, question: &Question, gathered: &mut Gathered) {
    let day = |name| xml::text(decision, name).as_deref().and_then(xml::date);
    let (Some(label), Some(first), Some(last)) =
        (xml::text(decision, "ErsattningTyp"), day("BeslutFrom"), day("BeslutTom"))
    else {
        gathered.gap(MALFORMED);
        return;
    };
    if first <= question.period.last() && last >= question.period.first() {
        gathered.fact(Fact::UnderWay { label });
    }
}
