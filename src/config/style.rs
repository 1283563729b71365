//! The style of a theme's role as text: `bold #ffcc00 on black`.

/// What a style text says. What it leaves out stays as the base theme has it.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in the text")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StyleSpec {
    /// Colour of the text.
    pub foreground: Option<Colour>,
    /// Colour behind it.
    pub background: Option<Colour>,
    /// `bold`
    pub bold: bool,
    /// `dim`
    pub dim: bool,
    /// `italic`
    pub italic: bool,
    /// `underlined`
    pub underlined: bool,
    /// `reversed`
    pub reversed: bool,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// The terminal's own.
    Default,
    /// One of the terminal's 16: 0 black, 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan, 7 white; 8 to 15 the bright ones.
    Ansi(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

const COLOURS: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/// Reads a style text.
///
/// # Errors
/// In words, what it does not understand.
pub fn parse_style(text: &str) -> Result<StyleSpec, String> {
    let mut style = StyleSpec::default();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "bold" => style.bold = true,
            "dim" => style.dim = true,
            "italic" => style.italic = true,
            "underlined" => style.underlined = true,
            "reversed" => style.reversed = true,
            "on" => {
                let name = words.next().ok_or("a colour must follow \"on\"")?;
                set(&mut style.background, name)?;
            }
            name => set(&mut style.foreground, name)?,
        }
    }
    Ok(style)
}

fn set(place: &mut Option<Colour>, name: &str) -> Result<(), String> {
    let colour = colour(name).ok_or_else(|| {
        let short: String = name.chars().take(40).collect();
        format!(
            "{short:?} is no colour and no style; write bold, dim, italic, underlined, reversed, a colour ({}, \
             bright-red and so on, gray, default, #rrggbb) and on before the colour behind the text",
            COLOURS.join(", ")
        )
    })?;
    if place.replace(colour).is_some() {
        return Err(format!("{name} is a second colour for the same; write on before the one behind the text"));
    }
    Ok(())
}

fn colour(name: &str) -> Option<Colour> {
    let ansi = |name: &str| COLOURS.iter().position(|known| *known == name).and_then(|n| u8::try_from(n).ok());
    if let Some(number) = ansi(name) {
        return Some(Colour::Ansi(number));
    }
    if let Some(number) = name.strip_prefix("bright-").and_then(ansi) {
        return Some(Colour::Ansi(number + 8));
    }
    match name {
        "default" => return Some(Colour::Default),
        "gray" | "grey" => return Some(Colour::Ansi(8)),
        _ => {}
    }
    let digits = name.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some(Colour::Rgb(part(0)?, part(2)?, part(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_words_and_colours() {
        let style = parse_style("bold #ffCC00 on bright-black").unwrap();
        assert!(style.bold && !style.italic);
        assert_eq!(style.foreground, Some(Colour::Rgb(0xff, 0xcc, 0)));
        assert_eq!(style.background, Some(Colour::Ansi(8)));
        assert_eq!(parse_style("").unwrap(), StyleSpec::default());
        assert_eq!(parse_style("on default").unwrap().background, Some(Colour::Default));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (text, named) in
            [("bolt", "\"bolt\""), ("red blue", "blue"), ("red on", "on"), ("#12345", "#12345"), ("#ééé", "#ééé")]
        {
            assert!(parse_style(text).is_err_and(|error| error.contains(named)), "{text}");
        }
    }
}
