//! See `tests/fuzz_smoke/targets/extract.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::extract::run(data));
