//! See `tests/fuzz_smoke/targets/topic.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::topic::run(data));
