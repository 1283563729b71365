//! The notation of a style in `[themes.<name>]`: `[modifiers] [colour] [on colour]`, such as `bold #ffcc00 on black`.

use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};

/// A word of a style that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no modifier (bold, dim, italic, underlined, reversed, struck) and no colour (red, bright-red, 208, #ffcc00, default)"
)]
pub struct StyleError(pub String);

/// Reads a style.
pub fn parse_style(text: &str) -> Result<Style, StyleError> {
    let mut style = Style::new();
    let mut on = false;
    for word in text.split_whitespace() {
        if word.eq_ignore_ascii_case("on") {
            on = true;
        } else if let Some(modifier) = modifier(word) {
            style = style.add_modifier(modifier);
        } else {
            let colour = colour(word).ok_or_else(|| StyleError(word.to_owned()))?;
            style = if on { style.bg(colour) } else { style.fg(colour) };
        }
    }
    Ok(style)
}

fn modifier(word: &str) -> Option<Modifier> {
    Some(match word.to_ascii_lowercase().as_str() {
        "bold" => Modifier::BOLD,
        "dim" => Modifier::DIM,
        "italic" => Modifier::ITALIC,
        "underlined" | "underline" => Modifier::UNDERLINED,
        "reversed" | "reverse" => Modifier::REVERSED,
        "struck" | "strike" => Modifier::CROSSED_OUT,
        _ => return None,
    })
}

fn colour(word: &str) -> Option<Color> {
    if word.eq_ignore_ascii_case("default") {
        return Some(Color::Reset);
    }
    Color::from_str(word).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_modifiers_and_both_colours() {
        let style = parse_style("bold italic #ffcc00 on bright-black").expect("a good style");
        assert_eq!(style.fg, Some(Color::Rgb(255, 204, 0)));
        assert_eq!(style.bg, Some(Color::DarkGray));
        assert_eq!(style.add_modifier, Modifier::BOLD | Modifier::ITALIC);
        assert_eq!(parse_style("on 17").map(|s| s.bg), Ok(Some(Color::Indexed(17))));
        assert_eq!(parse_style(""), Ok(Style::new()));
        assert_eq!(parse_style("bold blurple"), Err(StyleError("blurple".into())));
    }
}
