//! What the first run remembers: the desks to choose from, and the choice.

use crate::config::FeedSpec;
use crate::tui::model::Pack;
use crate::tui::widget::list_cursor::ListCursor;

/// The state of the first run.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The desks, each with whether it is chosen.
    pub packs: Vec<(Pack, bool)>,
    /// The cursor among them.
    pub cursor: ListCursor,
}

impl State {
    /// The choice among these packs.
    #[must_use]
    pub fn new(packs: Vec<Pack>) -> Self {
        Self { packs: packs.into_iter().map(|p| (p, false)).collect(), cursor: ListCursor::default() }
    }

    /// The feeds of the chosen desks, each once. A feed that one desk polls and another only lists is polled.
    #[must_use]
    pub fn chosen(&self) -> Vec<FeedSpec> {
        let mut chosen: Vec<FeedSpec> = Vec::new();
        let feeds = self.packs.iter().filter(|(_, chosen)| *chosen).flat_map(|(pack, _)| &pack.feeds);
        for feed in feeds {
            match chosen.iter_mut().find(|known| known.url == feed.url) {
                Some(known) => known.enabled |= feed.enabled,
                None => chosen.push(feed.clone()),
            }
        }
        // In the config and the feed list, what is polled comes before what is only there to be unmuted.
        chosen.sort_by_key(|feed| !feed.enabled);
        chosen
    }
}
