//! What feed-rs does not tell, collected on the way: dates as they were written, comment counts, polling wishes ...

use jiff::Timestamp;
use url::Url;

use super::vocabulary::Slot;
use crate::feed::date::parse_date;
use crate::model::SkipTimes;

/// What is known of the feed besides what feed-rs reads.
#[derive(Debug, Default, PartialEq)]
pub(in crate::feed) struct FeedSide {
    pub(in crate::feed) language: Option<String>,
    pub(in crate::feed) generator: String,
    pub(in crate::feed) skip: SkipTimes,
    /// RFC 5005 `prev-archive`, and `next`.
    pub(in crate::feed) previous_archive: Option<String>,
    pub(in crate::feed) next_page: Option<String>,
    pub(in crate::feed) author: Ranked<String>,
    ttl: Option<u64>,
    period: Option<u64>,
    frequency: Option<u64>,
}

/// What is known of an item besides what feed-rs reads.
#[derive(Debug, Default, PartialEq)]
pub(in crate::feed) struct ItemSide {
    pub(in crate::feed) published: Ranked<Timestamp>,
    pub(in crate::feed) updated: Ranked<Timestamp>,
    pub(in crate::feed) author: Ranked<String>,
    pub(in crate::feed) comments: Option<u32>,
    /// `itunes:duration`, in seconds.
    pub(in crate::feed) seconds: Option<u64>,
    pub(in crate::feed) original: Option<String>,
    /// RSS `source url`.
    pub(in crate::feed) source: Option<String>,
    pub(in crate::feed) language: Option<String>,
    /// `isPermaLink` of the guid, where it is said.
    pub(in crate::feed) permalink: Option<bool>,
    /// Atom content that is elsewhere.
    pub(in crate::feed) content_source: Option<String>,
    /// `xml:base` of the item, absolute.
    pub(in crate::feed) base: Option<Url>,
}

/// A value that yields only to one of higher rank.
#[derive(Debug, PartialEq)]
pub(in crate::feed) struct Ranked<T>(Option<(u8, T)>);

impl<T> Default for Ranked<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Ranked<T> {
    fn offer(&mut self, rank: u8, value: T) {
        if self.0.as_ref().is_none_or(|(known, _)| *known < rank) {
            self.0 = Some((rank, value));
        }
    }

    pub(in crate::feed) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }
}

impl ItemSide {
    /// Remembers a text.
    pub(super) fn set(&mut self, slot: Slot, text: &str) {
        match slot {
            Slot::Published(rank) => offer_date(&mut self.published, rank, text),
            Slot::Updated(rank) => offer_date(&mut self.updated, rank, text),
            Slot::Author(rank) => self.author.offer(rank, text.to_owned()),
            Slot::Comments => self.comments = self.comments.or(text.parse().ok()),
            Slot::PlayingTime => self.seconds = self.seconds.or_else(|| playing_seconds(text)),
            Slot::OriginalLink => self.original = Some(text.to_owned()),
            Slot::Language => self.language = Some(text.to_owned()),
            _ => {}
        }
    }
}

fn offer_date(known: &mut Ranked<Timestamp>, rank: u8, text: &str) {
    if let Some(moment) = parse_date(text) {
        known.offer(rank, moment);
    }
}

impl FeedSide {
    /// Remembers a text.
    pub(super) fn set(&mut self, slot: Slot, text: &str) {
        match slot {
            Slot::Language => self.language = Some(text.to_owned()),
            Slot::Generator => text.clone_into(&mut self.generator),
            Slot::Author(rank) => self.author.offer(rank, text.to_owned()),
            Slot::Ttl => self.ttl = text.parse().ok(),
            Slot::Period => self.period = period_minutes(text),
            Slot::Frequency => self.frequency = text.parse().ok(),
            Slot::SkipHour => self.skip.hours |= hour_bit(text),
            Slot::SkipDay => self.skip.days |= day_bit(text),
            _ => {}
        }
    }

    /// RSS `ttl`, else the syndication module's period divided by its frequency; in minutes, never 0.
    pub(in crate::feed) fn ttl_minutes(&self) -> Option<u64> {
        let module = || match (self.period, self.frequency) {
            (None, None) => None,
            (period, frequency) => Some(period.unwrap_or(DAY) / frequency.unwrap_or(1).max(1)),
        };
        self.ttl.filter(|ttl| *ttl > 0).or_else(module).filter(|ttl| *ttl > 0)
    }
}

/// `1810`, `30:10`, `1:02:03`.
fn playing_seconds(text: &str) -> Option<u64> {
    let mut parts = text.split(':');
    let first = parts.next()?.trim().parse().ok()?;
    parts.try_fold(first, |sum: u64, part| {
        let part: u64 = part.trim().split('.').next()?.parse().ok()?;
        sum.checked_mul(60)?.checked_add(part)
    })
}

const DAY: u64 = 24 * 60;

/// Minutes of `sy:updatePeriod` (RSS 1.0 syndication module).
fn period_minutes(text: &str) -> Option<u64> {
    match text.to_ascii_lowercase().as_str() {
        "hourly" => Some(60),
        "daily" => Some(DAY),
        "weekly" => Some(7 * DAY),
        "monthly" => Some(30 * DAY),
        "yearly" => Some(365 * DAY),
        _ => None,
    }
}

/// Bit of an hour; 24 is midnight in RSS 0.91, where hours began with 1.
fn hour_bit(text: &str) -> u32 {
    match text.parse::<u32>() {
        Ok(hour @ 0..=24) => 1 << (hour % 24),
        _ => 0,
    }
}

fn day_bit(text: &str) -> u8 {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let text = text.to_ascii_lowercase();
    DAYS.iter().position(|day| text.starts_with(day)).map_or(0, |day| 1 << day)
}
