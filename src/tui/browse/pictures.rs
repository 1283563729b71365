//! The pictures of the article beside the list: shown when the user asks, or by themselves where the config says so.

use ratatui::layout::Rect;

use super::{Browse, Focus, article};
use crate::config::ImageMode;
use crate::document::{Line, LineKind};
use crate::model::ArticleId;
use crate::text::width;
use crate::tui::effect::Effect;
use crate::tui::event::Reading;
use crate::tui::layout::Panes;
use crate::tui::model::Shared;
use crate::tui::status::Level;
use crate::tui::words;

/// Most pictures shown of one article.
const MOST: usize = 40;

/// Of the pane's height, in percent, that a picture takes at most.
const MOST_OF_HEIGHT: u32 = 60;

/// Columns and rows of pictures by their addresses.
pub type Sizes = Vec<(String, (u16, u16))>;

/// What the user wants of the pictures, and what was asked for last.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Shown or hidden by the user's key, for this article alone.
    by_key: Option<(ArticleId, bool)>,
    /// The sizes that the article was laid out with.
    pub sizes: Sizes,
}

/// A picture, or a part of it, that is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InSight {
    /// Its address.
    pub url: String,
    /// The number of its figure in the article.
    pub figure: usize,
    /// Columns and rows of the whole.
    pub size: (u16, u16),
    /// Where its visible part is.
    pub area: Rect,
    /// Rows of it above that part.
    pub above: u16,
}

impl Browse {
    /// Shows the pictures of the article, or hides them again.
    pub fn toggle_pictures(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(id) = self.list.current().map(|row| row.id) else { return Vec::new() };
        if let Some(words) = words::no_pictures(shared) {
            shared.say(Level::Note, &words);
            return Vec::new();
        }
        let show = !self.shows_pictures(shared);
        if show && self.article.reading().is_some_and(|reading| reading.pictures.is_empty()) {
            shared.say(Level::Note, "this article has no pictures");
            return Vec::new();
        }
        self.pictures.by_key = Some((id, show));
        if show {
            shared.pictures.forgive();
            let urls = self.article.reading().map_or(&[][..], |reading| &reading.pictures);
            let lacking = urls.iter().take(MOST).filter(|url| shared.pictures.lacks(url)).count();
            if let Some(words) = words::pictures_come(lacking) {
                shared.say(Level::Note, &words);
            }
        }
        Vec::new()
    }

    /// Whether the pictures of the article under the cursor are to be seen.
    #[must_use]
    pub fn shows_pictures(&self, shared: &Shared) -> bool {
        let Some(id) = self.list.current().map(|row| row.id) else { return false };
        if words::no_pictures(shared).is_some() {
            return false;
        }
        match self.pictures.by_key {
            Some((of, show)) if of == id => show,
            // A list that is looked through asks nobody for anything: only what is opened does.
            Some(_) | None => shared.settings.ui.images == ImageMode::Auto && self.focus == Focus::Article,
        }
    }

