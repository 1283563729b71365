//! Asks the terminal whether it shows Sixel graphics and how large its cells are.
//!
//! Only with questions whose answers crossterm drops when they come after nobody waits for them any more: a late answer must
//! never become keys. And only while the thread that reads keys has let go of the terminal.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdin;

/// How long an answer is waited for: a terminal at the other end of the world has answered by then.
const PATIENCE: Duration = Duration::from_millis(600);
/// The size of a cell in pixels (XTWINOPS 16), then what the terminal can do (primary device attributes), which every
/// terminal answers: when that answer is here, there is none to the first question.
const QUESTIONS: &[u8] = b"\x1b[16t\x1b[c";
/// No answer is longer.
const LONGEST: usize = 1_024;

/// What the terminal said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// It shows Sixel graphics.
    pub(super) sixel: bool,
    /// Width and height of a cell in pixels.
    pub(super) cell: Option<(u16, u16)>,
}

/// Asks; a terminal that does not answer in time said nothing.
pub(super) fn ask() -> io::Result<Told> {
    let mut out = io::stdout();
    out.write_all(QUESTIONS)?;
    out.flush()?;
    let began = Instant::now();
    let mut answer = Vec::new();
    while attributes(&answer).is_none() && answer.len() < LONGEST {
        let left = PATIENCE.saturating_sub(began.elapsed());
        let nanoseconds = i64::from(left.subsec_nanos());
        let wait = Timespec { tv_sec: i64::try_from(left.as_secs()).unwrap_or(0), tv_nsec: nanoseconds };
        let mut readable = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
        if left.is_zero() || poll(&mut readable, Some(&wait))? == 0 {
            break;
        }
        let mut piece = [0; 256];
        match rustix::io::read(stdin(), &mut piece)? {
            0 => break,
            n => answer.extend_from_slice(&piece[..n]),
        }
    }
    Ok(read(&answer))
}

fn read(answer: &[u8]) -> Told {
    let sixel = attributes(answer).is_some_and(|numbers| numbers.contains(&4));
    let cell = sequences(answer).find_map(|(numbers, end)| match (end, &*numbers) {
        (b't', [6, height, width, ..]) => Some((*width, *height)),
        _ => None,
    });
    Told { sixel, cell }
}

/// The numbers of the answer to the second question; 4 among them is Sixel (DEC STD 070).
fn attributes(answer: &[u8]) -> Option<Vec<u16>> {
    sequences(answer).find_map(|(numbers, end)| (end == b'c').then_some(numbers))
}

/// The control sequences in what was read: their numbers and their last byte.
fn sequences(answer: &[u8]) -> impl Iterator<Item = (Vec<u16>, u8)> + '_ {
    let begins = answer.windows(2).enumerate().filter(|(_, two)| *two == b"\x1b[").map(|(at, _)| at + 2);
    begins.filter_map(|at| {
        let rest = answer.get(at..)?;
        let end = rest.iter().position(|byte| (0x40..=0x7e).contains(byte))?;
        let text = std::str::from_utf8(&rest[..end]).ok()?;
        let numbers = text.trim_start_matches('?').split(';').filter_map(|number| number.parse().ok()).collect();
        Some((numbers, *rest.get(end)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_found_among_keys_and_in_pieces() {
        for (answer, sixel, cell) in [
            (&b"\x1b[6;20;10t\x1b[?62;4;22c"[..], true, Some((10, 20))),
            (b"jj\x1b[6;18;9t\x1b[A\x1b[?64;1;2;22c", false, Some((9, 18))),
            (b"\x1b[?63;4c", true, None),
            (b"\x1b[?1;2c", false, None),
            (b"\x1b[?14;44c", false, None),
            (b"\x1b[6;20", false, None),
            (b"", false, None),
            (b"\x1b[\xff\xfec", false, None),
            (b"\x1b[6;99999;10t\x1b[?4c", true, None),
        ] {
            assert_eq!(read(answer), Told { sixel, cell }, "{}", String::from_utf8_lossy(answer));
        }
        assert_eq!(attributes(b"\x1b[6;20;10t\x1b[?62;4"), None, "not whole yet");
    }
}
