//! What may be asked for, and the limits and manners of asking.

use std::fmt;
use std::time::Duration;

use crate::model::Validators;

use super::mask::loggable;

/// What to ask for.
#[derive(Clone, Default)]
pub struct Request {
    /// Absolute http(s) URL, or `file:` when `subscribed`; userinfo becomes basic authentication and is never shown.
    pub url: String,
    /// Where permanent redirects led before ([`super::Response::moved_to`]): asked in place of `url`, under the same
    /// rules as if `url` had redirected there just now. `url` stays the origin that secrets belong to.
    pub moved_to: Option<String>,
    /// For a conditional request, sent byte for byte to the host that is asked first and to no other.
    pub validators: Validators,
    /// Extra headers; sent to the first origin only.
    pub headers: Vec<(String, String)>,
    /// User name for basic authentication; sent to the first origin only.
    pub username: Option<String>,
    /// Argument vector that prints the password; run without a shell, inside the deadline.
    pub password_command: Option<Vec<String>>,
    /// Proxy URL; `none`: no proxy; None: the policy's.
    pub proxy: Option<String>,
    /// True for a subscribed address: its own host:port may be private. False for pages and discovered links.
    pub subscribed: bool,
    /// `Accept` header.
    pub accept: Accept,
    /// Largest decoded body, in bytes, where that is less than the policy's.
    pub most: Option<u64>,
    /// Nothing more is likely to be asked of this host soon: an HTTP/1.1 connection is closed when the answer is there (RFC
    /// 9112, 9.6), so that a round does not hold the connections and buffers of all its hosts.
    pub last: bool,
}

impl fmt::Debug for Request {
    /// Without secrets, so that it can go to a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("url", &loggable(&self.url))
            .field("moved_to", &self.moved_to.as_deref().map(loggable))
            .field("subscribed", &self.subscribed)
            .field("accept", &self.accept)
            .finish_non_exhaustive()
    }
}

/// What kind of document is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Accept {
    /// A feed.
    #[default]
    Feed,
    /// A web page.
    Page,
    /// A picture of a kind that can be shown.
    Picture,
    /// A file of any kind.
    File,
}

/// Limits and manners, from the config.
#[derive(Clone, PartialEq, Eq)]
pub struct Policy {
    /// Deadline of one request, redirects and `password_command` included.
    pub timeout: Duration,
    /// Requests to one host at once.
    pub per_host: usize,
    /// Between the starts of two requests to one host; redirect hops are not spaced.
    pub host_spacing: Duration,
    /// Hosts (`host` or `host:port`) that may be reached although they are private.
    pub allow_private: Vec<String>,
    /// Proxy for all; `none`: no proxy; None: the environment's.
    pub proxy: Option<String>,
    /// Largest decoded body, in bytes.
    pub max_bytes: u64,
    /// False: no server is asked for anything, as in the demo.
    pub asks_servers: bool,
}

impl fmt::Debug for Policy {
    /// Without the proxy's password, so that it can go to a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("timeout", &self.timeout)
            .field("per_host", &self.per_host)
            .field("host_spacing", &self.host_spacing)
            .field("allow_private", &self.allow_private)
            .field("proxy", &self.proxy.as_deref().map(loggable))
            .field("max_bytes", &self.max_bytes)
            .field("asks_servers", &self.asks_servers)
            .finish()
    }
}