    /// Asks for what is to be seen and not here yet.
    pub fn settle_pictures(&self, shared: &mut Shared) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.shows_pictures(shared) {
            return effects;
        }
        let Some(reading) = self.article.reading().filter(|reading| !reading.pictures.is_empty()) else {
            return effects;
        };
        if shared.pictures.must_ask() {
            effects.push(Effect::ProbePictures);
        }
        let lacking = reading.pictures.iter().take(MOST).filter(|url| shared.pictures.must_fetch(url));
        effects.extend(lacking.map(|url| Effect::Picture(url.clone())));
        effects
    }

    /// The sizes to lay the article out with.
    #[must_use]
    pub fn picture_sizes(&self, shared: &Shared, panes: &Panes) -> Sizes {
        let id = self.list.current().map(|row| row.id);
        let Some(reading) = self.article.reading().filter(|reading| Some(reading.article.headline.id) == id) else {
            return Sizes::new();
        };
        if reading.pictures.is_empty() || !self.shows_pictures(shared) {
            return Sizes::new();
        }
        let columns = article::text_width(panes.article, shared.settings.ui.measure);
        let rows = u32::from(panes.article.height) * MOST_OF_HEIGHT / 100;
        let room = (columns, u16::try_from(rows).unwrap_or(u16::MAX));
        let sized = reading.pictures.iter().take(MOST).filter_map(|url| {
            let size = shared.pictures.size(url, room)?;
            Some((url.clone(), size))
        });
        sized.collect()
    }

    /// The pictures that are on the screen, from the top.
    #[must_use]
    pub fn pictures_in_sight(&self, shared: &Shared, panes: &Panes) -> Vec<InSight> {
        let Some(reading) = self.article.reading().filter(|reading| reading.placed.iter().any(Option::is_some)) else {
            return Vec::new();
        };
        let pane = panes.article;
        let above = article::Parts::of(self, shared, pane).above.len();
        let inner = Rect { x: pane.x + pane.width.min(1), width: pane.width.saturating_sub(1), ..pane };
        let mut found: Vec<InSight> = Vec::new();
        for (y, n) in (inner.top()..inner.bottom()).zip(self.article.scroll..) {
            let Some(line) = n.checked_sub(above).and_then(|n| reading.lines.get(n)) else { continue };
            let LineKind::Picture { figure, row } = line.kind else { continue };
            if let Some(part) = found.last_mut()
                && part.figure == figure
                && part.above + part.area.height == row
            {
                part.area.height += 1;
                continue;
            }
            let Some((url, size)) = reading.placed.get(figure).cloned().flatten() else { continue };
            // The last span is the room itself; what stands before it are bars and indents.
            let before = line.spans.iter().rev().skip(1);
            let left = before.map(|span| width(&span.text)).sum::<usize>();
            let x = inner.x.saturating_add(u16::try_from(left).unwrap_or(u16::MAX));
            // Laid out for a wider pane a moment ago: left out until it is laid out for this one.
            if x.saturating_add(size.0) <= inner.right() {
                let area = Rect { x, y, width: size.0, height: 1 };
                found.push(InSight { url, figure, size, area, above: row });
            }
        }
        found
    }
}

/// Where the text goes on that was at line `top` of `before`, when pictures came or went: what was at the top stays there.
#[must_use]
pub fn follow(before: &[Line], after: &[Line], top: usize) -> usize {
    let picture = |line: &&Line| matches!(line.kind, LineKind::Picture { .. });
    let top = top.min(before.len());
    if top == 0 {
        return 0;
    }
    let passed = before[..top].iter().filter(|line| !picture(line)).count();
    let into = before[..top].iter().rev().take_while(picture).count();
    let mut words = after.iter().enumerate().filter(|(_, line)| !picture(line)).map(|(n, _)| n);
    let begin = passed.checked_sub(1).map_or(0, |last| words.nth(last).map_or(after.len(), |n| n + 1));
    let rows = after[begin..].iter().take_while(picture).count();
    let within = before.get(top).is_some_and(|line| picture(&line));
    begin + if within { into.min(rows) } else { rows }
}

impl Reading {
    /// Whether another layout of the same article differs in its pictures alone.
    #[must_use]
    pub fn differs_in_pictures(&self, other: &Self) -> bool {
        self.article.headline.id == other.article.headline.id
            && (self.width, self.ascii) == (other.width, other.ascii)
            && self.placed != other.placed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `.` is a line of text, a digit a row of that picture.
    fn lines(text: &str) -> Vec<Line> {
        let kind = |c: char| match c.to_digit(10) {
            Some(figure) => LineKind::Picture { figure: figure as usize, row: 0 },
            None => LineKind::Text,
        };
        text.chars().map(|c| Line { spans: Vec::new(), kind: kind(c) }).collect()
    }

    #[test]
    fn what_was_at_the_top_stays_there_when_pictures_come_and_go() {
        for (before, top, after, expected) in [
            ("......", 0, "000......", 0),
            ("......", 2, "000......", 5),
            ("......", 2, "..111....", 5),
            ("......", 3, "..111....", 6),
            ("..111....", 5, "......", 2),
            ("..111....", 3, "......", 2),
            ("..111....", 3, "..11111....", 3),
            ("..111..2.", 4, "0..111..22.", 5),
            ("000...", 2, "...", 0),
            ("...", 9, "000...", 6),
        ] {
            assert_eq!(follow(&lines(before), &lines(after), top), expected, "{before} at {top} becomes {after}");
        }
    }
}
