//! The running service: what every request shares.

use std::sync::Arc;

use app::document::Assets;
use app::i18n::{Catalogue, Texts};

use crate::authority::Sources;
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::Db;
use crate::file;
use crate::gate::Gate;
use crate::identity::providers::Providers;
use crate::municipality::Municipalities;

/// What every request shares. Made once at start.
pub struct Service {
    /// The settings it was started with.
    pub settings: Settings,
    pub clock: Clock,
    pub db: Db,
    /// The municipalities by host.
    pub municipalities: Municipalities,
    /// The identity providers of each municipality.
    pub providers: Providers,
    /// The authority sources of each municipality.
    pub sources: Sources,
    /// The texts of every language.
    pub catalogue: Catalogue,
    /// Where style and scripts are.
    pub assets: Arc<Assets>,
    /// What reads files that are sent.
    pub(crate) files: file::FileReader,
    /// What is let in.
    pub gate: Gate,
}

impl Service {
    /// The Swedish texts, which prevail.
    pub fn swedish(&self) -> Texts {
        self.catalogue.original()
    }
}
