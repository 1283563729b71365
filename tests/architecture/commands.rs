//! Every command of the table is handled: a key that does nothing is not there.

use tidings::command::COMMANDS;

use crate::source::files;

#[test]
fn every_command_is_handled_by_the_desk() {
    let code: String =
        files().into_iter().filter(|file| file.room() == "tui").map(|file| file.code()).collect::<Vec<_>>().join("\n");
    let unhandled: Vec<&str> = COMMANDS
        .iter()
        .filter(|command| !code.contains(&format!("CommandId::{:?}", command.id)))
        .map(|command| command.name)
        .collect();
    assert!(unhandled.is_empty(), "commands that nothing handles: {unhandled:?}");
}

#[test]
fn the_desk_lets_no_command_fall_through() {
    // Where commands are told apart, the compiler must notice a new one.
    for file in files().into_iter().filter(|file| file.room() == "tui") {
        let code = file.code();
        if code.matches("CommandId::").count() > 25 {
            let tail_ok = !code.contains("_ => Vec::new()") && !code.contains("_ => vec![]");
            assert!(tail_ok, "src/{} swallows unknown commands", file.path);
        }
    }
}
