//! What a frame from another site really shows: the page of the video or post that it embeds.

use url::Url;

/// The page behind an embedded player or post, and what it is; other frames are themselves.
pub(super) fn real_page(url: &Url) -> Option<(&'static str, Url)> {
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    let query = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let (kind, address) = match (host, path.as_slice()) {
        ("youtube.com" | "youtube-nocookie.com", ["embed", "videoseries", ..]) => {
            ("video", page("https://www.youtube.com/playlist", "list", &query("list")?)?)
        }
        ("youtube.com" | "youtube-nocookie.com", ["embed" | "v" | "live" | "shorts", id, ..]) => {
            ("video", youtube(id)?)
        }
        ("youtu.be", [id]) => ("video", youtube(id)?),
        ("player.vimeo.com", ["video", id, ..]) => ("video", under("https://vimeo.com/", id)?),
        ("dailymotion.com", ["embed", "video", id, ..]) => ("video", under("https://www.dailymotion.com/video/", id)?),
        ("geo.dailymotion.com", _) => ("video", under("https://www.dailymotion.com/video/", &query("video")?)?),
        ("platform.twitter.com" | "platform.x.com", ["embed", ..]) => ("post", tweet(&query("id")?)?),
        ("facebook.com", ["plugins", plugin, ..]) => {
            (if plugin.starts_with("video") { "video" } else { "post" }, Url::parse(&query("href")?).ok()?)
        }
        ("instagram.com", [kind @ ("p" | "reel" | "tv"), id, "embed", ..]) => {
            ("post", under(&format!("https://www.instagram.com/{kind}/"), id)?)
        }
        ("tiktok.com", ["embed", .., id]) => ("video", under("https://www.tiktok.com/embed/", id)?),
        ("open.spotify.com", ["embed", kind @ ("episode" | "show" | "track" | "album" | "playlist"), id, ..]) => {
            ("audio", under(&format!("https://open.spotify.com/{kind}/"), id)?)
        }
        ("w.soundcloud.com", ["player", ..]) => ("audio", Url::parse(&query("url")?).ok()?),
        ("embed.podcasts.apple.com", [..]) => {
            let mut page = url.clone();
            page.set_host(Some("podcasts.apple.com")).ok()?;
            ("audio", page)
        }
        _ => return None,
    };
    matches!(address.scheme(), "http" | "https").then_some((kind, address))
}

/// The page of a video.
pub(super) fn youtube(id: &str) -> Option<Url> {
    page("https://www.youtube.com/watch", "v", id)
}

/// The page of a post.
pub(super) fn tweet(id: &str) -> Option<Url> {
    under("https://twitter.com/i/status/", id)
}

/// The page of a video.
pub(super) fn vimeo(id: &str) -> Option<Url> {
    under("https://vimeo.com/", id)
}

fn page(address: &str, name: &str, value: &str) -> Option<Url> {
    Url::parse_with_params(address, [(name, value)]).ok()
}

/// A page named by its last part; one that would lead elsewhere (`..`) names none.
fn under(address: &str, id: &str) -> Option<Url> {
    let plain = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if plain { Url::parse(&format!("{address}{id}")).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_page_behind_a_player() {
        for (frame, kind, page) in [
            ("https://www.youtube.com/embed/a-B_1?start=3", "video", "https://www.youtube.com/watch?v=a-B_1"),
            ("https://www.youtube-nocookie.com/embed/x", "video", "https://www.youtube.com/watch?v=x"),
            ("https://www.youtube.com/embed/videoseries?list=L1", "video", "https://www.youtube.com/playlist?list=L1"),
            ("https://player.vimeo.com/video/77?h=1", "video", "https://vimeo.com/77"),
            ("https://platform.twitter.com/embed/Tweet.html?id=99", "post", "https://twitter.com/i/status/99"),
            (
                "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fa.example%2Fp",
                "post",
                "https://a.example/p",
            ),
            ("https://www.instagram.com/p/Q1/embed/captioned/", "post", "https://www.instagram.com/p/Q1"),
            ("https://open.spotify.com/embed/episode/E1?x=1", "audio", "https://open.spotify.com/episode/E1"),
        ] {
            let (found, url) = real_page(&Url::parse(frame).unwrap()).unwrap();
            assert_eq!((found, url.as_str()), (kind, page), "{frame}");
        }
        for other in [
            "https://maps.example/embed/1",
            "https://www.facebook.com/plugins/post.php?href=javascript:alert(1)",
            "https://platform.twitter.com/embed/Tweet.html?id=../../x",
            "https://www.youtube.com/",
        ] {
            assert_eq!(real_page(&Url::parse(other).unwrap()), None, "{other}");
        }
    }
}
