//! What hostile servers send, from our own loopback server through the real engine: tables of cases by category. Each case
//! says what must come of it; good feeds stand among them and must be delivered; whatever is stored or told must be clean.
//!
//! Holds R5, R7 and R21: every case, whatever its table holds besides.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "this is all test code")]
#![allow(
    clippy::too_many_lines,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::large_stack_arrays,
    clippy::trivially_copy_pass_by_ref,
    clippy::similar_names,
    clippy::needless_pass_by_value,
    reason = "tables of cases are long, and read best where each case is written out"
)]

#[path = "../support/mod.rs"]
mod support;

mod case;
mod charset;
mod elsewhere;
mod feeds;
mod framing;
mod html;
#[cfg(all(unix, not(target_vendor = "apple")))]
mod http2;
mod identity;
#[cfg(feature = "images")]
mod image;
mod json;
mod links;
mod opml;
mod packing;
mod redirect;
mod run;
#[cfg(all(unix, not(target_vendor = "apple")))]
#[path = "../support/secure.rs"]
mod secure;
mod status;
mod terminal;
// Elsewhere the environment cannot name an authority: it is the system's keychain that counts.
#[cfg(all(unix, not(target_vendor = "apple")))]
mod tls;
mod unicode;
mod xml;
