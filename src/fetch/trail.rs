//! The way from the subscribed address over redirects to the answer, and what may travel along (THREATS R9, R10).
//!
//! Pure: it is told statuses and `Location`s and says where to go next.

use url::Url;

use super::FetchError;
use super::guard::{Reach, Trusted};
use super::mask::{plain, shown};

/// Redirects followed for one request.
const MAX_REDIRECTS: usize = 10;

/// Where a request stands.
#[derive(Debug)]
pub(super) struct Trail {
    trusted: Trusted,
    /// Every address so far; the last one is to be asked now.
    visited: Vec<Url>,
    reach: Reach,
    /// No hop has left the subscribed origin so far.
    at_home: bool,
    /// No hop has left the host that was asked first.
    first_host: bool,
    /// The address that the user wrote.
    subscribed: Url,
    /// Every hop so far was permanent.
    permanent: bool,
    /// Where the permanent hops led.
    moved_to: Option<Url>,
}

impl Trail {
    /// Begins at `subscribed` or, when it has moved, at `moved_to`, which is judged as a redirect is.
    ///
    /// # Errors
    /// `Refused` when the place asked first may not be reached.
    pub(super) fn start(trusted: Trusted, subscribed: Url, moved_to: Option<&str>) -> Result<Self, FetchError> {
        let subscribed = bare(subscribed);
        let reach = trusted.reach(&subscribed)?;
        let mut trail = Self {
            trusted,
            visited: vec![subscribed.clone()],
            subscribed,
            reach,
            at_home: true,
            first_host: true,
            permanent: true,
            moved_to: None,
        };
        if let Some(moved_to) = moved_to {
            trail.go(moved_to)?;
            trail.moved_to = Some(trail.url().clone());
            // The way begins here; that it may lead back to where it was before is no circle.
            trail.visited.remove(0);
            trail.first_host = true;
        }
        Ok(trail)
    }

    /// The address to ask now; without userinfo and fragment.
    pub(super) fn url(&self) -> &Url {
        self.visited.last().expect("a trail begins with an address")
    }

    /// How that address may be reached.
    pub(super) fn reach(&self) -> Reach {
        self.reach
    }

    /// Whether passwords and the user's own headers go along: never again after a hop to another origin, even back,
    /// because from there on somebody else chooses what is asked.
    pub(super) fn carries_secrets(&self) -> bool {
        self.at_home
    }

    /// Whether validators go along: as long as the host that was asked first is asked.
    pub(super) fn carries_validators(&self) -> bool {
        self.first_host
    }

    /// Where an unbroken chain of permanent redirects from the start leads, unless that is where it began.
    pub(super) fn moved_to(&self) -> Option<String> {
        self.moved_to.as_ref().filter(|url| **url != self.subscribed).map(Url::to_string)
    }

    /// Follows a redirect.
    ///
    /// # Errors
    /// `Refused` when the rules forbid it, with the rule in words.
    pub(super) fn follow(&mut self, status: u16, location: &[u8]) -> Result<(), FetchError> {
        // The first of them was not led to by a redirect.
        if self.visited.len() > MAX_REDIRECTS {
            return Err(FetchError::Refused(format!(
                "more than {MAX_REDIRECTS} redirects, the last from {}",
                shown(self.url())
            )));
        }
        self.go(&String::from_utf8_lossy(location))?;
        self.permanent &= matches!(status, 301 | 308);
        if self.permanent {
            self.moved_to = Some(self.url().clone());
        }
        Ok(())
    }

    fn go(&mut self, location: &str) -> Result<(), FetchError> {
        let from = self.url();
        let to = from.join(location.trim()).map_err(|error| {
            FetchError::Refused(format!("{} redirects to what is no address: {error}", shown(from)))
        })?;
        if !matches!(to.scheme(), "http" | "https") {
            let to = if to.has_authority() { shown(&to) } else { format!("{}: address", plain(to.scheme())) };
            return Err(FetchError::Refused(format!("redirect to {to} refused: only http and https are followed")));
        }
        if from.scheme() == "https" && to.scheme() == "http" {
            return Err(FetchError::Refused(format!(
                "redirect from https to the unencrypted {} refused",
                shown(&bare(to))
            )));
        }
        let to = bare(to);
        let (same_origin, same_host) = (from.origin() == to.origin(), from.host() == to.host());
        if self.visited.contains(&to) {
            return Err(FetchError::Refused(format!("the redirects go round in a circle at {}", shown(&to))));
        }
        self.reach = self.trusted.reach(&to)?;
        self.at_home &= same_origin;
        self.first_host &= same_host;
        self.visited.push(to);
        Ok(())
    }
}

