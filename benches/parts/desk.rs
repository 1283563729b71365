//! A key's way through the pure desk: what it changes, and the frame that shows it.

use criterion::Criterion;

use crate::harness::Setup;

/// Down and up a list of a thousand articles, with the frame and without.
pub(crate) fn keys(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("desk");
    let mut desk = Setup::many(1_000).size(120, 40).open();
    let mut down = true;
    let mut press = move |draw: bool| {
        desk.keys(if down { "j" } else { "k" });
        down = !down;
        draw.then(|| desk.buffer())
    };
    group.bench_function("a key", |bench| bench.iter(|| press(false)));
    group.bench_function("a key and its frame", |bench| bench.iter(|| press(true)));
    group.finish();
}
