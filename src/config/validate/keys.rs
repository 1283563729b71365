//! `[keys]` and `[keys.<scope>]`.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use crate::command::{COMMANDS, CommandId, Key, Keymap, Preset, Scope};
use crate::config::diagnostic::Report;
use crate::config::section::{Placed, Section, kind, unknown};

const SCOPES: [Scope; 8] = [
    Scope::List,
    Scope::Article,
    Scope::Selected,
    Scope::Feeds,
    Scope::Page,
    Scope::Story,
    Scope::Why,
    Scope::Everywhere,
];

/// What the user says of one command.
struct Binding {
    command: CommandId,
    place: Range<usize>,
    keys: Vec<Placed<Key>>,
}

pub(super) fn keys(report: &mut Report<'_>, section: Section<'_, '_>) -> (Preset, Vec<(CommandId, Vec<Key>)>) {
    let known: Vec<&str> = std::iter::once("preset").chain(SCOPES.map(Scope::name)).collect();
    section.report_unknown(report, &known);
    let presets = Preset::ALL.map(|preset| (preset.name(), preset));
    let preset = section.choice(report, "preset", &presets).unwrap_or_default();
    let mut bindings: Vec<Binding> = Vec::new();
    for scope in SCOPES {
        let Some(section) = section.section(report, scope.name()) else { continue };
        for ((name, place), value) in section.entries() {
            let Some(command) = command(report, scope, name, &place) else { continue };
            if let Some(first) = bindings.iter().find(|binding| binding.command == command) {
                let (line, _) = report.place(first.place.start);
                report.add(&place, format!("{} is on line {line} already", command.spec().name));
                continue;
            }
            if let Some(keys) = key_list(report, name, value) {
                bindings.push(Binding { command, place, keys });
            }
        }
    }
    report_collisions(report, preset, &bindings);
    (preset, plain(&bindings))
}

fn plain(bindings: &[Binding]) -> Vec<(CommandId, Vec<Key>)> {
    let keys = |binding: &Binding| binding.keys.iter().map(|(key, _)| *key).collect();
    bindings.iter().map(|binding| (binding.command, keys(binding))).collect()
}

/// The command called `name` in a scope: in full (`list.down`) or by its verb (`down`).
fn command(report: &mut Report<'_>, scope: Scope, name: &str, place: &Range<usize>) -> Option<CommandId> {
    let here = || COMMANDS.iter().filter(move |command| command.scope == scope);
    let verb = |full: &'static str| full.split_once('.').map_or(full, |(_, verb)| verb);
    if let Some(command) = here().find(|command| command.name == name || verb(command.name) == name) {
        return Some(command.id);
    }
    let elsewhere = CommandId::from_name(name).map(CommandId::spec);
    let message = if let Some(elsewhere) = elsewhere {
        format!("{name} belongs to [keys.{}]", elsewhere.scope.name())
    } else {
        let names: Vec<&str> = if name.contains('.') {
            COMMANDS.iter().map(|command| command.name).collect()
        } else {
            here().map(|command| verb(command.name)).collect()
        };
        let what = format!("there is no command in [keys.{}] called", scope.name());
        match crate::query::nearest(name, names.iter().copied()) {
            Some(_) => unknown(&what, name, &names),
            None => format!("{what} {name:?}; `tidings keys` lists them all"),
        }
    };
    report.add(place, message);
    None
}

/// `["j", "Down"]`, `"j"`, or `"none"`.
fn key_list(report: &mut Report<'_>, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<Placed<Key>>> {
    let single = std::slice::from_ref(value);
    let values = match value.get_ref() {
        DeValue::String(text) if text == "none" => &[],
        DeValue::String(_) => single,
        DeValue::Array(array) => array.as_ref(),
        other => {
            let wanted = "a list of keys such as [\"j\", \"Down\"], or \"none\"";
            report.add(&value.span(), format!("{name} must be {wanted}, not {}", kind(other)));
            return None;
        }
    };
    let mut keys: Vec<Placed<Key>> = Vec::new();
    let mut all_well = true;
    for value in values {
        let fault = match value.get_ref() {
            DeValue::String(text) => match text.parse::<Key>() {
                Ok(key) if keys.iter().any(|(known, _)| *known == key) => continue,
                Ok(key) => {
                    keys.push((key, value.span()));
                    continue;
                }
                Err(error) => error.to_string(),
            },
            other => format!("a key must be text in quotes, not {}", kind(other)),
        };
        report.add(&value.span(), fault);
        all_well = false;
    }
    all_well.then_some(keys)
}

/// Two commands that the user gave the same key, where both listen. Taking a default's key is the user's right.
fn report_collisions(report: &mut Report<'_>, preset: Preset, bindings: &[Binding]) {
    let (_, conflicts) = Keymap::build(preset, &plain(bindings));
    for conflict in conflicts.iter().filter(|conflict| conflict.both_by_user) {
        let place = |command: CommandId| {
            let binding = bindings.iter().find(|binding| binding.command == command)?;
            binding.keys.iter().find(|(key, _)| *key == conflict.key).map(|(_, place)| place.clone())
        };
        if let Some(at) = place(conflict.loses) {
            let (wins, loses) = (conflict.wins.spec().name, conflict.loses.spec().name);
            report.add(&at, format!("{} is bound to {wins} already, which listens where {loses} does", conflict.key));
        }
    }
}
