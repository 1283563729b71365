//! See `tests/fuzz_smoke/targets/html.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::html::run(data));
