//! See `tests/fuzz_smoke/targets/feed.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::feed::run(data));
