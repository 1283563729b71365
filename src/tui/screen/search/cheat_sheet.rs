//! What can be searched for, shown while nothing is: the fields of the language, from its own table.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::query::FIELDS;
use crate::text::cut;
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::paint;
use crate::tui::words;

/// Columns of the names.
const NAMES: usize = 10;

/// Draws it.
pub(super) fn draw(shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let heading = format!("{} can be searched", words::articles(shared.counts.articles));
    let fields = FIELDS.iter().map(|field| (format!("{}:", field.name), field.help.to_owned()));
    let rows =
        std::iter::once(("words".to_owned(), "all of them, \"phrases\", word*, -not, this OR that, ( )".to_owned()))
            .chain(fields)
            .chain([("such as".to_owned(), "hapag topic:rates since:7d -podcast".to_owned())]);
    // Air where there is room for it.
    let roomy = usize::from(area.height) > FIELDS.len() + 6;
    let top = usize::from(roomy);
    let inner = Rect { x: area.x + area.width.min(3), width: area.width.saturating_sub(4), ..area };
    paint::text(buffer, layout::line(inner, top), &heading, theme.style(Role::Heading));
    let room = usize::from(inner.width).saturating_sub(NAMES);
    for (n, (name, help)) in rows.enumerate() {
        let place = layout::line(inner, top + 1 + usize::from(roomy) + n);
        let help = cut(&help, room, glyphs.ellipsis);
        let runs = [(theme.style(Role::Key), format!("{name:<NAMES$}")), (theme.style(Role::Text), help)];
        paint::line(buffer, place, &runs);
    }
}
