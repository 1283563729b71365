//! Choices and a text made of bytes: choices come from the end, so that any file of the format is a seed as it is.

/// Bytes that choices are taken from.
pub(super) struct Material<'a> {
    rest: &'a [u8],
}

impl<'a> Material<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { rest: data }
    }

    /// The next byte from the end; 0 when there is none.
    pub(super) fn last(&mut self) -> u8 {
        let Some((last, rest)) = self.rest.split_last() else { return 0 };
        self.rest = rest;
        *last
    }

    /// The next byte from the start; none when there is none.
    pub(super) fn first(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Some bytes from the start, fewer when there are not as many.
    pub(super) fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// A number below `bound`, made of two bytes from the end.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let number = usize::from(self.last()) << 8 | usize::from(self.last());
        number % bound
    }
}
