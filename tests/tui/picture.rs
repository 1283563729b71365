//! The picture in the README: the real desk with invented news, drawn as SVG. `UPDATE=1 cargo test --test tui picture`
//! writes it again after a change of the desk.

use std::fmt::Write as _;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::harness::Setup;

/// Size of a cell and of its letters, in pixels.
const CELL: (u32, u32) = (9, 19);
const LETTER: u32 = 15;
/// A terminal's own colours: quiet on dark.
const BACKGROUND: &str = "#1c1f24";
const FOREGROUND: &str = "#d5d8dc";
const PALETTE: [&str; 16] = [
    "#1c1f24", "#d9625e", "#8fb573", "#d7ae6a", "#6c9fd0", "#b48ac0", "#5fb3b3", "#c5c9ce", "#6b727b", "#e5807b",
    "#a8cc8c", "#e6c384", "#88b7e3", "#c9a5d4", "#7fcfcf", "#f2f4f7",
];

#[test]
fn the_picture_in_the_readme_is_the_desk() {
    let mut harness = Setup::stories().size(120, 36).open();
    harness.keys("jj");
    let drawn = svg(&harness.buffer());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/desk.svg");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == drawn, "assets/desk.svg is not what the desk looks like: run with UPDATE=1 and look at it");
}

/// Draws a buffer, a rectangle for each run of one background and a text for each run of one style.
fn svg(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) = (u32::from(area.width) * CELL.0 + 20, u32::from(area.height) * CELL.1 + 20);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <title>The tidings desk with invented news</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"{LETTER}\" \
         xml:space=\"preserve\">\n"
    );
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let look = look(buffer, x, y);
            let (start, mut text, mut columns) = (x, String::new(), 0_u32);
            while x < area.width && self::look(buffer, x, y) == look {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(symbol);
                let wide = u16::try_from(tidings::text::width(symbol).max(1)).unwrap();
                (x, columns) = (x + wide, columns + u32::from(wide));
            }
            draw(&mut svg, (u32::from(start), u32::from(y)), columns, &text, &look);
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// How a cell looks: letters, ground, weight.
#[derive(PartialEq)]
struct Look {
    letters: &'static str,
    ground: Option<&'static str>,
    modifiers: Modifier,
}

fn look(buffer: &Buffer, x: u16, y: u16) -> Look {
    let cell = &buffer[(x, y)];
    let (letters, ground) = (colour(cell.fg), colour(cell.bg));
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    Look {
        letters: if reversed { ground.unwrap_or(BACKGROUND) } else { letters.unwrap_or(FOREGROUND) },
        ground: if reversed { Some(letters.unwrap_or(FOREGROUND)) } else { ground },
        modifiers: cell.modifier,
    }
}

fn colour(colour: Color) -> Option<&'static str> {
    let index = match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    };
    Some(PALETTE[index])
}

fn draw(svg: &mut String, (column, row): (u32, u32), columns: u32, text: &str, look: &Look) {
    let (x, y, width) = (10 + column * CELL.0, 10 + row * CELL.1, columns * CELL.0);
    if let Some(ground) = look.ground {
        writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{ground}\"/>", CELL.1).unwrap();
    }
    if text.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ] {
        if look.modifiers.contains(modifier) {
            style.push_str(attribute);
        }
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // The length is given so that every column is true whatever font is there.
    let trimmed = text.trim_end();
    let shown = columns - u32::try_from(text.len() - trimmed.len()).unwrap();
    writeln!(
        svg,
        "<text x=\"{x}\" y=\"{}\" textLength=\"{}\" fill=\"{}\"{style}>{trimmed}</text>",
        y + LETTER,
        shown * CELL.0,
        look.letters
    )
    .unwrap();
}
