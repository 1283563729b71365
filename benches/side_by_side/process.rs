//! What a process uses, as Linux tells it.

use std::fs::read_to_string;
use std::path::Path;

/// Memory in MiB: now in use, and the most that was.
pub(crate) fn memory(process: u32) -> Option<(f64, f64)> {
    let status = read_to_string(format!("/proc/{process}/status")).ok()?;
    let field = |name: &str| -> Option<f64> {
        let line = status.lines().find(|line| line.starts_with(name))?;
        Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
    };
    Some((field("VmRSS:")?, field("VmHWM:")?))
}

/// Processor time used so far by all threads, in milliseconds.
pub(crate) fn processor_ms(process: u32) -> Option<f64> {
    let mut total = 0.0;
    for thread in std::fs::read_dir(format!("/proc/{process}/task")).ok()? {
        let path = thread.ok()?.path().join("schedstat");
        if let Some(nanoseconds) =
            read_to_string(path).ok().and_then(|text| text.split(' ').next()?.parse::<f64>().ok())
        {
            total += nanoseconds / 1e6;
        }
    }
    Some(total)
}

/// The bytes of a file, or of all files in a directory and those below.
pub(crate) fn bytes_of(path: &Path) -> u64 {
    let Ok(metadata) = std::fs::symlink_metadata(path) else { return 0 };
    if !metadata.is_dir() {
        return metadata.len();
    }
    let Ok(entries) = std::fs::read_dir(path) else { return 0 };
    entries.flatten().map(|entry| bytes_of(&entry.path())).sum()
}
