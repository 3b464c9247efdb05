//! Every component, with invented words: to see a change to the style in one place.

use app::document::{Page, Viewer};
use app::islands::AnswersArriving;
use app::model::{AuthorityName, FieldError, Form, Phrase, SourceChip, Tone};
use app::ui::{
    Amount, BackLink, Card, DateField, ErrorSummary, Field, LinkButton, Note, NoteTone, PageHead, Pagination,
    PostButton, Radios, Select, SelectOption, SourceChip, SubmitButton, Sum, SummaryChange, SummaryList, SummaryRow,
    Sums, Tab, Table, Tabs, Tag, Task, TaskList, TextArea, TextKind, Weight, field_errors, field_state,
};
use domain::authority::Agency;
use domain::{Money, NormMonth};
use leptos::prelude::*;

use super::{Screen, petra};

pub(crate) fn screens() -> Vec<Screen> {
    vec![
        Screen { name: "forms".to_owned(), viewer: Viewer::Citizen { name: petra() }, page: forms() },
        Screen { name: "lists".to_owned(), viewer: Viewer::Citizen { name: petra() }, page: lists() },
        Screen { name: "island".to_owned(), viewer: Viewer::Citizen { name: petra() }, page: island() },
        Screen {
            name: "tables".to_owned(),
            viewer: Viewer::Caseworker {
                name: "Sara Lind".to_owned(),
                unread: 3,
                has_clearance: false,
                unseen_readings: None,
            },
            page: tables(),
        },
    ]
}

fn island() -> Page {
    let body = || {
        view! {
            <PageHead title="What authorities say"/>
            <AnswersArriving
                pending=2
                address="/renewal/authorities/pending".to_owned()
                waiting="Two authorities have not answered yet.".to_owned()
                arrived="New answers have come.".to_owned()
                gave_up="Load the page again to see new answers.".to_owned()
            />
        }
    };
    Page::new(Phrase::new("home-title"), body).with_islands(true)
}

fn form() -> Form {
    let error = |field: &str, key: &'static str| FieldError { field: field.to_owned(), message: Phrase::new(key) };
    Form { errors: vec![error("amount", "home-payouts-none"), error("person", "start-closed")], ..Default::default() }
}

fn forms() -> Page {
    let body = || {
        let form = form();
        let people = vec![SelectOption::new("a", "Petra"), SelectOption::new("b", "Johan")];
        let kinds = vec![SelectOption::new("wage", "Wage"), SelectOption::new("gift", "Gift")];
        view! {
            <BackLink href="/renewal" label="All parts" place="Application for December, part 3 of 6"/>
            <ErrorSummary errors=field_errors(&form)/>
            <PageHead title="Add an income" lead="One at a time."/>
            <form method="post" action="/renewal/incomes/add">
                <Select name="kind" label="What is it?" options=kinds value="gift"/>
                <Field
                    name="amount"
                    label="How much did you get?"
                    hint="After tax, in kronor"
                    value="12 hundred"
                    kind=TextKind::Amount
                    state=field_state(&form, "amount")
                />
                <DateField name="date" label="When?" example=jiff::civil::date(2026, 11, 25) value=""/>
                <Radios name="person" legend="Whose is it?" options=people value="b" state=field_state(&form, "person")/>
                <TextArea name="note" label="Anything to explain?" value="First line\nSecond line"/>
                <div class="actions">
                    <SubmitButton label="Save"/>
                    <LinkButton href="/renewal/incomes" label="Cancel" weight=Weight::Secondary/>
                </div>
            </form>
            <PostButton action="/renewal/incomes/remove" label="Remove" weight=Weight::Danger/>
        }
    };
    Page::new(Phrase::new("home-title"), body).with_errors(true)
}

