//! F28: no room on the disk, or a slow one, when it is started for the first time.

use crate::place::{Place, Ran, USUAL, start};
use crate::terminal::Terminal;

/// A process that meets this limit gets an error from the system instead of a signal, as on a full disk.
const LIMITED: &str = "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"";

#[test]
fn f28_a_disk_that_is_full_at_the_first_start() {
    let place = Place::empty();
    let before = ["/bin/sh", "-c", LIMITED, "0"];
    for arguments in [&["list"][..], &["poll"], &["feed", "add", "http://127.0.0.1:9/feed"]] {
        let ran = Ran::of(start(&mut place.command(&before, arguments)));
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("disk is full"), "{arguments:?}: {ran:?}");
    }
    let mut desk = Terminal::start(place.on_terminal(&before, &[], &[]), USUAL);
    assert_eq!(desk.wait_exit(), 1);
    desk.assert_restored();
    assert!(desk.screen().contains("disk is full"), "{}", desk.screen());
    // With room again it starts as if nothing had been.
    assert_eq!(place.list(&[]).len(), 0);
    place.desk(USUAL).wait_for("Which desks");
}
