//! What stands between the reader and the text of a page. A page with a long text of its own has no barrier but a paywall
//! that its data tells of, whatever words occur in it.

use dom_query::{Document, NodeRef};

use super::likeness::Likeness;
use super::notices::{
    CHALLENGES, CONSENTS, MISSINGS, PAYWALLS, REASONS_TO_LOG_IN, REGISTRATIONS, SCRIPTS, VENDORS_OF_CHALLENGES,
};
use super::phrases::folded;
use super::told::Told;
use super::tree::{has_label, is_leaf, is_one_of, labels, prose, short_line, weigh};
use crate::model::Barrier;

/// With so many characters of prose a page is an article, and what it says of barriers is its subject.
const ARTICLE: usize = 1_200;
/// With so many it may still be the free beginning of one.
const PREVIEW: usize = 4_000;
/// With fewer characters there is nothing in the part of the page that is paid for.
const PAID_PART: usize = 200;
/// An overlay has fewer characters; what has more is the text that it would be laid over.
const OVERLAY: usize = 600;
/// Most elements labelled as overlays that are looked at.
const MAX_OVERLAYS: usize = 20;
/// A notice is no longer in characters.
const MAX_NOTICE: usize = 220;
/// Most notices of a page that are looked at.
const MAX_NOTICES: usize = 600;
/// Labels of what is laid over an article that is not free.
const OVERLAYS: &[&str] = &[
    "paywall",
    "pay-wall",
    "subscriber-only",
    "subscribers-only",
    "subscription-required",
    "premium-overlay",
    "article-paywall",
    "paywall-overlay",
    "metered-paywall",
    "tp-modal",
    "piano-offer",
    "piano-container",
    "plus-paywall",
    "offer-page",
    "paid-barrier",
    "article-barrier",
    "muro-de-pago",
    "muro-pago",
    "abo-box",
    "abo-wall",
];
const GATES: &[&str] =
    &["regwall", "registration-wall", "reg-wall", "login-wall", "loginwall", "registration-gate", "register-wall"];

/// What a page looks like before anything is taken out of it.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent signs, each seen or not")]
pub(super) struct Signs {
    /// Short lines of the page that are none of its frame, folded.
    notices: Vec<String>,
    /// Title and first heading, folded.
    headings: Vec<String>,
    /// Characters of text.
    text: usize,
    /// Characters in the part of the page that its data says is paid for.
    paid: Option<usize>,
    paywall: bool,
    gate: bool,
    challenge: bool,
    /// The page is there for a script to fill.
    shell: bool,
}

impl Signs {
    /// Looks at the page. `source` is its markup, scripts and all.
    pub(super) fn read(page: &Document, source: &str, told: &Told) -> Self {
        let mut signs = Self::default();
        for selector in ["title", "h1"] {
            let found = page.select_single(selector);
            signs
                .headings
                .extend(found.nodes().first().and_then(|node| short_line(node, 120)).map(|line| folded(&line)));
        }
        let Some(body) = page.body() else { return signs };
        signs.text = weigh(&body).all;
        signs.paid = told
            .paid_part()
            .map(|part| page.select(part).nodes().iter().take(MAX_OVERLAYS).map(|node| weigh(node).plain()).sum());
        let mut overlays = 0;
        for node in body.descendants_it().filter(NodeRef::is_element) {
            if node.has_attr("class") || node.has_attr("id") {
                let labels = labels(&node);
                if overlays < MAX_OVERLAYS && has_label(&labels, OVERLAYS) {
                    overlays += 1;
                    signs.paywall |= weigh(&node).plain() < OVERLAY;
                }
                signs.gate |= has_label(&labels, GATES);
                signs.challenge |= has_label(
                    &labels,
                    &["g-recaptcha", "h-captcha", "cf-turnstile", "px-captcha", "challenge-form", "cf-challenge"],
                );
                signs.shell |= node.id_attr().is_some_and(|id| matches!(&*id, "root" | "app" | "__next" | "__nuxt"))
                    && weigh(&node).all == 0;
            }
            let line = is_one_of(
                &node,
                &["p", "div", "h1", "h2", "h3", "h4", "h5", "span", "strong", "a", "button", "noscript", "li", "label"],
            );
            if line && signs.notices.len() < MAX_NOTICES && is_leaf(&node) && !is_frame(&node) {
                signs
                    .notices
                    .extend(short_line(&node, MAX_NOTICE).filter(|line| line.len() > 5).map(|line| folded(&line)));
            }
        }
        let vendor = VENDORS_OF_CHALLENGES.iter().any(|mark| source.contains(mark));
        signs.challenge |= vendor && signs.text < 1_500;
        signs.shell |= source.contains("<script") && signs.text < 120;
        signs
    }

