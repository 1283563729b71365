//! Where things are: the only rectangle arithmetic, used by drawing, mouse hits and scrolling alike.

use ratatui::layout::Rect;

/// Smallest terminal the desk is drawn on, columns and rows.
pub const SMALLEST: (u16, u16) = (40, 12);

/// From this height on: a line of its own for messages, and room for the article beside a useful list.
const TALL: u16 = 30;

/// From this height on rules part the regions.
const RULED: u16 = 16;

/// From this height on the article is previewed below the list.
const PREVIEWED: u16 = 20;

/// What decides the arrangement of list and article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The article takes the whole height.
    pub full_article: bool,
    /// List and article side by side from this many columns on.
    pub side_by_side_from: u16,
    /// The longest line of an article.
    pub measure: u16,
}

/// The regions of a screen with a list and an article. Empty rectangles are not drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Panes {
    /// One line at the top: topic bar, search input, place in the list.
    pub bar: Rect,
    /// The list; empty when the article has the whole height.
    pub list: Rect,
    /// The article; empty when only the list fits.
    pub article: Rect,
    /// Horizontal rules, one line each.
    pub rules: [Rect; 3],
    /// The vertical rule between list and article, side by side.
    pub divider: Rect,
    /// The line for messages; empty on low terminals, where the footer gives way.
    pub message: Rect,
    /// The status and key line at the bottom.
    pub footer: Rect,
    /// Whether there is height enough to focus the article where it is; otherwise opening takes the whole height.
    pub roomy: bool,
}

/// The regions of a screen without an article: health, log, help.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// One line at the top.
    pub bar: Rect,
    /// What it is about.
    pub body: Rect,
    /// Horizontal rules.
    pub rules: [Rect; 2],
    /// The line for messages; empty on low terminals.
    pub message: Rect,
    /// The status and key line at the bottom.
    pub footer: Rect,
}

/// Whether the terminal is too small for anything but a line that says so.
#[must_use]
pub fn is_too_small(area: Rect) -> bool {
    area.width < SMALLEST.0 || area.height < SMALLEST.1
}

/// The regions of a page.
#[must_use]
pub fn page(area: Rect) -> Page {
    let mut rest = area;
    let bar = take_top(&mut rest, 1);
    let ruled = area.height >= RULED;
    let upper = take_top(&mut rest, u16::from(ruled));
    let footer = take_bottom(&mut rest, 1);
    let message = take_bottom(&mut rest, u16::from(area.height >= TALL));
    let lower = take_bottom(&mut rest, u16::from(ruled));
    Page { bar, body: rest, rules: [upper, lower], message, footer }
}

/// The regions of a screen with list and article.
#[must_use]
pub fn panes(area: Rect, shape: Shape) -> Panes {
    let page = page(area);
    let mut panes = Panes {
        bar: page.bar,
        rules: [page.rules[0], Rect::default(), page.rules[1]],
        message: page.message,
        footer: page.footer,
        ..Panes::default()
    };
    let mut body = page.body;
    let side_by_side = area.width >= shape.side_by_side_from && area.width >= 2 * SMALLEST.0;
    panes.roomy = side_by_side || area.height >= TALL;
    if shape.full_article {
        panes.article = body;
    } else if side_by_side {
        let wanted = shape.measure.saturating_add(3);
        let article = wanted.min(body.width / 100 * 46 + body.width % 100 * 46 / 100);
        panes.article = take_right(&mut body, article);
        panes.divider = take_right(&mut body, 1);
        panes.list = body;
    } else if area.height >= PREVIEWED {
        let height = u32::from(body.height);
        let article = if area.height >= TALL { height * 16 / 30 } else { height * 38 / 100 };
        panes.article = take_bottom(&mut body, u16::try_from(article).unwrap_or(0));
        panes.rules[1] = take_bottom(&mut body, 1);
        panes.list = body;
    } else {
        panes.list = body;
    }
    panes
}

/// The regions of a screen with nothing but the article, its lines in the middle. The last line is left for what has to be
/// said.
#[must_use]
pub fn zen(area: Rect, measure: u16) -> Panes {
    let mut rest = area;
    take_top(&mut rest, u16::from(area.height >= RULED));
    let footer = take_bottom(&mut rest, 1);
    let column = centred(rest, measure.saturating_add(2), rest.height);
    Panes { article: column, footer, roomy: true, ..Panes::default() }
}

/// A box in the middle for an overlay: at most so wide and high, and within `area`.
#[must_use]
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// `area` without its frame of one cell.
#[must_use]
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(1),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

/// Line `n` of `area`, from 0; empty beyond it.
#[must_use]
pub fn line(area: Rect, n: usize) -> Rect {
    match u16::try_from(n) {
        Ok(n) if n < area.height => Rect { y: area.y + n, height: 1, ..area },
        _ => Rect { height: 0, ..area },
    }
}

fn take_top(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    let taken = Rect { height, ..*rest };
    rest.y += height;
    rest.height -= height;
    taken
}

fn take_bottom(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    rest.height -= height;
    Rect { y: rest.y + rest.height, height, ..*rest }
}

fn take_right(rest: &mut Rect, width: u16) -> Rect {
    let width = width.min(rest.width);
    rest.width -= width;
    Rect { x: rest.x + rest.width, width, ..*rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { full_article: false, side_by_side_from: 170, measure: 80 };

    fn area(width: u16, height: u16) -> Rect {
        Rect { x: 0, y: 0, width, height }
    }

    #[test]
    fn the_drawn_sizes_come_out_as_drawn() {
        let tall = panes(area(120, 36), SHAPE);
        assert_eq!((tall.list.height, tall.article.height, tall.message.height), (14, 16, 1));
        let narrow = panes(area(80, 24), SHAPE);
        assert_eq!((narrow.list.height, narrow.article.height, narrow.message.height), (12, 7, 0));
        let small = panes(area(40, 12), SHAPE);
        assert_eq!((small.list.height, small.article.height), (10, 0));
        let wide = panes(area(170, 50), SHAPE);
        assert!(wide.list.width >= 90 && wide.article.width >= 70, "{wide:?}");
        assert!(wide.roomy && tall.roomy && !narrow.roomy);
    }

    #[test]
    fn an_article_alone_stands_in_the_middle() {
        let wide = zen(area(120, 36), 80);
        assert_eq!((wide.article, wide.footer.y), (Rect { x: 19, y: 1, width: 82, height: 34 }, 35));
        assert!(wide.list.is_empty() && wide.bar.is_empty() && wide.rules.iter().all(|rule| rule.is_empty()));
        let small = zen(area(40, 12), 80);
        assert_eq!(small.article, Rect { x: 0, y: 0, width: 40, height: 11 });
    }

    #[test]
    fn regions_stay_within_the_terminal_and_do_not_overlap() {
        for width in [0, 1, 2, 40, 79, 80, 169, 170, 500, u16::MAX] {
            for height in [0, 1, 2, 3, 5, 12, 15, 16, 19, 20, 29, 30, 200] {
                for full_article in [false, true] {
                    let all = area(width, height);
                    let p = panes(all, Shape { full_article, ..SHAPE });
                    let regions =
                        [p.bar, p.list, p.article, p.rules[0], p.rules[1], p.rules[2], p.divider, p.message, p.footer];
                    let mut cells = 0;
                    for r in regions {
                        assert!(r.is_empty() || all.intersection(r) == r, "{r:?} leaves {width}x{height}");
                        cells += r.area();
                    }
                    assert_eq!(cells, all.area(), "{width}x{height} full {full_article}: {p:?}");
                }
            }
        }
    }
}
