//! See `tests/fuzz_smoke/targets/date.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::date::run(data));
