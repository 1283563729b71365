//! The desk: what is shown, and what keys and mouse do.

use insta::assert_snapshot;

use super::harness::Setup;

#[test]
fn looks_as_drawn() {
    for (columns, rows) in [(120, 36), (80, 24), (40, 12)] {
        assert_snapshot!(format!("desk_{columns}x{rows}"), Setup::news().size(columns, rows).open().screen());
        assert_snapshot!(
            format!("desk_{columns}x{rows}_no_color"),
            Setup::news().size(columns, rows).no_color().open().screen()
        );
        assert_snapshot!(format!("desk_{columns}x{rows}_empty"), Setup::empty().size(columns, rows).open().screen());
    }
}
