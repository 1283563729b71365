//! See `tests/fuzz_smoke/targets/clean.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::clean::run(data));
