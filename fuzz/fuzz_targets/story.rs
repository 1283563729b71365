//! See `tests/fuzz_smoke/targets/story.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::story::run(data));
