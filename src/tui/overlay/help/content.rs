//! What the help says: the commands of the table by scope, with the keys that are in force.

use crate::command::{COMMANDS, CommandId, CommandSpec, Key, KeyCode, Keymap, Scope};
use crate::text::fold;

/// One row of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The keys; the name for the palette where there are none.
    pub(super) keys: String,
    /// False when it has no key.
    pub(super) bound: bool,
    /// What it does.
    pub(super) help: String,
}

/// The commands of one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// Where its keys count.
    pub(super) title: &'static str,
    /// The config table that its keys are set in.
    pub(super) table: &'static str,
    /// Its rows.
    pub(super) rows: Vec<Row>,
}

/// The order of the scopes that do not count where the user is; those that do come first.
const SCOPES: [Scope; 8] = [
    Scope::List,
    Scope::Article,
    Scope::Selected,
    Scope::Everywhere,
    Scope::Page,
    Scope::Story,
    Scope::Why,
    Scope::Feeds,
];

/// Commands for a row of figures: told as one when their keys are one row, such as `1-9`.
const FIGURED: [(CommandId, CommandId, &str); 3] = [
    (CommandId::ListTopic1, CommandId::ListTopic9, "a topic of the bar; again: all"),
    (CommandId::ListAddTopic1, CommandId::ListAddTopic9, "add or drop a topic of the bar"),
    (CommandId::ArticleLink1, CommandId::ArticleLink9, "open that link in the browser"),
];

/// The groups that have rows in which all words of `typed` occur, the scopes of `chain` first.
pub(super) fn groups(keymap: &Keymap, chain: &[Scope], typed: &str) -> Vec<Group> {
    let wanted: Vec<String> = fold(typed).split_whitespace().map(str::to_owned).collect();
    let others = SCOPES.iter().filter(|scope| !chain.contains(scope));
    let groups = chain.iter().chain(others).map(|scope| {
        let (title, table) = title(*scope);
        let mut rows = rows(keymap, *scope);
        rows.retain(|(name, row)| {
            let text = fold(&format!("{} {} {name}", row.keys, row.help));
            wanted.iter().all(|word| text.contains(word))
        });
        Group { title, table, rows: rows.into_iter().map(|(_, row)| row).collect() }
    });
    groups.filter(|group| !group.rows.is_empty()).collect()
}

fn title(scope: Scope) -> (&'static str, &'static str) {
    match scope {
        Scope::Everywhere => ("Everywhere", "[keys.everywhere]"),
        Scope::List => ("In the list", "[keys.list]"),
        Scope::Article => ("In the article", "[keys.article]"),
        Scope::Selected => ("The selected article", "[keys.selected]"),
        Scope::Feeds => ("Feed health", "[keys.feeds]"),
        Scope::Page => ("Pages: story, name, reasons", "[keys.page]"),
        Scope::Story => ("The page of a story", "[keys.story]"),
        Scope::Why => ("The page of reasons", "[keys.why]"),
    }
}

fn rows(keymap: &Keymap, scope: Scope) -> Vec<(&'static str, Row)> {
    let commands: Vec<&CommandSpec> = COMMANDS.iter().filter(|c| c.scope == scope).collect();
    let mut rows = Vec::new();
    for command in commands {
        let run = FIGURED.iter().find(|(first, last, _)| (*first..=*last).contains(&command.id));
        match run.and_then(|run| figures(keymap, *run).map(|keys| (run, keys))) {
            Some(((first, _, help), keys)) if *first == command.id => {
                rows.push((command.name, Row { keys, bound: true, help: (*help).to_owned() }));
            }
            Some(_) => {}
            None => rows.push((command.name, row(keymap, command))),
        }
    }
    rows
}

fn row(keymap: &Keymap, command: &CommandSpec) -> Row {
    let keys: Vec<String> = keymap.keys_of(command.id).iter().map(ToString::to_string).collect();
    let bound = !keys.is_empty();
    let keys = if bound { keys.join(" ") } else { format!(": {}", command.name) };
    Row { keys, bound, help: command.help.to_owned() }
}

/// `1-9` or `Alt-1-9`, when the first keys of the run follow one another.
fn figures(keymap: &Keymap, (first, last, _): (CommandId, CommandId, &str)) -> Option<String> {
    let run = COMMANDS.iter().filter(|c| (first..=last).contains(&c.id));
    let keys: Vec<Key> = run.map(|command| keymap.keys_of(command.id).first().copied()).collect::<Option<_>>()?;
    let figure = |key: &Key| if let KeyCode::Char(c) = key.code() { Some(c) } else { None };
    let figures: Vec<char> = keys.iter().map(figure).collect::<Option<_>>()?;
    let held = |key: &Key, figure: &char| key.to_string().strip_suffix(*figure).map(str::to_owned);
    let holds: Vec<String> = keys.iter().zip(&figures).map(|(key, c)| held(key, c)).collect::<Option<_>>()?;
    let follow = figures.windows(2).all(|pair| u32::from(pair[0]) + 1 == u32::from(pair[1]));
    let alike = holds.windows(2).all(|pair| pair[0] == pair[1]);
    (follow && alike).then(|| Some(format!("{}-{}", keys.first()?, figures.last()?)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{ARTICLE_CHAIN, LIST_CHAIN, Preset};
    use crate::tui::fixture::key;

    fn keymap(own: &[(CommandId, Vec<Key>)]) -> Keymap {
        Keymap::build(Preset::Tidings, own).0
    }

    #[test]
    fn every_command_is_there_once_and_the_scopes_of_the_place_come_first() {
        let groups = groups(&keymap(&[]), ARTICLE_CHAIN, "");
        let titles: Vec<_> = groups.iter().map(|g| g.title).collect();
        let expected = ["In the article", "The selected article", "Everywhere", "In the list"];
        assert_eq!(titles[..4], expected);
        assert_eq!(titles.len(), SCOPES.len());
        let rows: usize = groups.iter().map(|g| g.rows.len()).sum();
        assert_eq!(rows, COMMANDS.len() - 24, "nine topics, nine to add and nine links are a row each");
        for command in COMMANDS {
            let told = groups.iter().flat_map(|g| &g.rows).any(|r| r.help == command.help);
            let (topic, link) = (command.name.contains("topic-"), command.name.contains("link-"));
            assert!(told || topic || link, "{}", command.name);
        }
    }

    #[test]
    fn the_keys_are_those_in_force() {
        let own = [(CommandId::AppUndo, vec![key("F9")]), (CommandId::ListTopic4, vec![key("x")])];
        let keymap = keymap(&own);
        let find = |typed: &str| groups(&keymap, LIST_CHAIN, typed);
        assert_eq!(find("f9")[0].rows[0].help, "undo");
        assert_eq!(find("fourth topic")[0].rows[0].keys, "x");
        assert!(
            find("first topic of the bar")[0].rows.iter().all(|r| r.keys == "1"),
            "a rebound run is told one by one"
        );
        let log = &find("app.log")[0].rows[0];
        assert!(!log.bound && log.keys == ": app.log", "{log:?}");
        assert_eq!(find("save ctrl-z"), []);
    }
}
