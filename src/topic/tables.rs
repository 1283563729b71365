//! The built-in tables: cues of the topics, entities with their names, publishers, genre marks, words beside names.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::EntityEntry;
use super::grammar::Pattern;
use super::language::Languages;
use super::neighbours::Neighbours;
use super::why::Home;
use crate::model::{Entity, EntityKind, Genre, TopicId};

/// One table: its path from the repository's root, and its text.
pub(super) type Table = (&'static str, &'static str);

macro_rules! tables {
    ($folder:literal: $($name:literal)*) => {
        &[$((concat!($folder, $name), include_str!(concat!("../../", $folder, $name)))),*]
    };
}

/// Cues, one table a topic.
pub(super) const CUES: &[Table] = tables!("assets/topics/cues/": "ocean.tsv" "rates.tsv" "ports.tsv" "air.tsv" "road.tsv" "rail.tsv"
    "parcel.tsv" "trade.tsv" "disruption.tsv" "warehouse.tsv" "forwarders.tsv" "labour.tsv" "security.tsv" "green.tsv" "tech.tsv" "deals.tsv"
    "bulk.tsv" "fleet.tsv");
/// Entities.
pub(super) const LEXICON: &[Table] = tables!("assets/lexicon/": "carriers-ocean.tsv" "carriers-bulk.tsv"
    "carriers-air.tsv" "carriers-road.tsv" "carriers-rail.tsv" "carriers-parcel.tsv" "forwarders.tsv" "shippers.tsv" "ports.tsv"
    "ports-inland.tsv" "terminals.tsv" "airports.tsv" "chokepoints.tsv" "lanes.tsv" "alliances.tsv" "bodies.tsv" "unions.tsv"
    "indices.tsv" "technology.tsv" "shipyards.tsv" "vessels.tsv");
/// Publishers, genre marks, words beside names.
pub(super) const OTHERS: &[Table] =
    tables!("assets/topics/": "publishers.tsv" "genres.tsv" "neighbours.tsv" "categories.tsv" "stopwords.tsv");

/// What a cue counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// Speaks against the topic.
    Never,
    /// Hides the cues within it and counts nothing.
    Mask,
    /// Says it all but alone.
    Strong,
    /// Says it with something else.
    Medium,
    /// Hints at it.
    Weak,
}

impl Tier {
    const ALL: [(&'static str, Self); 5] = [
        ("strong", Self::Strong),
        ("medium", Self::Medium),
        ("weak", Self::Weak),
        ("never", Self::Never),
        ("mask", Self::Mask),
    ];
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// A cue of a topic.
    Cue(TopicId, Tier),
    /// A name of the entity at this place of the list of entities.
    Name(u32),
}

/// One cue or name.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) says: Says,
    pub(super) pattern: Pattern,
    /// As the table or the config has it.
    pub(super) written: Cow<'static, str>,
    pub(super) home: Home,
    pub(super) languages: Languages,
}

impl Rule {
    /// Whether it stands in the user's config.
    pub(super) fn is_the_users(&self) -> bool {
        matches!(self.home, Home::Config(_))
    }
}

/// An entity with the topics it speaks for.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) entry: EntityEntry,
    pub(super) topics: Vec<TopicId>,
}

/// A publisher as it is named in titles and texts.
#[derive(Debug, Clone)]
pub(super) struct Publisher {
    pub(super) name: &'static str,
    /// Folded, its name among them.
    pub(super) names: Vec<String>,
    /// What it writes about throughout; empty for the general press.
    pub(super) beat: Vec<TopicId>,
    /// Whether it is of the trade.
    pub(super) trade: bool,
    pub(super) line: u32,
}

/// Where a genre's mark stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// At the beginning of the title, before a colon, bar or dash, or in brackets.
    Label,
    /// Anywhere in the title.
    Title,
    /// At the beginning of the text.
    Text,
    /// The whole of a category.
    Category,
}

/// Everything built in, parsed once.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) rules: Vec<Rule>,
    pub(super) entities: Vec<Known>,
    pub(super) publishers: Vec<Publisher>,
    pub(super) genres: Vec<(Genre, Mark, String)>,
    /// For each kind what stands beside its names.
    pub(super) neighbours: [Neighbours; EntityKind::ALL.len()],
    /// What is wrong with the tables; a test holds it empty.
    pub(super) faults: Vec<String>,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::parse);

/// The cells of a list in a table.
pub(super) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// The rows of a table that are not comments, with their number.
fn rows(table: &Table) -> impl Iterator<Item = (u32, Vec<&'static str>)> {
    let lines = (1..).zip(table.1.lines());
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| (number, line.split('\t').collect()))
}

