//! What the terminal can do, as far as the environment tells.

use std::io::IsTerminal;

use super::Finding;

/// What the environment says of the terminal.
#[derive(Debug, Clone, Default)]
struct Environment {
    term: Option<String>,
    colour_term: Option<String>,
    no_colour: bool,
    locale: Option<String>,
    ssh: bool,
    tmux: bool,
    /// Columns and rows; none when there is no terminal.
    size: Option<(u16, u16)>,
}

/// Looks at the process's own terminal.
pub(super) fn look() -> Vec<Finding> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let text = |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
    judge(&Environment {
        term: text("TERM"),
        colour_term: text("COLORTERM"),
        no_colour: set("NO_COLOR").is_some(),
        locale: ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| text(name)),
        ssh: set("SSH_CONNECTION").is_some(),
        tmux: set("TMUX").is_some(),
        size: size(),
    })
}

fn judge(env: &Environment) -> Vec<Finding> {
    let mut findings = vec![term(env), colours(env)];
    findings.push(match &env.locale {
        Some(locale) if is_utf8(locale) => Finding::ok("terminal.locale", format!("the locale {locale} is UTF-8")),
        Some(locale) => Finding::warning(
            "terminal.locale",
            format!("the locale {locale} is not UTF-8: lines and names may look broken"),
            "set LANG=C.UTF-8 (or another UTF-8 locale), or start `tidings --ascii`",
        ),
        None => Finding::warning(
            "terminal.locale",
            "no locale is set, so programs may take the terminal for ASCII",
            "set LANG=C.UTF-8 (or another UTF-8 locale), or start `tidings --ascii`",
        ),
    });
    findings.push(match env.size {
        None => Finding::warning(
            "terminal.size",
            "standard output is no terminal here; the desk needs one",
            "run `tidings doctor` in the terminal itself, without a pipe",
        ),
        Some((columns, rows)) if columns < 40 || rows < 12 => Finding::wrong(
            "terminal.size",
            format!("the terminal has {columns} columns and {rows} rows; the desk needs 40 and 12"),
            "enlarge the window or make the type smaller",
        ),
        Some((columns, rows)) if columns < 80 || rows < 24 => {
            Finding::ok("terminal.size", format!("{columns} columns, {rows} rows: small, the desk adapts"))
        }
        Some((columns, rows)) => Finding::ok("terminal.size", format!("{columns} columns, {rows} rows")),
    });
    findings.push(clipboard(env));
    findings
}

fn term(env: &Environment) -> Finding {
    match env.term.as_deref() {
        None => Finding::wrong(
            "terminal.term",
            "TERM is not set",
            "set TERM to your terminal's name, such as xterm-256color",
        ),
        Some("dumb") => Finding::wrong(
            "terminal.term",
            "TERM is dumb: the desk cannot draw",
            "use another terminal, or the shell commands (`tidings list`, `tidings show`)",
        ),
        Some(term) => Finding::ok("terminal.term", format!("TERM is {term}")),
    }
}

fn colours(env: &Environment) -> Finding {
    let deep = env.colour_term.as_deref().is_some_and(|value| matches!(value, "truecolor" | "24bit"));
    let message = match (env.no_colour, deep, env.term.as_deref()) {
        (true, _, _) => "NO_COLOR is set: the desk draws without colours",
        (false, true, _) => "16 million colours",
        (false, false, Some(term)) if term.contains("256color") => "256 colours",
        _ => "16 colours, as far as TERM tells",
    };
    Finding::ok("terminal.colours", message)
}

fn clipboard(env: &Environment) -> Finding {
    let how = "`y` copies through the terminal (OSC 52)";
    if env.tmux {
        return Finding::warning(
            "terminal.clipboard",
            format!("{how}, and tmux stands between"),
            "`set -g set-clipboard on` in tmux.conf lets it through, if copying does nothing",
        );
    }
    let place = if env.ssh { "; over SSH it reaches your own machine if the terminal allows it" } else { "" };
    Finding::ok("terminal.clipboard", format!("{how}{place}"))
}

fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(unix)]
fn size() -> Option<(u16, u16)> {
    let terminal = std::io::stdout();
    let size = terminal.is_terminal().then(|| rustix::termios::tcgetwinsize(&terminal).ok())??;
    Some((size.ws_col, size.ws_row))
}

#[cfg(not(unix))]
fn size() -> Option<(u16, u16)> {
    std::io::stdout().is_terminal().then_some((80, 24))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::Level;

    fn level_of(env: &Environment, check: &str) -> Level {
        judge(env).into_iter().find(|finding| finding.check == check).expect("looked at").level
    }

    #[test]
    fn a_good_terminal_has_no_faults() {
        let env = Environment {
            term: Some("xterm-256color".into()),
            locale: Some("de_DE.utf8".into()),
            size: Some((120, 36)),
            ..Environment::default()
        };
        assert!(judge(&env).iter().all(|finding| finding.level == Level::Ok), "{:?}", judge(&env));
    }

    #[test]
    fn what_keeps_the_desk_from_drawing_is_wrong() {
        let env = Environment { size: Some((30, 10)), locale: Some("C".into()), ..Environment::default() };
        assert_eq!(level_of(&env, "terminal.term"), Level::Wrong);
        assert_eq!(level_of(&env, "terminal.size"), Level::Wrong);
        assert_eq!(level_of(&env, "terminal.locale"), Level::Warning);
        assert!(judge(&env).iter().all(|finding| finding.level == Level::Ok || finding.advice.is_some()));
    }
}
