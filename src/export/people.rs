//! Who wrote an article, as reference managers want it: family and given names where a byline is plainly that of people.

/// Somebody who wrote an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Person {
    /// A person.
    Named {
        /// Family name, with what belongs before it: `van der Berg`.
        family: String,
        /// All else: `Maria J.`
        given: String,
    },
    /// Whoever it is, as written.
    Literal(String),
}

/// Words between given and family names.
const PARTICLES: [&str; 16] =
    ["af", "al", "av", "bin", "da", "de", "del", "den", "der", "di", "dos", "la", "le", "ter", "van", "von"];

/// Words that say that a byline is no person's.
const NOT_PEOPLE: [&str; 28] = [
    "admin",
    "agency",
    "bureau",
    "contributor",
    "correspondent",
    "desk",
    "editor",
    "editorial",
    "editors",
    "freight",
    "gazette",
    "group",
    "journal",
    "logistics",
    "magazine",
    "maritime",
    "media",
    "news",
    "newsroom",
    "office",
    "port",
    "press",
    "reporter",
    "shipping",
    "staff",
    "team",
    "wire",
    "writer",
];

/// The authors that a byline names. One that is not plainly a list of names stays as it is.
pub(super) fn people(byline: &str) -> Vec<Person> {
    let bare = ["By ", "by ", "BY "].iter().find_map(|by| byline.strip_prefix(by)).unwrap_or(byline).trim();
    let listed = bare.replace(" and ", ",").replace(" & ", ",").replace(';', ",");
    let names: Option<Vec<Person>> =
        listed.split(',').map(str::trim).filter(|name| !name.is_empty()).map(named).collect();
    match names {
        Some(names) if !names.is_empty() => names,
        _ => vec![Person::Literal(bare.to_owned())],
    }
}

/// A name of two to five words that all look like parts of one.
fn named(name: &str) -> Option<Person> {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let looks = (2..=5).contains(&words.len())
        && words.iter().all(|word| is_name(word) || PARTICLES.contains(word))
        && is_name(words.first()?)
        && is_name(words.last()?)
        && words.last()?.chars().count() > 1
        && !words.iter().any(|word| NOT_PEOPLE.contains(&word.to_lowercase().as_str()));
    if !looks {
        return None;
    }
    let mut family = words.len() - 1;
    while family > 1 && PARTICLES.contains(&words[family - 1]) {
        family -= 1;
    }
    Some(Person::Named { family: words[family..].join(" "), given: words[..family].join(" ") })
}

/// A capital and letters: `Doe`, `O'Neil`, `Jean-Luc`, `J.`
fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
        && !matches!(word, "Jr." | "Jr" | "Sr." | "II" | "III" | "Inc." | "Ltd.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(given: &str, family: &str) -> Person {
        Person::Named { family: family.into(), given: given.into() }
    }

    #[test]
    fn people_have_two_names_and_desks_have_one() {
        assert_eq!(people("By Jane Doe"), [name("Jane", "Doe")]);
        assert_eq!(
            people("Jane Q. Doe, Ann O’Neil & Li Wei"),
            [name("Jane Q.", "Doe"), name("Ann", "O’Neil"), name("Li", "Wei")]
        );
        assert_eq!(people("Maria van der Berg and Åsa Öst"), [name("Maria", "van der Berg"), name("Åsa", "Öst")]);
        for literal in [
            "Harbour Desk",
            "Doe, Jane",
            "jane@example.org",
            "Jane Doe, Port Wire News",
            "田中太郎",
            "Reuters",
            "a}{\\b",
        ] {
            assert_eq!(people(literal), [Person::Literal(literal.into())], "{literal}");
        }
    }
}
