//! The server's process: started, watched, ended.

use crate::Error;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::retry_on_intr;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use std::collections::VecDeque;
use std::fs;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// Recovery after an unclean stop replays at most some minutes of work.
const READY_WITHIN: Duration = Duration::from_mins(2);
/// A server left by a killed parent saves what it has and stops.
const LAST_ONE_ENDS_WITHIN: Duration = Duration::from_mins(1);
/// How to ask for the end, ever less politely, and how long to wait each time.
const WAYS_TO_END: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(30)),
    (Signal::QUIT, Duration::from_secs(10)),
    (Signal::KILL, Duration::from_secs(10)),
];
const READY_LINE: &str = "database system is ready to accept connections";
const KEPT_LINES: usize = 12;

/// A Postgres that answers; ended when dropped.
#[derive(Debug)]
pub(crate) struct Process {
    handle: OwnedFd,
    signs: Receiver<Sign>,
}

/// What the watching thread tells.
#[derive(Debug)]
enum Sign {
    Started(OwnedFd),
    Ready,
    /// It is gone; the last lines it wrote.
    Ended(String),
}

impl Process {
    /// Starts the server and waits until it says that it is ready.
    ///
    /// A thread of its own starts it and stays until it ends: the death signal comes when the starting *thread* ends, and a
    /// runtime's threads come and go.
    pub(crate) fn start(command: Command) -> Result<Self, Error> {
        let (tell, signs) = mpsc::channel();
        let watcher = thread::Builder::new().name("postgres".to_owned());
        watcher.spawn(move || watch(command, &tell)).map_err(|error| start_failed(&error))?;
        let handle = match signs.recv() {
            Ok(Sign::Started(handle)) => handle,
            Ok(Sign::Ended(log)) => return Err(Error::Start { log }),
            Ok(Sign::Ready) | Err(_) => return Err(Error::Start { log: String::new() }),
        };
        let process = Self { handle, signs };
        match process.signs.recv_timeout(READY_WITHIN) {
            Ok(Sign::Ready) => Ok(process),
            Ok(Sign::Ended(log)) => Err(Error::Start { log }),
            Ok(Sign::Started(_)) | Err(_) => {
                Err(Error::Start { log: format!("not ready within {} s", READY_WITHIN.as_secs()) })
            }
        }
    }

    /// Ends the server and waits until it is gone; does nothing when it is gone already.
    pub(crate) fn end(&self) -> Result<(), Error> {
        for (signal, patience) in WAYS_TO_END {
            if pidfd_send_signal(&self.handle, signal).is_err() {
                return Ok(()); // no such process: it has ended
            }
            if wait_for_end(&self.handle, patience).is_ok_and(|ended| ended) {
                return Ok(());
            }
            tracing::warn!(?signal, "PostgreSQL did not stop in time");
        }
        Err(Error::Stop)
    }

    #[cfg(test)]
    pub(crate) fn signal(&self, signal: Signal) -> io::Result<()> {
        Ok(pidfd_send_signal(&self.handle, signal)?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::error!("{error}");
        }
    }
}

fn start_failed(error: &io::Error) -> Error {
    Error::Start { log: error.to_string() }
}

fn watch(command: Command, tell: &Sender<Sign>) {
    let mut last_lines = VecDeque::with_capacity(KEPT_LINES);
    let ended = run_to_end(command, tell, &mut last_lines);
    if let Err(error) = ended {
        last_lines.push_back(error.to_string());
    }
    let log = last_lines.make_contiguous().join("\n");
    // Nobody listens any more when the owner was dropped first.
    drop(tell.send(Sign::Ended(log)));
}

fn run_to_end(mut command: Command, tell: &Sender<Sign>, last_lines: &mut VecDeque<String>) -> io::Result<()> {
    // A process group of its own: Ctrl-C in the terminal is for the service, which ends Postgres last.
    command.process_group(0).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let handle = pidfd_open(Pid::from_child(&child), PidfdFlags::empty())?;
    drop(tell.send(Sign::Started(handle)));
    let read = read_log(&mut child, tell, last_lines);
    let status = child.wait()?;
    if !status.success() {
        tracing::error!(%status, "PostgreSQL ended with an error");
    }
    read
}

fn read_log(child: &mut Child, tell: &Sender<Sign>, last_lines: &mut VecDeque<String>) -> io::Result<()> {
    let Some(log) = child.stderr.take() else { return Ok(()) };
    for line in BufReader::new(log).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        tracing::debug!(target: "postgres", "{line}");
        if line.ends_with(READY_LINE) {
            drop(tell.send(Sign::Ready));
        }
        if last_lines.len() == KEPT_LINES {
            last_lines.pop_front();
        }
        last_lines.push_back(line);
    }
    Ok(())
}

/// Waits for every process of an earlier, uncleanly stopped server on this cluster, then clears its pid file away.
///
/// The caller holds the cluster's lock, so the parent of such a server is gone and the server is on its way down. Postgres
/// would clear the file itself, unless the number in it has meanwhile gone to another process.
pub(crate) fn wait_for_the_last(cluster: &Path) -> Result<(), Error> {
    let failed = |source| Error::Folder { path: cluster.to_owned(), source };
    for process in working_in(cluster).map_err(failed)? {
        if !wait_for_end(&process, LAST_ONE_ENDS_WITHIN).map_err(failed)? {
            return Err(Error::InUse { folder: cluster.to_owned() });
        }
    }
    match fs::remove_file(cluster.join("postmaster.pid")) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(error)),
        _ => Ok(()),
    }
}

/// The living processes whose working folder is the cluster: the server and its children, nobody else.
fn working_in(cluster: &Path) -> io::Result<Vec<OwnedFd>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_string_lossy().parse().ok().and_then(Pid::from_raw) else { continue };
        // The handle first: then the number cannot pass to another process between the look and the wait.
        let Ok(handle) = pidfd_open(pid, PidfdFlags::empty()) else { continue };
        if fs::read_link(Path::new("/proc").join(&name).join("cwd")).is_ok_and(|folder| folder == cluster) {
            found.push(handle);
        }
    }
    Ok(found)
}

/// Whether the process ended within the time.
fn wait_for_end(process: &OwnedFd, patience: Duration) -> io::Result<bool> {
    let timeout = Timespec { tv_sec: patience.as_secs().cast_signed(), tv_nsec: 0 };
    let ready = retry_on_intr(|| poll(&mut [PollFd::new(process, PollFlags::IN)], Some(&timeout)))?;
    Ok(ready > 0)
}
