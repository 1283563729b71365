//! The last look at a frame: what a terminal would act on is taken out of the finished buffer, wherever it came from
//! (THREATS R1). Text was cleaned when it came in; this holds whatever was forgotten.

use ratatui::buffer::Buffer;

/// Puts U+FFFD in the place of every cell with a character that is no text: controls, line separators, bidi controls.
pub fn sweep(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().chars().any(acts) {
            cell.set_symbol("\u{fffd}");
        }
    }
}

fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn what_acts_is_replaced_and_text_stays() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        for (x, symbol) in ["a", "\u{1b}", "集", "e\u{301}", "\u{202e}", "x\u{61c}"].into_iter().enumerate() {
            buffer.content[x].set_symbol(symbol);
        }
        sweep(&mut buffer);
        let symbols: Vec<_> = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(symbols, ["a", "\u{fffd}", "集", "e\u{301}", "\u{fffd}", "\u{fffd}"]);
    }

    proptest! {
        #[test]
        fn no_control_character_survives(text in any::<String>()) {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
            buffer.content[0].set_symbol(&text);
            sweep(&mut buffer);
            prop_assert!(!buffer.content[0].symbol().chars().any(acts));
        }
    }
}