/// Without userinfo, which is not a redirect's to choose, and without fragment, which is not sent.
fn bare(mut url: Url) -> Url {
    // Both fail only for URLs without a host, which http(s) URLs always have.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trail(subscribed: &str) -> Trail {
        let url = Url::parse(subscribed).unwrap();
        Trail::start(Trusted::new(&[], Some(&url)), url, None).unwrap()
    }

    fn refusal(trail: &mut Trail, location: &str) -> String {
        match trail.follow(302, location.as_bytes()) {
            Err(FetchError::Refused(words)) => words,
            other => panic!("{location}: {other:?}"),
        }
    }

    #[test]
    fn relative_locations_are_resolved_and_stripped() {
        let mut trail = trail("https://me:pw@example.com/a/feed?x=1#top");
        assert_eq!(trail.url().as_str(), "https://example.com/a/feed?x=1");
        trail.follow(302, b" ../b/new#part ").unwrap();
        assert_eq!(trail.url().as_str(), "https://example.com/b/new");
        trail.follow(302, b"//you:other@example.com/c").unwrap();
        assert_eq!(trail.url().as_str(), "https://example.com/c");
        trail.follow(302, "/größe".as_bytes()).unwrap();
        assert_eq!(trail.url().as_str(), "https://example.com/gr%C3%B6%C3%9Fe");
        assert!(trail.carries_secrets());
        assert_eq!(trail.moved_to(), None);
    }

    #[test]
    fn secrets_stay_with_scheme_host_and_port_for_good() {
        for location in ["http://example.com:81/", "https://example.com/", "http://www.example.com/"] {
            let mut trail = trail("http://example.com/feed");
            trail.follow(301, location.as_bytes()).unwrap();
            assert!(!trail.carries_secrets(), "{location}");
        }
        let mut trail = trail("https://example.com/feed");
        trail.follow(302, b"https://other.example/").unwrap();
        trail.follow(302, b"https://example.com/again").unwrap();
        assert!(!trail.carries_secrets(), "another origin chose this address");
        assert!(!trail.carries_validators());
    }

    #[test]
    fn validators_stay_with_the_host_asked_first() {
        let mut upgraded = trail("http://example.com/feed");
        upgraded.follow(301, b"https://example.com/feed").unwrap();
        assert!(upgraded.carries_validators());
        upgraded.follow(302, b"https://cdn.example/feed").unwrap();
        assert!(!upgraded.carries_validators());
    }

    #[test]
    fn forbidden_redirects_are_named() {
        let mut trail = trail("https://example.com/feed");
        assert!(refusal(&mut trail, "http://example.com/feed?key=1").ends_with("http://example.com/feed refused"));
        assert!(refusal(&mut trail, "file:///etc/passwd").contains("only http and https"));
        assert!(refusal(&mut trail, "ftp://127.0.0.1/feed").contains("ftp://127.0.0.1/feed"));
        assert!(refusal(&mut trail, "javascript:alert(1)").contains("javascript: address"));
        assert!(refusal(&mut trail, "https://[bad").contains("no address"));
        assert!(refusal(&mut trail, "https://169.254.169.254/latest").contains("private network"));
        assert!(refusal(&mut trail, "https://localhost/").contains("private network"));
        assert!(refusal(&mut trail, "").contains("circle"));
    }

    #[test]
    fn circles_and_long_ways_end() {
        let mut circle = trail("http://example.com/a");
        circle.follow(302, b"/b").unwrap();
        assert!(refusal(&mut circle, "/a").contains("circle"));
        let mut long = trail("http://example.com/0");
        for hop in 1..=10 {
            long.follow(302, format!("/{hop}").as_bytes()).unwrap();
        }
        assert!(refusal(&mut long, "/11").contains("more than 10 redirects"));
    }

    #[test]
    fn only_an_unbroken_permanent_chain_from_the_start_moves_a_feed() {
        let mut trail = trail("http://example.com/a");
        trail.follow(301, b"/b").unwrap();
        trail.follow(308, b"https://example.com/c").unwrap();
        assert_eq!(trail.moved_to().as_deref(), Some("https://example.com/c"));
        trail.follow(302, b"/today").unwrap();
        trail.follow(301, b"/d").unwrap();
        assert_eq!(trail.moved_to().as_deref(), Some("https://example.com/c"));
    }

    #[test]
    fn a_remembered_move_is_asked_first_under_the_rules_of_a_redirect() {
        let url = Url::parse("https://me:pw@example.com/a").unwrap();
        let start = |moved: &str| Trail::start(Trusted::new(&[], Some(&url)), url.clone(), Some(moved));
        let moved = start("https://new.example/a").unwrap();
        assert_eq!(moved.url().as_str(), "https://new.example/a");
        assert!(!moved.carries_secrets());
        assert!(moved.carries_validators(), "they came from there");
        assert_eq!(moved.moved_to().as_deref(), Some("https://new.example/a"));
        assert_eq!(moved.reach(), Reach::PublicOnly);
        assert!(start("https://example.com/b").unwrap().carries_secrets());
        let mut back = start("https://new.example/a").unwrap();
        back.follow(301, b"https://example.com/a").unwrap();
        assert_eq!((back.moved_to(), back.carries_secrets()), (None, false), "it has moved back");
        assert!(start("https://10.0.0.1/").is_err());
        assert!(start("http://example.com/a").is_err(), "https stays https");
    }
}
