//! From keys to commands: the table, the preset and the user's own keys brought together.

use std::collections::HashMap;

use super::{COMMANDS, CommandId, Key, Preset, Scope};

/// Whose keys count in the list, the most particular first.
pub const LIST_CHAIN: &[Scope] = &[Scope::List, Scope::Selected, Scope::Everywhere];
/// Whose keys count in the article.
pub const ARTICLE_CHAIN: &[Scope] = &[Scope::Article, Scope::Selected, Scope::Everywhere];
/// Whose keys count on the feed health screen.
pub const FEEDS_CHAIN: &[Scope] = &[Scope::Feeds, Scope::Everywhere];
/// Whose keys count on the page of a story.
pub const STORY_CHAIN: &[Scope] = &[Scope::Story, Scope::Page, Scope::Selected, Scope::Everywhere];
/// Whose keys count on the page of an entity.
pub const ENTITY_CHAIN: &[Scope] = &[Scope::Page, Scope::Everywhere];
/// Whose keys count on the page of reasons.
pub const WHY_CHAIN: &[Scope] = &[Scope::Why, Scope::Page, Scope::Everywhere];
/// Every chain there is.
pub const CHAINS: [&[Scope]; 6] = [LIST_CHAIN, ARTICLE_CHAIN, FEEDS_CHAIN, STORY_CHAIN, ENTITY_CHAIN, WHY_CHAIN];

/// Commands that may have the key of a more general one, which means the same in a smaller place: searching in an article.
const OVERLAID: [(CommandId, CommandId); 1] = [(CommandId::ArticleFind, CommandId::AppSearch)];

/// Which key does what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    by_key: HashMap<(Scope, Key), CommandId>,
    /// Per command, in the order of [`COMMANDS`].
    by_command: Vec<Vec<Key>>,
}

/// One key that two commands of one chain want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// The key.
    pub key: Key,
    /// The command that has it.
    pub wins: CommandId,
    /// The command that does without, where the other listens.
    pub loses: CommandId,
    /// True when the user's config gives it to both, which is a mistake; otherwise the user took a default away.
    pub both_by_user: bool,
}

impl Keymap {
    /// Brings the preset and the user's keys together. `overrides` names a command's keys in place of the preset's; none unbinds.
    ///
    /// What the user binds wins over a default of the same chain. Every key that two commands want is reported.
    #[must_use]
    pub fn build(preset: Preset, overrides: &[(CommandId, Vec<Key>)]) -> (Self, Vec<Conflict>) {
        let own = |id: CommandId| overrides.iter().rev().find(|(command, _)| *command == id).map(|(_, keys)| keys);
        // That each default is a key is tested.
        let default = |id: CommandId| preset.keys(id).iter().filter_map(|key| key.parse().ok()).collect();
        let mut by_command: Vec<Vec<Key>> =
            COMMANDS.iter().map(|command| own(command.id).cloned().unwrap_or_else(|| default(command.id))).collect();
        let mut conflicts = Vec::new();
        for chain in CHAINS {
            for conflict in conflicts_in(chain, &by_command, |id| own(id).is_some()) {
                if !conflicts.contains(&conflict) {
                    conflicts.push(conflict);
                }
            }
        }
        for conflict in &conflicts {
            // A loser further down the chain is only hidden there: its key still works elsewhere.
            if hides(conflict.loses.spec().scope, conflict.wins.spec().scope) {
                by_command[conflict.loses as usize].retain(|key| *key != conflict.key);
            }
        }
        let mut by_key = HashMap::new();
        for command in COMMANDS {
            for key in &by_command[command.id as usize] {
                by_key.entry((command.scope, *key)).or_insert(command.id);
            }
        }
        (Self { by_key, by_command }, conflicts)
    }

    /// What a key does where `scopes` are listened to, the most particular first: one of the chains of this module.
    #[must_use]
    pub fn lookup(&self, scopes: &[Scope], key: Key) -> Option<CommandId> {
        scopes.iter().find_map(|scope| self.by_key.get(&(*scope, key)).copied())
    }

    /// The keys of a command, the preferred one first.
    #[must_use]
    pub fn keys_of(&self, command: CommandId) -> &[Key] {
        &self.by_command[command as usize]
    }
}

/// True when a key in `a` keeps the same key in `b` from being heard (or is in the same scope).
fn hides(a: Scope, b: Scope) -> bool {
    CHAINS.iter().any(|chain| {
        let place = |scope| chain.iter().position(|s| *s == scope);
        matches!((place(a), place(b)), (Some(a), Some(b)) if a <= b)
    })
}

