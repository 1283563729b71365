//! See `tests/fuzz_smoke/targets/opml.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::opml::run(data));