fn lists() -> Page {
    Page::new(Phrase::new("home-title"), || {
        let task = |title: &str, state: &str, tone, linked: bool| Task {
            title: title.to_owned(),
            href: linked.then(|| "/renewal/household".to_owned()),
            state: state.to_owned(),
            tone,
        };
        let row = |label: &str, value: AnyView| SummaryRow {
            label: label.to_owned(),
            value,
            change: Some(SummaryChange {
                href: "/renewal/household".to_owned(),
                label: "Change".to_owned(),
                what: label.to_owned(),
            }),
        };
        let sum =
            |label: &str, kronor, total| Sum { label: label.to_owned(), amount: Money::from_kronor(kronor), total };
        let month = NormMonth::of(jiff::civil::date(2026, 11, 1)).ok();
        view! {
            <PageHead title="Application for December"/>
            <Card title="Parts">
                <TaskList tasks=vec![
                    task("You and your household", "Done", Tone::Good, true),
                    task("What authorities say", "Fetching", Tone::Info, true),
                    task("Your incomes", "Something is missing", Tone::Warning, true),
                    task("Check and sign", "Waits for the others", Tone::Plain, false),
                ]/>
            </Card>
            <Card title="Försäkringskassan">
                <ul class="rows">
                    <li>
                        <span>"Bostadsbidrag"</span>
                        <b class="row-end"><Amount amount=Money::from_kronor(1_900)/></b>
                        <span class="row-below marks">
                            <SourceChip source=SourceChip::Authority(AuthorityName::Agency(Agency::Fk))/>
                            <SourceChip source=SourceChip::Stated("Petra".to_owned())/>
                            <SourceChip source=SourceChip::Caseworker("Sara Lind".to_owned())/>
                            {month.map(|month| view! { <SourceChip source=SourceChip::Earlier(month)/> })}
                            <SourceChip source=SourceChip::Register/>
                        </span>
                    </li>
                </ul>
            </Card>
            <Note tone=NoteTone::Warning><p><b>"Did not answer just now. "</b>"You can go on anyway."</p></Note>
            <Note tone=NoteTone::Info><p>"Told by others."</p></Note>
            <Card title="Contact">
                <SummaryList rows=vec![
                    row("Telephone", "070-123 45 67".into_any()),
                    row("E-mail", "petra@exempel.se".into_any()),
                ]/>
            </Card>
            <Card title="Preliminary calculation">
                <Sums lines=vec![
                    sum("National norm for two adults and a child", 11_930, false),
                    sum("Incomes in November", -10_216, false),
                    sum("You may get about", 8_662, true),
                ]/>
            </Card>
        }
    })
}

fn tables() -> Page {
    Page::new(Phrase::new("home-title"), || {
        let tab = |label: &str, current| Tab { href: "/staff/inbox".to_owned(), label: label.to_owned(), current };
        let rows = ["Petra Nilsson", "Ahmed Warsame", "Maria Oja"].map(|name| {
            view! {
                <tr>
                    <td data-label="Decide by"><Tag text="today" tone=Tone::Bad/></td>
                    <th scope="row"><a href="/staff/renewals/1">{name}</a></th>
                    <td data-label="Month">"December"</td>
                    <td data-label="Amount" class="end"><Amount amount=Money::from_kronor(4_012)/></td>
                    <td data-label="Findings"><Tag text="CSN differs" tone=Tone::Warning/></td>
                </tr>
            }
        });
        view! {
            <div class="page-head">
                <PageHead title="Inbox" lead="Oldest first."/>
                <PostButton action="/staff/inbox" label="Take next"/>
            </div>
            <Tabs label="Inbox" tabs=vec![tab("Mine 12", false), tab("Unassigned 31", false), tab("All 118", true)]/>
            <div class="columns">
                <Card>
                    <Table caption="Renewals" caption_hidden=true stack=true>
                        <thead>
                            <tr>
                                <th scope="col">"Decide by"</th>
                                <th scope="col">"Applicant"</th>
                                <th scope="col">"Month"</th>
                                <th scope="col" class="end">"Amount"</th>
                                <th scope="col">"Findings"</th>
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </Table>
                </Card>
                <div class="column"><Card title="To decide on"><p>"CSN differs from the applicant."</p></Card></div>
            </div>
            <Pagination page=2 pages=4 base="/staff/inbox?page="/>
        }
    })
}
