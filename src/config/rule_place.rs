//! Where in the file a rule stands that the classifier can make nothing of.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, Report};
use crate::topic::RuleFault;

/// What is wrong with the rules of a config whose text is this, each at its place; at the top of the file where the rule
/// is not found. The rest of the config is in force all the same.
#[must_use]
pub fn rule_faults(text: &str, file: &Path, faults: &[RuleFault]) -> Vec<Diagnostic> {
    let (root, _) = DeTable::parse_recoverable(text);
    let mut report = Report::new(file, text);
    for fault in faults {
        let place = place(root.get_ref(), fault).unwrap_or(0..0);
        report.add(&place, format!("{}: {:?}: {}", fault.key, fault.text, fault.words));
    }
    report.finish()
}

/// The text at fault below the fault's key, else the key's own value.
fn place(root: &DeTable<'_>, fault: &RuleFault) -> Option<Range<usize>> {
    let mut keys = fault.key.split('.');
    let mut value = root.get(keys.next()?)?;
    for key in keys {
        // Below a list of tables every one of them may be meant.
        match value.get_ref() {
            DeValue::Table(table) => value = table.get(key)?,
            _ => break,
        }
    }
    find(value, &fault.text).or_else(|| Some(value.span()))
}

fn find(value: &Spanned<DeValue<'_>>, text: &str) -> Option<Range<usize>> {
    match value.get_ref() {
        DeValue::String(found) => (found.trim() == text).then(|| value.span()),
        DeValue::Array(array) => array.iter().find_map(|value| find(value, text)),
        DeValue::Table(table) => table.iter().find_map(|(_, value)| find(value, text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(key: &str, text: &str) -> String {
        let config = "keep_days = 9\n[topics.deals]\nignore = [\n  \"bid\",\n]\n[[entities]]\nname = \"Quay\"\naliases = [\"a*b\"]\n";
        let fault = RuleFault { key: key.into(), text: text.into(), words: "means nothing".into() };
        rule_faults(config, Path::new("config.toml"), &[fault])[0].to_string()
    }

    #[test]
    fn faults_are_told_where_the_rule_stands() {
        let bid = told("topics.deals.ignore", "bid");
        assert_eq!(bid, "config.toml:4:3: topics.deals.ignore: \"bid\": means nothing");
        assert!(told("entities", "a*b").starts_with("config.toml:8:12: "), "{}", told("entities", "a*b"));
        assert!(told("entities.aliases", "a*b").starts_with("config.toml:8:12: "));
        assert!(told("topics.deals.ignore", "gone").starts_with("config.toml:3:10: "), "the list it was in");
        assert!(told("topics.rates.cues", "x").starts_with("config.toml:1:1: "));
    }
}
