//! What processes use, as Linux tells in /proc: <https://man7.org/linux/man-pages/man5/proc.5.html>.

use std::fs;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// A process, and how much of a processor it and those that it started have used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Process(pub(crate) u32);

impl Process {
    /// Its own time on a processor, in user space and in the kernel.
    pub(crate) fn own(self) -> Result<Duration> {
        Ok(ticks(stat(self.0)?.used))
    }

    /// Its own time, and that of its children, those that have ended among them.
    pub(crate) fn with_children(self) -> Result<Duration> {
        let own = stat(self.0)?;
        let mut sum = own.used + own.ended_children;
        for entry in fs::read_dir("/proc")? {
            let Some(pid) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            // One that has ended meanwhile counts with its parent.
            match stat(pid) {
                Ok(child) if child.parent == self.0 => sum += child.used,
                _ => {}
            }
        }
        Ok(ticks(sum))
    }

    /// The most memory that it has held, in bytes.
    pub(crate) fn most_memory(self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
    }
}

struct Stat {
    parent: u32,
    used: u64,
    ended_children: u64,
}

fn stat(pid: u32) -> Result<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name before the bracket may hold anything.
    let (_, rest) = text.rsplit_once(") ").context("stat has a name")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    // Field 3 of the manual page is the first here.
    let number =
        |field: usize| fields.get(field - 3).context("stat has its fields")?.parse::<u64>().context("a number");
    Ok(Stat {
        parent: u32::try_from(number(4)?)?,
        used: number(14)? + number(15)?,
        ended_children: number(16)? + number(17)?,
    })
}

fn ticks(count: u64) -> Duration {
    Duration::from_nanos(count * 1_000_000_000 / rustix::param::clock_ticks_per_second())
}