fn conflicts_in(chain: &[Scope], keys: &[Vec<Key>], own: impl Fn(CommandId) -> bool) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    let mut holders: HashMap<Key, CommandId> = HashMap::new();
    for scope in chain {
        for command in COMMANDS.iter().filter(|command| command.scope == *scope) {
            for key in &keys[command.id as usize] {
                let other = |holder: &CommandId| *holder != command.id && !OVERLAID.contains(&(*holder, command.id));
                let Some(holder) = holders.get(key).copied().filter(other) else {
                    holders.entry(*key).or_insert(command.id);
                    continue;
                };
                let both_by_user = own(holder) && own(command.id);
                let newer_wins = own(command.id) && !own(holder);
                let (wins, loses) = if newer_wins { (command.id, holder) } else { (holder, command.id) };
                holders.insert(*key, wins);
                conflicts.push(Conflict { key: *key, wins, loses, both_by_user });
            }
        }
    }
    conflicts
}

/// What a key that does nothing here would have meant in other programs, for keys that people will try.
#[must_use]
pub fn explain_unbound(key: Key) -> Option<&'static str> {
    match key.typed() {
        Some('r') => {
            Some("r reloads in some readers and marks read in others; here R polls all feeds and m marks read")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn every_default_key_is_a_key_and_none_is_wanted_twice() {
        for preset in Preset::ALL {
            for command in COMMANDS {
                for text in preset.keys(command.id) {
                    assert_eq!(key(text).to_string(), *text, "{} in {}", command.name, preset.name());
                }
            }
            let (keymap, conflicts) = Keymap::build(preset, &[]);
            assert_eq!(conflicts, [], "{}", preset.name());
            for command in COMMANDS {
                let chain = CHAINS.into_iter().find(|chain| chain.contains(&command.scope)).unwrap();
                for bound in keymap.keys_of(command.id) {
                    assert_eq!(keymap.lookup(chain, *bound), Some(command.id), "{bound} in {}", preset.name());
                }
            }
        }
    }

    #[test]
    fn each_preset_leaves_no_command_of_the_default_without_a_way_back_or_out() {
        for preset in Preset::ALL {
            let (keymap, _) = Keymap::build(preset, &[]);
            for command in [
                CommandId::ListBack,
                CommandId::ArticleBack,
                CommandId::FeedsBack,
                CommandId::PageBack,
                CommandId::AppQuit,
                CommandId::AppUndo,
            ] {
                assert!(!keymap.keys_of(command).is_empty(), "{command:?} in {}", preset.name());
            }
        }
    }

    #[test]
    fn the_users_key_wins_over_a_default_and_an_empty_list_unbinds() {
        let (keymap, conflicts) = Keymap::build(
            Preset::Tidings,
            &[
                (CommandId::ListOrder, vec![key("R")]),
                (CommandId::AppLog, vec![key("j")]),
                (CommandId::AppPalette, Vec::new()),
            ],
        );
        // In the list R is the order now; elsewhere it still polls.
        assert_eq!(keymap.lookup(LIST_CHAIN, key("R")), Some(CommandId::ListOrder));
        assert_eq!(keymap.lookup(ARTICLE_CHAIN, key("R")), Some(CommandId::AppPoll));
        assert_eq!(keymap.lookup(LIST_CHAIN, key("v")), None);
        // A key bound everywhere is taken from the defaults of each screen.
        for chain in CHAINS {
            assert_eq!(keymap.lookup(chain, key("j")), Some(CommandId::AppLog));
            assert_eq!(keymap.lookup(chain, key(":")), None);
        }
        assert_eq!(keymap.keys_of(CommandId::ListDown), [key("Down")]);
        assert_eq!(keymap.keys_of(CommandId::AppPoll), [key("R")]);
        assert!(conflicts.iter().all(|conflict| !conflict.both_by_user));
        assert_eq!(conflicts.len(), 5, "{conflicts:?}");
    }

    #[test]
    fn two_commands_of_the_user_on_one_key_are_a_mistake() {
        let (_, conflicts) = Keymap::build(
            Preset::Tidings,
            &[(CommandId::ListOrder, vec![key("x")]), (CommandId::ArticleSave, vec![key("x")])],
        );
        let [conflict] = conflicts[..] else { panic!("{conflicts:?}") };
        assert!(conflict.both_by_user);
        assert_eq!((conflict.wins, conflict.loses), (CommandId::ListOrder, CommandId::ArticleSave));
    }

    #[test]
    fn r_is_unbound_and_says_why() {
        for chain in [LIST_CHAIN, ARTICLE_CHAIN] {
            for preset in Preset::ALL {
                assert_eq!(Keymap::build(preset, &[]).0.lookup(chain, key("r")), None);
            }
        }
        assert!(explain_unbound(key("r")).is_some_and(|words| words.contains('R')));
        assert_eq!(explain_unbound(key("Ctrl-r")), None);
    }
}
