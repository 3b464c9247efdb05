//! `GET /renewal/message`: a message to the caseworker with the renewal.

use app::citizen::message;
use app::citizen::model::MessageSection;
use domain::renewal::{Section, judge};

use super::work::Work;
use crate::case::head;
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let errors = judge::judge_message(&work.draft().message).err().unwrap_or_default();
    let shown = MessageSection {
        month: work.renewal.month(),
        form: work.form(Section::Message, &errors),
        message: work.draft().message.as_str().to_owned(),
        caseworker: head::of_case(&mut visit.tx, visit.actor.case()).await?.caseworker(),
    };
    visit.page(message::page(shown)).await
}
