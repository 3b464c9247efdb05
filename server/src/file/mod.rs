//! Files that people send: known by what is in them, made harmless, and looked through by a scanner where one is set.

mod reading;
pub(crate) mod scan;

use domain::renewal::document::Digest;
use domain::renewal::proof::{FileProblem, Media};
use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

use crate::config::HostPort;
pub(crate) use reading::RECEIVED_MAX;
use scan::Scanner;

/// How many files are read at once: a picture of many pixels takes much memory while it is read.
const AT_ONCE: usize = 2;

/// A file as it is to be kept.
pub(crate) struct FileContent {
    pub media: Media,
    pub bytes: Vec<u8>,
    pub pages: u8,
    /// A small picture of it.
    pub preview: Option<Vec<u8>>,
    pub scan: Scan,
}

impl FileContent {
    pub(crate) fn digest(&self) -> Digest {
        Digest::of(&self.bytes)
    }
}

/// What a scanner has said of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scan {
    /// No scanner is set.
    None,
    /// One is, and has not looked yet.
    Waiting,
    Clean,
    Harmful,
}

impl Scan {
    const ALL: [Self; 4] = [Self::None, Self::Waiting, Self::Clean, Self::Harmful];

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Waiting => "waiting",
            Self::Clean => "clean",
            Self::Harmful => "harmful",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scan| scan.code() == code)
    }

    /// Whether the file may be shown.
    pub(crate) const fn is_shown(self) -> bool {
        match self {
            Self::None | Self::Clean => true,
            Self::Waiting | Self::Harmful => false,
        }
    }
}

/// Reads files, a few at a time, and has them looked through. Made once at start.
pub(crate) struct FileReader {
    turns: Semaphore,
    scanner: Option<Scanner>,
}

impl FileReader {
    /// With the address of a scanner, where there is one.
    pub(crate) fn new(scanner: Option<&HostPort>) -> Self {
        Self { turns: Semaphore::new(AT_ONCE), scanner: scanner.map(Scanner::at) }
    }

    pub(crate) fn has_scanner(&self) -> bool {
        self.scanner.is_some()
    }

    /// Reads a file as it was sent, and has what is kept of it looked through.
    pub(crate) async fn read(&self, sent: Vec<u8>) -> Result<Result<FileContent, FileProblem>, JoinError> {
        let read = {
            // It is never closed.
            let _turn = self.turns.acquire().await.ok();
            spawn_blocking(move || reading::read(&sent)).await?
        };
        let mut content = match read {
            Ok(read) => kept(read),
            Err(problem) => return Ok(Err(problem)),
        };
        content.scan = self.look(&content.bytes).await;
        Ok(if content.scan == Scan::Harmful { Err(FileProblem::Harmful) } else { Ok(content) })
    }

    /// What the scanner says of a file.
    pub(crate) async fn look(&self, bytes: &[u8]) -> Scan {
        match &self.scanner {
            Some(scanner) => scanner.look(bytes).await,
            None => Scan::None,
        }
    }
}

fn kept(read: reading::Content) -> FileContent {
    let reading::Content { media, bytes, pages, preview } = read;
    FileContent { media, bytes, pages, preview, scan: Scan::None }
}
