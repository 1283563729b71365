//! Runs a `password_command`: without a shell, without a terminal to read from, and never longer than its caller waits.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

use super::FetchError;
use super::mask::plain;

/// More output than this is not a password.
const MAX_OUTPUT: u64 = 64 * 1024;
/// More complaint than this is not read.
const MAX_COMPLAINT: u64 = 8 * 1024;
/// A descendant that keeps the output open after the command's end is waited for so long.
const AFTER_END: Duration = Duration::from_millis(500);

/// Ends the command with all that it started, unless it ended by itself.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(pid) = self.0 {
            // It may have ended this moment; then there is nothing to end.
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }
}

/// The first line that `command` prints. Dropping the future ends the command.
///
/// # Errors
/// `Failed`, naming the program, when it cannot be run, fails, or prints nothing.
pub(super) async fn ask(command: &[String]) -> Result<String, FetchError> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(FetchError::Failed("password_command is empty".to_owned()));
    };
    let fail = |what: String| FetchError::Failed(format!("password_command {}: {what}", plain(program)));
    let spawned = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // A group of its own: it can be ended whole, and cannot read the keys meant for the desk.
        .process_group(0)
        .kill_on_drop(true)
        .spawn();
    let mut child = spawned.map_err(|error| fail(format!("cannot be run: {}", plain(&error.to_string()))))?;
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    let mut group = Group(pid);
    let (status, output, complaint) = watch(&mut child).await;
    let status = status.map_err(|error| fail(plain(&error.to_string())))?;
    group.0 = None;
    if !status.success() {
        let first = String::from_utf8_lossy(&complaint);
        let first = first.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let why = if first.is_empty() { String::new() } else { format!(": {}", plain(first)) };
        return Err(fail(format!("failed ({}){why}", plain(&status.to_string()))));
    }
    let line = output.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let password = std::str::from_utf8(line).map_err(|_| fail("printed what is not UTF-8".to_owned()))?;
    if password.is_empty() {
        return Err(fail("printed no password".to_owned()));
    }
    Ok(password.to_owned())
}

/// Waits for the end while reading both outputs, so that neither pipe fills up.
async fn watch(child: &mut Child) -> (std::io::Result<ExitStatus>, Vec<u8>, Vec<u8>) {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (mut output, mut complaint) = (Vec::new(), Vec::new());
    let status = {
        let reading = async {
            tokio::join!(read(stdout, MAX_OUTPUT, &mut output), read(stderr, MAX_COMPLAINT, &mut complaint));
        };
        tokio::pin!(reading);
        tokio::select! {
            status = child.wait() => {
                // What was printed is in the pipe; only a descendant can keep it open.
                let _ = tokio::time::timeout(AFTER_END, reading).await;
                status
            }
            () = &mut reading => child.wait().await,
        }
    };
    (status, output, complaint)
}

/// Reads up to `most` bytes and closes the pipe; what cannot be read is left out.
async fn read(pipe: Option<impl AsyncRead + Unpin>, most: u64, into: &mut Vec<u8>) {
    if let Some(pipe) = pipe {
        let _ = pipe.take(most).read_to_end(into).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn shell(script: &str) -> Result<String, FetchError> {
        ask(&["sh", "-c", script].map(str::to_owned)).await
    }

    fn words(answer: Result<String, FetchError>) -> String {
        answer.expect_err("a failure").to_string()
    }

    #[tokio::test]
    async fn the_first_line_is_the_password() {
        assert_eq!(shell("printf ' a b \\r\\nuser: me\\n'").await.unwrap(), " a b ");
        let literal = ask(&["printf", "%s", "$(id); *"].map(str::to_owned)).await;
        assert_eq!(literal.unwrap(), "$(id); *", "no shell reads the arguments");
    }

    #[tokio::test]
    async fn failures_say_what_failed_without_control_characters() {
        let failed = words(shell("printf '\\033[31mlocked\\nmore\\n' >&2; exit 3").await);
        assert!(failed.contains("sh: failed (exit status: 3)") && failed.ends_with("[31mlocked"), "{failed:?}");
        assert!(words(ask(&["/no/such/program".to_owned()]).await).contains("cannot be run"));
        assert!(words(shell("true").await).contains("no password"));
        assert!(words(shell("printf '\\377\\n'").await).contains("UTF-8"));
        assert!(words(ask(&[]).await).contains("empty"));
    }

    #[tokio::test]
    async fn endless_output_ends() {
        assert!(shell("yes secret").await.is_err(), "it is cut off, and that is a failure");
    }

    #[tokio::test]
    async fn a_descendant_that_stays_is_not_waited_for() {
        assert_eq!(shell("echo secret; sleep 600 & exit 0").await.unwrap(), "secret");
    }

    #[tokio::test]
    async fn giving_up_ends_the_command_and_what_it_started() {
        let dir = tempfile::tempdir().unwrap();
        let note = dir.path().join("pid");
        let script = format!("sleep 600 & echo $! > {0}.new; mv {0}.new {0}; wait", note.display());
        let command = ["sh".to_owned(), "-c".to_owned(), script];
        {
            let asking = ask(&command);
            tokio::pin!(asking);
            while !note.exists() {
                let step = tokio::time::timeout(Duration::from_millis(5), &mut asking).await;
                assert!(step.is_err(), "it ended too early: {step:?}");
            }
        }
        let pid: i32 = std::fs::read_to_string(&note).unwrap().trim().parse().unwrap();
        let pid = Pid::from_raw(pid).unwrap();
        let gone = || match std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())) {
            // Ended but not yet collected by its new parent counts as gone.
            Ok(stat) => stat.contains(") Z "),
            Err(_) => rustix::process::test_kill_process(pid).is_err(),
        };
        for _ in 0..1000 {
            if gone() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the command's child still runs");
    }
}
