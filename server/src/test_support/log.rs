//! The log, kept where a test can read it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tracing::Level;
use tracing::subscriber::DefaultGuard;

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is logged on this thread from when it is made until it is dropped.
pub(crate) struct Log {
    written: Written,
    _logging: DefaultGuard,
}

impl Log {
    /// As an operator has it.
    pub(crate) fn kept() -> Self {
        Self::down_to(Level::INFO)
    }

    pub(crate) fn down_to(level: Level) -> Self {
        let written = Written::default();
        let writer = written.clone();
        let lines = tracing_subscriber::fmt().with_max_level(level).with_ansi(false);
        let subscriber = lines.with_writer(move || writer.clone()).finish();
        Self { written, _logging: tracing::subscriber::set_default(subscriber) }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.written.0.lock().unwrap().clone()).unwrap()
    }
}
