//! See `tests/fuzz_smoke/targets/config.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::config::run(data));
