//! LEFI Online, the JSON service through which Försäkringskassan and Pensionsmyndigheten answer, base64 inside SSBTEK.
//!
//! Only payments are asked for, made and planned: decisions, claims and personal details are more than a renewal needs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Money;
use domain::authority::{Agency, FailureKind};
use jiff::civil::Date;
use roxmltree::Node;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::authority::gathered::{Gathered, MALFORMED, failure};
use crate::authority::question::Question;
use crate::authority::{amount, xml};

/// The version of LEFI's own contract.
pub(super) const VERSION: &str = "v9";

/// Every group of benefits that Försäkringskassan can be asked about: a narrower question would hide an income.
const FK_GROUPS: [&str; 27] = [
    "FK:ABB", "FK:AP", "FK:AS", "FK:BOB", "FK:BST", "FK:BTI", "FK:DPE", "FK:EJO", "FK:ET", "FK:FP", "FK:FSJP", "FK:GP",
    "FK:HE", "FK:MABB", "FK:MEK", "FK:NP", "FK:OMV", "FK:PJOB", "FK:PROG", "FK:RBE", "FK:SA", "FK:SBP", "FK:SJP",
    "FK:TFP", "FK:US", "FK:VB", "FK:YL",
];

/// Every group of benefits that Pensionsmyndigheten can be asked about.
const PM_GROUPS: [&str; 3] = ["PM:AP", "PM:BTI", "PM:EF"];

#[derive(Serialize)]
struct Ask {
    personnummer: String,
    period: AskedDays,
    utbetalningar: &'static [&'static str],
    #[serde(rename = "preliminaraUtbetalningar")]
    preliminara_utbetalningar: &'static [&'static str],
}

#[derive(Serialize)]
struct AskedDays {
    from: Date,
    tom: Date,
}

/// The question about payments in the period, made and planned.
pub(super) fn question(agency: Agency, question: &Question) -> String {
    let groups: &'static [&'static str] = if agency == Agency::Pm { &PM_GROUPS } else { &FK_GROUPS };
    let ask = Ask {
        personnummer: question.person.digits(),
        period: AskedDays { from: question.period.first(), tom: question.period.last() },
        utbetalningar: groups,
        preliminara_utbetalningar: groups,
    };
    // Texts and lists of texts always have a spelling.
    serde_json::to_string(&ask).unwrap_or_default()
}

/// Reads an answer's data for one of the two agencies, `FK` or `PM`: how it stands, and the lists of payments as `T`.
pub(super) fn read<T: DeserializeOwned>(data: Node<'_, '_>, prefix: &str) -> Option<(Gathered, T)> {
    let encoded: String = xml::text(data, "lefiJsonSvar")?.split_ascii_whitespace().collect();
    let json = STANDARD.decode(encoded).ok()?;
    let standing: Standing = serde_json::from_slice(&json).ok()?;
    let mut gathered = Gathered::default();
    standing.judge(prefix, &mut gathered);
    Some((gathered, serde_json::from_slice(&json).ok()?))
}

/// One payment of a list, read by itself so that one that cannot be read does not hide the others.
pub(super) fn payment<T: DeserializeOwned>(raw: &RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// How the answer stands.
#[derive(Debug, Deserialize)]
struct Standing {
    #[serde(default, rename = "utlamnare")]
    providers: Vec<Provider>,
    #[serde(default, rename = "avvikelser")]
    deviations: Option<Deviations>,
}

#[derive(Debug, Deserialize)]
struct Provider {
    #[serde(rename = "utlamnare")]
    provider: Code,
    #[serde(rename = "tillstand")]
    state: Code,
}

/// A coded value: its code is called `kod` in Pensionsmyndigheten's model and `id` in Försäkringskassan's.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Code {
    #[serde(default, rename = "kod", alias = "id")]
    code: Value,
    #[serde(default, rename = "beskrivning", alias = "namn")]
    words: Option<String>,
}

impl Code {
    /// The letters of the code without the agency's prefix; nothing where the code is a number.
    pub(super) fn letters(&self) -> &str {
        let code = self.code.as_str().unwrap_or_default();
        code.split_once(':').map_or(code, |(_, letters)| letters).trim()
    }

    /// The words, where there are any.
    pub(super) fn words(&self) -> Option<&str> {
        self.words.as_deref().map(str::trim).filter(|words| !words.is_empty())
    }

    fn belongs_to(&self, prefix: &str) -> bool {
        self.code.as_str().and_then(|code| code.split_once(':')).is_none_or(|(agency, _)| agency == prefix)
    }
}

#[derive(Debug, Default, Deserialize)]
struct Deviations {
    #[serde(default, rename = "preliminaraUtbetalningar")]
    planned: Vec<Deviation>,
    #[serde(default, rename = "utbetalningar")]
    paid: Vec<Deviation>,
}

#[derive(Debug, Deserialize)]
struct Deviation {
    #[serde(rename = "avvikelse")]
    reason: Code,
    #[serde(rename = "formansgrupp")]
    group: Code,
}

impl Standing {
    /// Notes what the agency could not give. An agency that the answer does not speak of has not answered.
    fn judge(&self, prefix: &str, gathered: &mut Gathered) {
        match self.providers.iter().find(|provider| provider.provider.letters() == prefix) {
            Some(provider) => match provider.state.letters() {
                "OK" => self.judge_parts(prefix, gathered),
                state @ "OTILLGANGLIG" => gathered.gap(failure(FailureKind::Unreachable, Some(state))),
                state => gathered.gap(failure(FailureKind::Refused, Some(state))),
            },
            None => gathered.gap(MALFORMED),
        }
    }

    fn judge_parts(&self, prefix: &str, gathered: &mut Gathered) {
        gathered.part_answered();
        for deviation in self.deviations.iter().flat_map(|all| all.planned.iter().chain(&all.paid)) {
            if deviation.group.belongs_to(prefix) {
                gathered.gap(failure(FailureKind::Refused, Some(deviation.reason.letters())));
            }
        }
    }
}

/// An amount as it stands in the JSON, so that no float comes near it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Amount(Box<RawValue>);

impl Amount {
    /// The amount, which may be a number or a number as text.
    pub(super) fn exact(&self) -> Option<Money> {
        amount::exact(self.0.get().trim_matches('"'))
    }
}
