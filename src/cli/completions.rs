//! `tidings completions`: a script for the shell, made from the definition of the arguments.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Arguments;
use super::output::Output;

/// Prints the script.
pub(super) fn run(shell: Shell, output: &mut Output) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "tidings", &mut script);
    output.document(&String::from_utf8_lossy(&script));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_gets_a_script_that_names_the_commands() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "tidings", &mut script);
            assert!(String::from_utf8_lossy(&script).contains("doctor"), "{shell}");
        }
    }
}
