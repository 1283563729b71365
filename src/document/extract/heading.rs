//! The title without the name of the publication. It is cut only where something confirms the cut: the address of the site,
//! or the first heading of the page; a name that the page gives itself may be a part of the title as well.

use url::Url;

use super::address::{registered, site_name};
use super::phrases::folded;
use super::topline::is_date_line;

/// What separates a title from the name of its publication.
const SEPARATORS: &[&str] = &[" - ", " | ", " – ", " — ", " · ", " » ", " :: ", " / ", " • ", " ∙ ", " ⋅ "];
/// Fewer words after the name of a publication are no title without it: "Quay Lines: results".
const MIN_WORDS: usize = 3;

/// What tells the title from what stands around it.
pub(super) struct Known<'a> {
    /// The `title` element of the page.
    pub(super) whole: &'a str,
    /// First headings and what is marked as the headline.
    pub(super) headings: &'a [String],
    /// The name of the publication as the page has it.
    pub(super) site: Option<&'a str>,
    /// Where the page came from.
    pub(super) url: Option<&'a Url>,
}

impl Known<'_> {
    /// The title as a reader wants it.
    pub(super) fn settle(&self, title: &str) -> String {
        let mut bare = title;
        // Department and publication often stand one after the other.
        for _ in 0..3 {
            bare = self.cut_end(bare).or_else(|| self.cut_begin(bare)).unwrap_or(bare);
        }
        self.headings
            .iter()
            .find(|heading| self.is_better(heading, bare, title))
            .map_or(bare, |heading| heading)
            .to_owned()
    }

    fn cut_end<'t>(&self, title: &'t str) -> Option<&'t str> {
        let bracketed = title.strip_suffix(']').and_then(|title| title.rsplit_once(" ["));
        let parts = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator)).chain(bracketed);
        parts
            .map(|(rest, last)| (rest.trim(), last))
            .find(|(rest, last)| {
                !rest.is_empty()
                    && (is_date_line(last)
                        || self.is_publication(last)
                        || (self.is_site(last) && self.is_heading(rest)))
            })
            .map(|(rest, _)| rest)
    }

    fn cut_begin<'t>(&self, title: &'t str) -> Option<&'t str> {
        let parts = SEPARATORS.iter().filter_map(|separator| title.split_once(separator));
        parts
            .map(|(first, rest)| (first, rest.trim()))
            .find(|(first, rest)| {
                let named = self.is_publication(first) || self.is_site(first);
                named && (self.is_told_heading(rest) || rest.split_whitespace().count() >= MIN_WORDS)
            })
            .map(|(_, rest)| rest)
    }

    /// Whether it is the name of the publication as the page has it.
    fn is_site(&self, part: &str) -> bool {
        let bare = |name: &str| {
            let name = folded(name);
            name.strip_prefix("the ").unwrap_or(&name).replace(' ', "")
        };
        self.site.map(bare).is_some_and(|site| !site.is_empty() && bare(part) == site)
    }

    /// Whether the page has this for a heading, or no heading at all.
    fn is_heading(&self, title: &str) -> bool {
        self.headings.is_empty() || self.is_told_heading(title)
    }

    fn is_told_heading(&self, title: &str) -> bool {
        let title = folded(title);
        self.headings.iter().any(|heading| folded(heading) == title)
    }

    /// Whether the address of the page says that this is the name of the publication.
    fn is_publication(&self, part: &str) -> bool {
        let (Some(name), Some(domain)) = (self.url.and_then(site_name), self.url.and_then(registered)) else {
            return false;
        };
        let squeezed = |text: &str| folded(text).replace(' ', "");
        let (name, domain) = (squeezed(&name), squeezed(&domain));
        let words = folded(part);
        let plain = words.strip_prefix("the ").unwrap_or(&words);
        let (all, plain) = (words.replace(' ', ""), plain.replace(' ', ""));
        if plain.is_empty() || words.split(' ').count() > 6 {
            return false;
        }
        let initials: String = words.split(' ').filter_map(|word| word.chars().next()).collect();
        let matches = |one: &str| one == name || one == domain || name.replace("and", "") == one;
        matches(&all)
            || matches(&plain)
            || (name.len() >= 3 && initials == name)
            || (name.len() >= 3 && words.split(' ').next() == Some(&name))
            || (name.len() >= 5 && (plain.starts_with(&name) || all.starts_with(&name)))
            || (plain.len() >= 4 && plain.len() * 2 >= name.len() && name.starts_with(&plain))
    }

    /// Whether a heading is the title without what is added to it, or with what was cut from its beginning.
    fn is_better(&self, heading: &str, bare: &str, title: &str) -> bool {
        let (heading_words, bare_words) = (folded(heading), folded(bare));
        let begins = |text: &str| folded(text).strip_prefix(&*heading_words).is_some_and(|rest| rest.starts_with(' '));
        if heading_words.split(' ').count() < 2 || heading_words == bare_words {
            return false;
        }
        // "Beginning: end" was cut to its end, which the page's title has whole.
        let was_cut = heading.strip_suffix(bare).is_some_and(|begin| begin.trim_end().ends_with(':'))
            && (begins(self.whole) || folded(self.whole) == heading_words);
        // Author, department and publication stand after it, and the last of them is the publication.
        let is_segment = |text: &str| {
            let rest = text.get(heading.len()..).filter(|_| text.starts_with(heading));
            rest.is_some_and(|rest| SEPARATORS.iter().any(|separator| rest.starts_with(separator)))
        };
        let last = |text: &str| {
            SEPARATORS.iter().filter_map(|separator| text.rsplit_once(separator)).map(|(_, last)| last.len()).min()
        };
        let named =
            last(self.whole).is_some_and(|length| self.is_publication(&self.whole[self.whole.len() - length..]));
        was_cut || (named && is_segment(self.whole) && (is_segment(bare) || is_segment(title)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(title: &str, whole: &str, headings: &[&str], site: Option<&str>, url: &str) -> String {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let url = Url::parse(url).ok();
        Known { whole, headings: &headings, site, url: url.as_ref() }.settle(title)
    }

    #[test]
    fn the_address_confirms_the_name_of_the_publication() {
        let at = "https://www.harbourpost.example/a";
        for (title, bare) in [
            ("Crane falls - The Harbour Post", "Crane falls"),
            ("Crane falls | Ports | Harbour Post", "Crane falls | Ports"),
            ("Crane falls [HarbourPost.example]", "Crane falls"),
            ("Crane falls – Harbour Post International", "Crane falls"),
            ("Crane falls - 4 March 2026 - Harbour Post", "Crane falls"),
            ("The Harbour Post – Crane falls again", "Crane falls again"),
            ("Harbour Post - results", "Harbour Post - results"),
            ("Crane falls - again", "Crane falls - again"),
            ("The Harbour Post", "The Harbour Post"),
        ] {
            assert_eq!(settled(title, title, &[], None, at), bare, "{title}");
        }
        for (name, at) in [
            ("Journal of Cranes", "https://joc.example/a"),
            ("QPN News", "https://qpn.example/a"),
            ("Crane & Hook", "https://craneandhook.example/a"),
            ("Seven Quays Shipping News Worldwide", "https://sevenquays.example/a"),
        ] {
            let title = format!("Crane falls at night | {name}");
            assert_eq!(settled(&title, &title, &[], None, at), "Crane falls at night", "{name}");
        }
    }

    #[test]
    fn a_name_that_only_the_page_gives_is_cut_when_the_heading_confirms_it() {
        let elsewhere = "https://cdn.example/a";
        let cut = |title: &str, headings: &[&str]| settled(title, title, headings, Some("Quay Times"), elsewhere);
        assert_eq!(cut("Crane falls | Quay Times", &["Crane falls"]), "Crane falls");
        assert_eq!(cut("Crane falls | Quay Times", &[]), "Crane falls");
        assert_eq!(cut("A night at the | Quay Times", &["A night at the quay"]), "A night at the | Quay Times");
    }

    #[test]
    fn a_heading_within_the_page_title_is_the_title() {
        let at = "https://www.harbourpost.example/a";
        let heading = "Crane falls: two berths shut";
        let whole = "Crane falls: two berths shut | Ann Example | Ports | Harbour Post";
        let titled = "Crane falls: two berths shut | Ann Example";
        assert_eq!(settled(titled, whole, &[heading], None, at), heading);
        assert_eq!(settled(titled, whole, &[heading], None, "https://cdn.example/a"), titled, "nothing confirms it");
        let whole = "Crane falls: two berths shut · Harbour Post";
        assert_eq!(settled("two berths shut", whole, &[heading], None, at), heading, "the beginning was lost");
        assert_eq!(settled("Another title", whole, &[heading], None, at), "Another title");
        assert_eq!(settled("Crane falls", "Crane falls", &["Harbour Post"], None, at), "Crane falls");
    }
}
