//! What the keys of the article do.

use crate::command::CommandId;
use crate::document::Link;
use crate::model::{Headline, Mark};
use crate::tui::browse::act::browse_to;
use crate::tui::browse::{Browse, Focus, Owner, company};
use crate::tui::effect::Effect;
use crate::tui::intent::{ArticleIntent, Direction, Motion};
use crate::tui::model::Shared;
use crate::tui::reading::Shown;
use crate::tui::route::{Go, PickerKind, Step, StoryAim};
use crate::tui::status::Level;

impl Browse {
    /// What the keys of the article do. `Back` from an article leads to its list.
    pub fn article_intent(&mut self, shared: &mut Shared, intent: ArticleIntent) -> Step {
        match intent {
            ArticleIntent::Scroll(Motion::PageDown) if self.article.at_end() => return self.read_on(shared).into(),
            ArticleIntent::Scroll(motion) => self.article.scroll(motion),
            ArticleIntent::Unread(direction) if self.article.find.is_some() => self.go_to_hit(direction),
            ArticleIntent::Unread(direction) => {
                return match self.owner {
                    Owner::Desk => self.go_unread(shared, direction, true).into(),
                    Owner::Search | Owner::Story => self.go_hit(shared, direction, true).into(),
                };
            }
            ArticleIntent::InStory(direction) => return self.go_in_story(shared, direction),
            ArticleIntent::Link(n) => return self.open_link(shared, n),
            ArticleIntent::Links => return self.pick_link(shared),
            ArticleIntent::Pictures => self.toggle_pictures(shared),
            ArticleIntent::Hints => self.begin_hints(shared),
            ArticleIntent::Find => self.begin_find(),
            ArticleIntent::Wider => self.set_measure(shared, true),
            ArticleIntent::Narrower => self.set_measure(shared, false),
            ArticleIntent::Zen => self.toggle_zen(shared),
            ArticleIntent::Source => self.turn_over(shared),
            ArticleIntent::Focus | ArticleIntent::Back if self.leave_zen() => {}
            ArticleIntent::Focus => self.toggle_focus(shared),
            ArticleIntent::Back => {
                self.close_article();
            }
        }
        Step::none()
    }

    /// At the end of an article: it is read; on to the next unread.
    fn read_on(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(current) = self.list.current().cloned() else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        if !current.state.read {
            effects = self.mark(shared, current.id, Mark::Read(true));
        }
        effects.extend(self.go_unread(shared, Direction::Next, true));
        effects
    }

    /// Nothing but the article, or what was around it again.
    fn toggle_zen(&mut self, shared: &mut Shared) {
        if self.leave_zen() {
            return;
        }
        let key = shared.key(CommandId::ArticleZen);
        shared.say(Level::Note, &format!("nothing but the article; {key} or Esc brings the desk back"));
        self.zen = true;
        self.focus = Focus::Article;
    }

    /// What was around the article is back. False: it was there.
    pub fn leave_zen(&mut self) -> bool {
        std::mem::take(&mut self.zen)
    }

    /// The feed's text, the source, the text again.
    fn turn_over(&mut self, shared: &mut Shared) {
        let Some(reading) = self.article.reading() else { return };
        let full_text = reading.article.full_text.is_some();
        let shown = self.article.shown.next(full_text);
        let told = match (shown, full_text) {
            (Shown::Text, true) => "the full text",
            (Shown::Text, false) => "the text",
            (Shown::Feed, _) => "the feed’s text",
            (Shown::Source, _) => "the source",
        };
        self.article.turn_to(shown);
        shared.say(Level::Good, told);
    }

    /// Opens the next or the previous article of its story, in the order in which they came.
    fn go_in_story(&mut self, shared: &mut Shared, direction: Direction) -> Step {
        let next = direction == Direction::Next;
        if self.owner == Owner::Story {
            let last = self.list.window.rows().len().saturating_sub(1);
            if self.list.selected != if next { last } else { 0 } {
                return self.go_hit(shared, direction, true).into();
            }
        } else {
            // A row of a list has the date of its story; the article has its own.
            let (Some(reading), Some(company)) = (self.article.reading(), self.article.company()) else {
                return Step::none();
            };
            let key = |headline: &Headline| (headline.date, headline.id);
            let here = key(&reading.article.headline);
            let others = company.story.iter();
            let found = if next {
                others.filter(|other| key(other) > here).min_by_key(|other| key(other))
            } else {
                others.filter(|other| key(other) < here).max_by_key(|other| key(other))
            };
            if let Some(headline) = found {
                let aim = StoryAim { story: headline.story, article: Some(headline.id), open: true };
                return Step::go(Go::Story(aim));
            }
            if company.story.is_empty() {
                shared.say(Level::Note, "it is the only article of its story");
                return Step::none();
            }
        }
        let words =
            if next { "this is the newest article of its story" } else { "this is the first article of its story" };
        shared.say(Level::Note, words);
        Step::none()
    }

    fn links(&self) -> Vec<(String, String)> {
        let links: &[Link] = self.article.reading().map_or(&[], |r| &r.links);
        links.iter().map(|l| (l.text.clone(), l.url.clone())).collect()
    }

    /// Links come first; the articles under this one are numbered on from them.
    fn open_link(&mut self, shared: &mut Shared, number: usize) -> Step {
        let links = self.links();
        if let Some((_, url)) = links.get(number.saturating_sub(1)) {
            return browse_to(shared, url.clone());
        }
        self.open_companion(number.saturating_sub(links.len() + 1)).unwrap_or_else(|| {
            shared.say(Level::Note, &format!("this article has no link {number}"));
            Step::none()
        })
    }

    fn pick_link(&mut self, shared: &mut Shared) -> Step {
        let (links, company) = (self.links(), self.article.company().map(company::listed).unwrap_or_default());
        if links.is_empty() && company.is_empty() {
            shared.say(Level::Note, "this article has no links");
            return Step::none();
        }
        Step::go(Go::Pick(PickerKind::Links(links, company)))
    }
}
