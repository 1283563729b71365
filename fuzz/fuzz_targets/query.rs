//! See `tests/fuzz_smoke/targets/query.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::query::run(data));
