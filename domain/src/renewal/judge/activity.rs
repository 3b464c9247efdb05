//! Judges what is said of a month's work, studies, illness and activities.

use jiff::ToSpan;
use jiff::civil::Date;

use super::household::{choice, count, needed};
use super::{Context, DraftError, Part, error, errors, keep};
use crate::form::{FormProblem, Typed, read};
use crate::renewal::activity::{ActivityAnswer, ActivityStatement};
use crate::renewal::draft::{ACTIVITY_NOTE_MAX, ActivityDraft, Section};
use crate::renewal::episode::{
    AbsenceReason, Certificate, EPISODES_MAX, Episode, EpisodeDraft, EpisodeKind, Extent, PLACE_MAX, WHY_MAX,
    YEARS_AHEAD,
};

/// More hours than this are planned in no month.
const HOURS_MAX: u8 = 200;

/// Judges the fields `activity` and `activity-note`, and each episode by itself. Who begins the renewal answers; in one's own part all of it may
/// be empty.
pub fn judge_activity(draft: &ActivityDraft, context: &Context) -> Result<Option<ActivityStatement>, Vec<DraftError>> {
    let answer = match draft.answer.as_str().trim() {
        "" if context.part == Part::Own && draft.note.is_blank() && draft.episodes.is_empty() => return Ok(None),
        code => ActivityAnswer::from_code(code).ok_or(FormProblem::ActivityMissing),
    };
    let note = read::text(&draft.note, ACTIVITY_NOTE_MAX);
    let note = match (&answer, note) {
        (Ok(answer), Ok(None)) if answer.asks_why() => Err(FormProblem::ActivityNoteMissing),
        (_, note) => note,
    };
    let mut found = Vec::new();
    let episodes: Vec<_> =
        draft.episodes.iter().filter_map(|episode| keep(&mut found, judge_episode(episode, context))).collect();
    if draft.episodes.len() > EPISODES_MAX {
        found.push(error(Section::Activity, "activity", FormProblem::ListTooLong { max: EPISODES_MAX }));
    }
    match (answer, note) {
        (Ok(answer), Ok(note)) if found.is_empty() => {
            Ok(Some(ActivityStatement { month: context.incomes_about(), answer, note, episodes }))
        }
        (answer, note) => {
            let wrong = [("activity", answer.err()), ("activity-note", note.err())];
            let mut all = errors(Section::Activity, None, wrong);
            all.extend(found);
            Err(all)
        }
    }
}

/// Judges one episode: the fields that its kind has.
pub fn judge_episode(episode: &EpisodeDraft, context: &Context) -> Result<Episode, Vec<DraftError>> {
    let wrong = |fields: &[(&'static str, Option<FormProblem>)]| {
        Err(errors(Section::Activity, Some(episode.id), fields.iter().copied()))
    };
    let place = || needed(&episode.place, PLACE_MAX, FormProblem::PlaceMissing);
    let extent = || choice(&episode.extent, Extent::from_code);
    let first = first_day(&episode.from, context);
    match episode.kind {
        kind @ (EpisodeKind::Work | EpisodeKind::Study) => match (place(), first, open_end(episode, first, context)) {
            (Ok(place), Ok(from), Ok(to)) if kind == EpisodeKind::Work => Ok(Episode::Work { place, from, to }),
            (Ok(place), Ok(from), Ok(to)) => Ok(Episode::Study { place, from, to }),
            (place, from, to) => wrong(&[("place", place.err()), ("from", from.err()), ("to", to.err())]),
        },
        EpisodeKind::SickLeave => {
            let certificate = choice(&episode.choice, Certificate::from_code);
            match (first, last_day(episode, first, context), extent(), certificate) {
                (Ok(from), Ok(to), Ok(extent), Ok(certificate)) => {
                    Ok(Episode::SickLeave { id: Some(episode.id), from, to, extent, certificate })
                }
                (from, to, extent, certificate) => wrong(&[
                    ("from", from.err()),
                    ("to", to.err()),
                    ("extent", extent.err()),
                    ("choice", certificate.err()),
                ]),
            }
        }
        EpisodeKind::ParentalLeave => match (first, open_end(episode, first, context), extent()) {
            (Ok(from), Ok(to), Ok(extent)) => Ok(Episode::ParentalLeave { from, to, extent }),
            (from, to, extent) => wrong(&[("from", from.err()), ("to", to.err()), ("extent", extent.err())]),
        },
        EpisodeKind::Activity => {
            let planned = count(&episode.planned, 0, HOURS_MAX);
            match (place(), planned, count(&episode.done, 0, HOURS_MAX)) {
                (Ok(what), Ok(planned), Ok(done)) => Ok(Episode::Activity { what, planned, done }),
                (what, planned, done) => {
                    wrong(&[("place", what.err()), ("planned", planned.err()), ("done", done.err())])
                }
            }
        }
        EpisodeKind::Absence => {
            let reason = choice(&episode.choice, AbsenceReason::from_code);
            let why = match read::text(&episode.why, WHY_MAX) {
                Ok(None) if reason == Ok(AbsenceReason::Other) => Err(FormProblem::NoteMissing),
                why => why,
            };
            match (first, last_day(episode, first, context), reason, why) {
                (Ok(from), Ok(to), Ok(reason), Ok(why)) => Ok(Episode::Absence { from, to, reason, why }),
                (from, to, reason, why) => {
                    wrong(&[("from", from.err()), ("to", to.err()), ("choice", reason.err()), ("why", why.err())])
                }
            }
        }
    }
}

/// Something that lasts may have begun long ago.
fn first_day(typed: &Typed, context: &Context) -> Result<Date, FormProblem> {
    let about = context.incomes_about().first_day();
    read::lasting_date(typed, about.saturating_sub(YEARS_BACK.years()), context.last_day(), about)
}

/// What lasts has begun in somebody's lifetime, in years.
const YEARS_BACK: i32 = 80;

/// What ended before the month is not of it.
fn last_day(episode: &EpisodeDraft, first: Result<Date, FormProblem>, context: &Context) -> Result<Date, FormProblem> {
    let about = context.incomes_about();
    let latest = about.last_day().saturating_add(YEARS_AHEAD.years());
    let last = read::date(&episode.to, Date::MIN, latest, about.last_day())?;
    match first {
        Ok(first) if last < first => Err(FormProblem::LastDayBeforeFirst { first }),
        _ if last < about.first_day() => Err(FormProblem::DateTooEarly { first: about.first_day() }),
        _ => Ok(last),
    }
}

fn open_end(
    episode: &EpisodeDraft,
    first: Result<Date, FormProblem>,
    context: &Context,
) -> Result<Option<Date>, FormProblem> {
    if episode.to.is_blank() { Ok(None) } else { last_day(episode, first, context).map(Some) }
}
