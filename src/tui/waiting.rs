//! Pages that wait for the network: what was to be opened in the browser while no feed could be reached.

/// So many may wait: what opens at once when the network is back should not bury the user.
const MOST: usize = 10;

/// The pages, in the order they were asked for. They are not kept when the desk ends, which the user is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting(Vec<String>);

/// What became of a page that was asked for while offline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It waits; how many do now.
    Queued(usize),
    /// It waited already: the user wants it now, network or not. It waits no longer.
    Insisted,
    /// So many wait already that it does not.
    Full(usize),
}

impl Waiting {
    /// Takes a page that is asked for.
    pub fn ask(&mut self, url: &str) -> Asked {
        if let Some(place) = self.0.iter().position(|waiting| waiting == url) {
            self.0.remove(place);
            return Asked::Insisted;
        }
        if self.0.len() >= MOST {
            return Asked::Full(self.0.len());
        }
        self.0.push(url.to_owned());
        Asked::Queued(self.0.len())
    }

    /// Gives the pages away: the network is back.
    pub fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_wait_once_in_order_and_not_without_end() {
        let mut waiting = Waiting::default();
        let page = |n: usize| format!("https://site.example/{n}");
        for n in 1..=MOST {
            assert_eq!(waiting.ask(&page(n)), Asked::Queued(n));
        }
        assert_eq!(waiting.ask(&page(0)), Asked::Full(MOST));
        assert_eq!(waiting.ask(&page(3)), Asked::Insisted);
        assert_eq!(waiting.ask(&page(0)), Asked::Queued(MOST));
        let taken = waiting.take();
        assert_eq!((taken.len(), &taken[2], taken.last()), (MOST, &page(4), Some(&page(0))));
        assert_eq!(waiting.take(), Vec::<String>::new());
    }
}
