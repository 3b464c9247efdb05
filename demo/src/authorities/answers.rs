//! What each agency answers about a person of the demo, spelled as its contract says.

use domain::authority::Agency;

use super::ssbtek::{Given, Question};
use super::world::{World, half};
use crate::people::{Behaviour, DemoSource, MonthlyRow};

mod af;
mod csn;
mod lefi;
mod skv;
mod so;

type Rows = Vec<MonthlyRow<domain::kind::IncomeKind>>;

/// What an agency gives about the person. `Hang` never comes here.
pub(super) fn give(world: &World, agency: Agency, question: &Question, behaviour: Behaviour) -> Given {
    let source = DemoSource::from(agency);
    let all = || world.benefits(question.person, source, question.days);
    let (rows, partly) = match behaviour {
        Behaviour::Answer => (all(), false),
        Behaviour::Partly => (half(all()), true),
        Behaviour::Nothing => (Rows::new(), false),
        Behaviour::Fail | Behaviour::Hang => return fail(agency),
    };
    let nothing = behaviour == Behaviour::Nothing;
    Given::Data(match agency {
        Agency::Fk => lefi::fk(world, &rows, partly),
        Agency::Pm => lefi::pm(world, &rows, partly),
        Agency::Csn => csn::answer(world, question, &rows, partly),
        Agency::Af => {
            let since = world.job_seeker_since(question.person).filter(|_| !nothing);
            af::answer(question, since, partly)
        }
        Agency::So => so::answer(question, &rows, partly),
        Agency::Skv => skv::answer(world, question, nothing, partly),
    })
}

/// The agencies fail in the different ways that the contract has.
fn fail(agency: Agency) -> Given {
    match agency {
        Agency::Fk => Given::Error { origin: "BT", code: "LEFI-500" },
        Agency::Csn => Given::Error { origin: "SSBT", code: "TIMEOUT" },
        Agency::Af => Given::Error { origin: "BT", code: "AF-502" },
        Agency::So => Given::Error { origin: "BT", code: "SO-9" },
        Agency::Pm => Given::Data(lefi::unavailable()),
        Agency::Skv => Given::Fault,
    }
}
