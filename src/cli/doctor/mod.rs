//! `tidings doctor`: looks at everything tidings stands on, and says of each fault what to do.
//!
//! It changes nothing, and makes a request only when asked to (`--network`).

mod clock;
mod config;
mod database;
mod directory;
mod network;
mod terminal;

use serde::Serialize;

use super::args::DoctorArguments;
use super::exit::{CliError, Outcome};
use super::moment::counted;
use super::output::Output;
use super::record::VERSION;
use super::session::{Launch, Stop};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    /// As it should be.
    Ok,
    /// Works, but could be better.
    Warning,
    /// Does not work.
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Finding {
    v: u8,
    /// What was looked at, such as `terminal.size`.
    check: &'static str,
    level: Level,
    /// What was found.
    message: String,
    /// What to do about it.
    advice: Option<String>,
}

impl Finding {
    fn ok(check: &'static str, message: impl Into<String>) -> Self {
        Self { v: VERSION, check, level: Level::Ok, message: message.into(), advice: None }
    }

    fn warning(check: &'static str, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { level: Level::Warning, advice: Some(advice.into()), ..Self::ok(check, message) }
    }

    fn wrong(check: &'static str, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { level: Level::Wrong, advice: Some(advice.into()), ..Self::ok(check, message) }
    }
}

/// Runs the command.
///
/// # Errors
/// Kind `Failed` when something is wrong.
pub(super) async fn run(arguments: DoctorArguments, launch: Launch, output: &mut Output, stop: &mut Stop) -> Outcome {
    let mut report = Report { json: arguments.json, output, warnings: 0, wrong: 0 };
    report.take(terminal::look());
    report.take(config::look(&launch));
    let now = launch.clock.now();
    report.take(clock::look(now));
    if let Ok(paths) = launch.paths.clone() {
        report.take(directory::look(&paths));
        let work = async {
            let (findings, engine) = database::look(&paths, launch).await;
            report.take(findings);
            let Some(engine) = engine else { return Ok(()) };
            report.take(clock::look_at_feeds(&engine, now).await);
            if arguments.network {
                report.take(network::look(&engine).await);
            }
            engine.shutdown().await;
            Ok(())
        };
        stop.unless(work).await?;
    }
    report.end(arguments.network)
}

/// Findings as they are told.
struct Report<'a> {
    json: bool,
    output: &'a mut Output,
    warnings: u64,
    wrong: u64,
}

impl Report<'_> {
    fn take(&mut self, findings: Vec<Finding>) {
        for finding in findings {
            self.warnings += u64::from(finding.level == Level::Warning);
            self.wrong += u64::from(finding.level == Level::Wrong);
            if self.json {
                self.output.json(&finding);
                continue;
            }
            let mark = match finding.level {
                Level::Ok => "ok     ",
                Level::Warning => "warning",
                Level::Wrong => "WRONG  ",
            };
            for (line, number) in finding.message.lines().zip(0..) {
                let mark = if number == 0 { mark } else { "       " };
                self.output.line(&format!("{mark}  {line}"));
            }
            if let Some(advice) = &finding.advice {
                self.output.line(&format!("         -> {advice}"));
            }
        }
        self.output.flush();
    }

    fn end(self, asked_network: bool) -> Outcome {
        if !self.json {
            if !asked_network {
                self.output.line("         the network was not asked: --network fetches the first feed once");
            }
            let (warnings, wrong) = (counted(self.warnings, "warning"), counted(self.wrong, "fault"));
            self.output.line(&format!("{wrong}, {warnings}"));
        }
        if self.wrong > 0 { Err(CliError::failed(format!("{} found", counted(self.wrong, "fault")))) } else { Ok(()) }
    }
}
