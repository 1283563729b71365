//! What cargo cannot say to the linker: addresses fitted at start as a bitmap, and which functions stand together.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs, io};

/// The first glibc, as major and minor number, that reads DT_RELR.
const FIRST_GLIBC: (u32, u32) = (2, 36);

/// Names of functions by group, as `benches/link-order` found them.
const ORDER: &str = "assets/link-order.txt";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={ORDER}");
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    let is = |variable: &str, value: &str| env::var(variable).is_ok_and(|found| found == value);
    let is_glibc = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if is_glibc && is_native() && glibc().is_some_and(|version| version >= FIRST_GLIBC) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    if is("CARGO_CFG_TARGET_OS", "linux") && is("PROFILE", "release") && is_own_linker() {
        let script = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("order.ld");
        fs::write(&script, linker_script(&fs::read_to_string(ORDER)?))?;
        println!("cargo::rustc-link-arg-bins=-Wl,-T,{}", script.display());
    }
    Ok(())
}

/// A section for each group of names, before the rest of the code. The system maps code in pieces of 64 KiB: without it a
/// desk's three megabytes, spread over all of the program, bring in ten. LLD and GNU ld take `INSERT`.
fn linker_script(order: &str) -> String {
    let groups = order.split("\n[").skip(1).filter_map(|group| group.split_once("]\n"));
    let sections = groups.map(|(group, names)| {
        let inputs = names.lines().flat_map(|name| ["*(.text.", name, " .text.unlikely.", name, ")\n"]);
        format!(".text.{group} :\n{{\n{}}}\n", inputs.collect::<String>())
    });
    format!("SECTIONS\n{{\n{}}}\nINSERT BEFORE .text;\n", sections.collect::<String>())
}

/// Whether nobody chose another linker, which may not know such scripts (mold).
fn is_own_linker() -> bool {
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    env::var_os("RUSTC_LINKER").is_none() && !flags.contains("link")
}

fn is_native() -> bool {
    env::var("HOST").ok() == env::var("TARGET").ok()
}

/// This machine's glibc, from `getconf` (which prints `glibc 2.36`).
fn glibc() -> Option<(u32, u32)> {
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