    fn say(&self, phrases: &[&str]) -> bool {
        // A sentence that mentions one is longer than a notice.
        let says = |notice: &String, phrase: &&str| {
            notice.len() <= phrase.len() * 3
                && notice.contains(*phrase)
                && !notice.split(' ').any(|word| REASONS_TO_LOG_IN.iter().any(|reason| word.starts_with(reason)))
        };
        self.notices.iter().chain(&self.headings).any(|notice| phrases.iter().any(|phrase| says(notice, phrase)))
    }

    fn are_headed(&self, phrases: &[&str]) -> bool {
        self.headings.iter().any(|heading| phrases.iter().any(|phrase| heading.starts_with(phrase)))
    }
}

/// Whether it stands in the frame around every article of a site.
fn is_frame(node: &NodeRef) -> bool {
    node.ancestors_it(Some(24)).any(|above| is_one_of(&above, &["header", "footer", "nav", "aside"]))
}

/// What stands between the reader and the text.
pub(super) fn find(signs: &Signs, told: &Told, article: Option<&Document>) -> Option<Barrier> {
    let root = article.map(Document::root);
    let (length, paragraphs) = root.as_ref().map_or((0, 0), prose);
    let weight = root.as_ref().map(weigh).unwrap_or_default();
    if length < ARTICLE {
        let other = if signs.text < 3_000 && (signs.challenge || signs.are_headed(CHALLENGES)) {
            Some(Barrier::Challenge)
        } else if signs.are_headed(MISSINGS) {
            Some(Barrier::Missing)
        } else if signs.text < 6_000 && signs.say(CONSENTS) && (length < 500 || signs.are_headed(CONSENTS)) {
            Some(Barrier::Consent)
        } else {
            None
        };
        if other.is_some() {
            return other;
        }
    }
    if told.is_paid() && !is_whole(signs, told, article, length) {
        return Some(Barrier::Paywall);
    }
    if length < PREVIEW {
        if signs.say(PAYWALLS) || (signs.paywall && length < ARTICLE) {
            return Some(Barrier::Paywall);
        }
        if signs.say(REGISTRATIONS) || (signs.gate && length < ARTICLE) {
            return Some(Barrier::Registration);
        }
    }
    if paragraphs == 0 && weight.plain() < 250 {
        let script = signs.say(SCRIPTS) || (signs.shell && signs.text < 250);
        return if script {
            Some(Barrier::Script)
        } else if weight.plain() < 60 || weight.is_links(50) {
            Some(Barrier::NoArticle)
        } else {
            None
        };
    }
    // A front page: lines, nearly all of them links.
    (paragraphs < 2 && weight.is_links(70)).then_some(Barrier::NoArticle)
}

/// Whether a text that is not for everybody is there in full all the same: many publishers send it whole, and only a short
/// text or a second sign tells that this one did not.
fn is_whole(signs: &Signs, told: &Told, article: Option<&Document>, length: usize) -> bool {
    let body = told.body().map(Likeness::new).filter(|body| body.words() >= 150);
    if let (Some(body), Some(article)) = (body, article) {
        return body.shared_part(&article.root().text()) > 0.9;
    }
    if length >= PREVIEW {
        return true;
    }
    match signs.paid {
        Some(paid) => length >= PAID_PART && paid >= PAID_PART,
        None => length >= ARTICLE && !(signs.paywall || signs.gate || signs.say(PAYWALLS) || signs.say(REGISTRATIONS)),
    }
}
