//! A frame: the view, then a sweep over the finished buffer, so that nothing reaches the terminal that could act there
//! (THREATS R1), wherever it came from.

use std::io::{self, BufWriter, Stdout};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;

use crate::tui::model::Model;
use crate::tui::view::view;

/// Large enough for a frame in one write.
const BUFFER: usize = 64 * 1024;

/// What is drawn on.
pub(super) type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Makes the screen to draw on.
pub(super) fn screen() -> io::Result<Screen> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(BUFFER, io::stdout())))
}

/// Draws the model.
pub(super) fn draw(screen: &mut Screen, model: &Model) -> io::Result<()> {
    screen.draw(|frame| {
        view(model, frame);
        sweep(frame.buffer_mut());
    })?;
    Ok(())
}

/// Puts U+FFFD in the place of every cell with a character that is no text: controls, line separators, bidi controls.
fn sweep(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().chars().any(acts) {
            cell.set_symbol("\u{fffd}");
        }
    }
}

fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn what_acts_is_replaced_and_text_stays() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        for (x, symbol) in ["a", "\u{1b}", "集", "e\u{301}", "\u{202e}"].into_iter().enumerate() {
            buffer.content[x].set_symbol(symbol);
        }
        sweep(&mut buffer);
        let symbols: Vec<_> = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(symbols, ["a", "\u{fffd}", "集", "e\u{301}", "\u{fffd}"]);
    }

    proptest! {
        #[test]
        fn no_control_character_survives(text in any::<String>()) {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
            buffer.content[0].set_symbol(&text);
            sweep(&mut buffer);
            prop_assert!(!buffer.content[0].symbol().chars().any(char::is_control));
        }
    }
}
