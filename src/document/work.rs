//! Counts the steps that reading costs, so that tests can bound work instead of time. Costs nothing outside of tests.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// So many steps were taken.
#[inline]
pub(super) fn steps(count: usize) {
    #[cfg(test)]
    STEPS.set(STEPS.get() + count as u64);
    let _ = count;
}

/// The steps that `work` takes, and what comes of it.
#[cfg(test)]
pub(super) fn counted<T>(work: impl FnOnce() -> T) -> (u64, T) {
    let before = STEPS.get();
    let result = work();
    (STEPS.get() - before, result)
}
