//! Limits of the process (`ulimit`), looked at before anything starts: later, running into them would end the program in the
//! middle of something, or have it wait for ever.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::exit::CliError;

/// Threads that the program needs at once: two that poll, two that work beside them, four of the store, keys, hang-up,
/// config and main. Further work waits until one of them is free.
const THREADS: usize = 11;

/// Makes do with what the process may use, or says that it is too little.
///
/// # Errors
/// Fewer threads than the program needs.
pub fn fit_into_limits() -> Result<(), CliError> {
    use_few_arenas();
    let started = threads(THREADS);
    if started < THREADS {
        return Err(CliError::failed(format!(
            "only {started} more threads can be started here and {THREADS} are needed; raise the limit on processes (`ulimit -u`, `pids.max`)"
        )));
    }
    Ok(())
}

/// How many of so many threads can be there at once. The runtime, when it cannot start one, waits for another that never
/// comes.
fn threads(wanted: usize) -> usize {
    let gate = Arc::new((Mutex::new(false), Condvar::new()));
    let mut running = Vec::new();
    for _ in 0..wanted {
        let gate = Arc::clone(&gate);
        let wait = move || {
            let (open, told) = &*gate;
            let shut = open.lock().unwrap_or_else(PoisonError::into_inner);
            drop(told.wait_while(shut, |open| !*open));
        };
        match std::thread::Builder::new().stack_size(64 * 1024).spawn(wait) {
            Ok(thread) => running.push(thread),
            Err(_) => break,
        }
    }
    *gate.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
    gate.1.notify_all();
    let started = running.len();
    for thread in running {
        thread.join().ok();
    }
    started
}

/// Where the address space is limited (`ulimit -v`), glibc's allocator takes 64 MiB of it for each of many threads and has
/// none left for us, and a program without memory ends at once. It reads its environment only at the start: so the program
/// starts again with another one.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn use_few_arenas() {
    use std::os::unix::process::CommandExt;

    use rustix::process::{Resource, getrlimit};

    const VARIABLE: &str = "MALLOC_ARENA_MAX";
    /// With as many bytes there is room for the arenas of all threads.
    const PLENTY: u64 = 8 << 30;

    let scarce = getrlimit(Resource::As).current.is_some_and(|bytes| bytes < PLENTY);
    if !scarce || std::env::var_os(VARIABLE).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut words = std::env::args_os();
    let mut command = std::process::Command::new(program);
    if let Some(name) = words.next() {
        command.arg0(name);
    }
    // Comes back only when it cannot be done, and then it goes on as it is.
    let _error = command.args(words).env(VARIABLE, "1").exec();
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn use_few_arenas() {}