impl Tables {
    fn parse() -> Self {
        let mut tables = Self {
            rules: Vec::new(),
            entities: Vec::new(),
            publishers: Vec::new(),
            genres: Vec::new(),
            neighbours: Default::default(),
            faults: Vec::new(),
        };
        for table in CUES {
            let file = table.0.rsplit_once('/').map_or(table.0, |(_, name)| name);
            let Some(topic) = TopicId::from_id(file.trim_end_matches(".tsv")) else {
                tables.faults.push(format!("{}: no such topic", table.0));
                continue;
            };
            rows(table).for_each(|(line, cells)| tables.cues(table.0, line, topic, &cells));
        }
        for table in LEXICON {
            rows(table)
                .filter(|(_, cells)| cells.first() != Some(&"id"))
                .for_each(|(line, cells)| tables.entity(table.0, line, &cells));
        }
        for table in OTHERS {
            for (line, cells) in rows(table) {
                let sound = match table.0.rsplit_once('/').map(|(_, name)| name) {
                    Some("publishers.tsv") => tables.publisher(line, &cells),
                    Some("genres.tsv") => tables.genre(&cells),
                    Some("neighbours.tsv") => tables.neighbour(&cells),
                    _ => true,
                };
                if !sound {
                    tables.faults.push(format!("{}:{line}: not as its head says", table.0));
                }
            }
        }
        // Kept as long as the program runs.
        tables.rules.shrink_to_fit();
        tables.entities.shrink_to_fit();
        tables
    }

    fn cues(&mut self, file: &'static str, line: u32, topic: TopicId, cells: &[&'static str]) {
        let [languages, tier, cues] = cells else {
            return self.faults.push(format!("{file}:{line}: wants language, tier, cues"));
        };
        let tier = Tier::ALL.iter().find(|(name, _)| name == tier).map(|(_, tier)| *tier);
        let (Some(languages), Some(tier)) = (Languages::parse(languages), tier) else {
            return self.faults.push(format!("{file}:{line}: no such language or tier"));
        };
        for cue in list(cues) {
            match Pattern::cue(cue) {
                Ok(pattern) => self.rules.push(Rule {
                    says: Says::Cue(topic, tier),
                    pattern,
                    written: Cow::Borrowed(cue),
                    home: Home::Table { file, line },
                    languages,
                }),
                Err(why) => self.faults.push(format!("{file}:{line}: {cue}: {why}")),
            }
        }
    }

    fn entity(&mut self, file: &'static str, line: u32, cells: &[&'static str]) {
        let cell = |n: usize| cells.get(n).copied().unwrap_or("");
        let Some(kind) = EntityKind::from_id(cell(1)) else {
            return self.faults.push(format!("{file}:{line}: no such kind"));
        };
        let topics: Option<Vec<TopicId>> = list(cell(4)).map(TopicId::from_id).collect();
        let Some(topics) = topics else {
            return self.faults.push(format!("{file}:{line}: no such topic"));
        };
        let index = u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
        for name in list(cell(3)) {
            match Pattern::name(name) {
                Ok(pattern) => self.rules.push(Rule {
                    says: Says::Name(index),
                    pattern,
                    written: Cow::Borrowed(name),
                    home: Home::Table { file, line },
                    languages: Languages::ALL,
                }),
                Err(why) => self.faults.push(format!("{file}:{line}: {name}: {why}")),
            }
        }
        let position = cell(6).parse().ok().zip(cell(7).parse().ok());
        let entity = Entity { id: cell(0).to_owned(), name: cell(2).to_owned(), kind };
        let aliases = list(cell(3)).map(str::to_owned).collect();
        let code = Some(cell(5)).filter(|code| !code.is_empty()).map(str::to_owned);
        self.entities.push(Known { entry: EntityEntry { entity, aliases, code, position }, topics });
    }

    fn publisher(&mut self, line: u32, cells: &[&'static str]) -> bool {
        let [name, names, beat] = cells else { return false };
        let topics: Option<Vec<TopicId>> =
            list(beat).filter(|topic| *topic != "-" && *topic != "*").map(TopicId::from_id).collect();
        let Some(beat_topics) = topics else { return false };
        let names = std::iter::once(*name).chain(list(names)).map(super::folded::fold_words).collect();
        self.publishers.push(Publisher { name, names, beat: beat_topics, trade: *beat != "-", line });
        true
    }

    fn genre(&mut self, cells: &[&'static str]) -> bool {
        let [genre, mark, phrases] = cells else { return false };
        let mark = match *mark {
            "label" => Mark::Label,
            "title" => Mark::Title,
            "text" => Mark::Text,
            "category" => Mark::Category,
            _ => return false,
        };
        let Some(genre) = Genre::from_id(genre) else { return false };
        self.genres.extend(list(phrases).map(|phrase| (genre, mark, super::folded::fold_words(phrase))));
        true
    }

    fn neighbour(&mut self, cells: &[&'static str]) -> bool {
        let [kinds, side, phrases] = cells else { return false };
        let kinds: Option<Vec<EntityKind>> = list(kinds).map(EntityKind::from_id).collect();
        let (Some(kinds), true) = (kinds, matches!(*side, "before" | "after")) else { return false };
        for kind in kinds {
            for phrase in list(phrases) {
                self.neighbours[kind as usize].add(*side == "before", super::folded::fold_words(phrase));
            }
        }
        true
    }
}
