//! See `tests/fuzz_smoke/targets/keys.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tidings_fuzz::targets::keys::run(data));
