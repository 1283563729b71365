//! The footer while an article is read: where in it the user is, and the keys that matter there.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draw::progress;
use super::teaser;
use crate::command::CommandId;
use crate::tui::browse::{Browse, Focus, Owner};
use crate::tui::layout::Panes;
use crate::tui::model::Shared;
use crate::tui::reading::Shown;
use crate::tui::theme::Role;
use crate::tui::widget::{paint, status_line};

/// Draws it with the keys of the article where the keys go to it, else with `keys`. `place` is where in the list the user is.
pub fn draw_footer(
    browse: &Browse,
    shared: &Shared,
    panes: &Panes,
    place: Vec<String>,
    keys: &[CommandId],
    buffer: &mut Buffer,
) {
    let (message, footer) = (panes.message, panes.footer);
    let passing = passing(browse, shared);
    if browse.zen {
        return bare(shared, footer, passing, buffer);
    }
    if let Some((mut place, keys)) = passing {
        place.extend(told(browse));
        let keys: Vec<(&str, &str)> = keys.iter().map(|(key, does)| (key.as_str(), *does)).collect();
        status_line::draw_fixed(buffer, message, footer, shared, &place, &keys);
    } else if browse.focus == Focus::Article {
        let mut place = place;
        place.extend(told(browse));
        status_line::draw(buffer, message, footer, shared, &place, &article_keys(browse, shared, keys));
    } else {
        status_line::draw(buffer, message, footer, shared, &place, keys);
    }
}

/// What is told of the article where no bar above it tells it.
fn told(browse: &Browse) -> Vec<String> {
    if browse.full && browse.owner != Owner::Search { Vec::new() } else { progress(browse) }
}

/// Where keys mean something else for a while: what is told of it, and those keys.
type Passing = (Vec<String>, Vec<(String, &'static str)>);

fn passing(browse: &Browse, shared: &Shared) -> Option<Passing> {
    if browse.focus != Focus::Article {
        return None;
    }
    let fixed = |key: &str, does| (key.to_owned(), does);
    if let Some(hints) = &browse.article.hints {
        let (does, instead) = if hints.copies { ("copies its link", "opens") } else { ("opens its link", "copies") };
        let typed = Some(&hints.typed).filter(|typed| !typed.is_empty()).map(|typed| format!("label {typed}"));
        let keys = vec![fixed("a label", does), fixed("y", instead), fixed("Esc", "ends")];
        return Some((typed.into_iter().collect(), keys));
    }
    let find = browse.article.find.as_ref()?;
    if find.typing {
        return Some((Vec::new(), vec![fixed("Enter", "to the hits"), fixed("Esc", "ends")]));
    }
    let key = |command| shared.key(command);
    let keys = vec![
        (key(CommandId::ArticleNextUnread), "next hit"),
        (key(CommandId::ArticlePreviousUnread), "previous"),
        (key(CommandId::ArticleFind), "find"),
        fixed("Esc", "clear"),
    ];
    Some((Vec::new(), keys))
}

/// Under an article that is alone on the screen: only what was just said, or what passes.
fn bare(shared: &Shared, footer: Rect, passing: Option<Passing>, buffer: &mut Buffer) {
    if shared.status.toast(shared.now).is_some() {
        status_line::draw(buffer, Rect::default(), footer, shared, &[], &[]);
    }
    if let Some((place, _)) = passing {
        let style = shared.settings.theme.style(Role::Dim);
        let inner = Rect { x: footer.x + footer.width.min(1), width: footer.width.saturating_sub(2), ..footer };
        paint::right(buffer, inner, &[(style, format!("  {}", place.join(" ")))]);
    }
}

/// The keys of an article, those that this one gives reason for in front.
fn article_keys(browse: &Browse, shared: &Shared, keys: &[CommandId]) -> Vec<CommandId> {
    let mut keys = keys.to_vec();
    let Some(reading) = browse.article.reading() else { return keys };
    if reading.wanted.shown != Shown::Text {
        keys.insert(keys.len().min(1), CommandId::ArticleSource);
    } else if !reading.links.is_empty() {
        // Before the way back and the help.
        keys.insert(keys.len().saturating_sub(2), CommandId::ArticleHints);
    }
    let has_page = !shared.invented && !reading.article.headline.url.is_empty();
    let fetchable = has_page && reading.article.full_text.is_none();
    let id = reading.wanted.article;
    if fetchable && teaser::is_teaser(reading) && !shared.pages.is_fetching(id) && shared.pages.obstacle(id).is_none() {
        keys.insert(keys.len().min(1), CommandId::ArticleFullText);
    }
    keys
}
