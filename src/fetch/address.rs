//! Which addresses belong to the public Internet (THREATS R9): everything else is the reader's own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether packets to `ip` leave for the public Internet, as far as the IANA special-purpose registries tell
/// (RFC 6890 and what was added since). Addresses that embed another one are judged by it.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, third, _] = ip.octets();
    !matches!(
        (first, second, third),
        // "This network", private, loopback, multicast, reserved, broadcast.
        (0 | 10 | 127 | 224..=255, _, _)
        | (172, 16..=31, _)
        | (192, 168, _)
        // Carrier-grade NAT (RFC 6598).
        | (100, 64..=127, _)
        // Link-local, where cloud metadata lives.
        | (169, 254, _)
        // Benchmarking (RFC 2544), used inside laboratories.
        | (198, 18 | 19, _)
        // Protocol assignments, documentation, the old 6to4 relay.
        | (192, 0, 0 | 2)
        | (192, 88, 99)
        | (198, 51, 100)
        | (203, 0, 113)
    )
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| is_public_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match ip.segments() {
        // IPv4-mapped (RFC 4291, 2.5.5.2), NAT64 (RFC 6052) and 6to4 (RFC 3056): as the IPv4 address in them.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, _, _, _, _, _] => embedded(high, low),
        // Teredo, ORCHID, benchmarking and the like (2001::/23), and documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // All other public addresses are global unicast, 2000::/3. Unspecified, loopback, unique local, link-local,
        // site-local, multicast and IPv4-compatible addresses are outside.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Whether a host name can only mean this machine or the local network: RFC 6761 (`localhost`), RFC 6762 (`.local`),
/// RFC 8375 (`home.arpa`) and ICANN's `.internal`. Needed where the name is looked up by a proxy instead of by us.
pub(super) fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let within = |zone: &str| name == zone || name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.'));
    ["localhost", "localdomain", "local", "internal", "home.arpa", "ip6-localhost", "ip6-loopback"]
        .iter()
        .any(|zone| within(zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known_in_every_form() {
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "3fff::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip} is not public");
        }
    }

    #[test]
    fn public_addresses_stay_reachable() {
        for ip in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "2001:4860:4860::8888",
            "2001:200::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
        ] {
            assert!(is_public(ip.parse().unwrap()), "{ip} is public");
        }
    }

    #[test]
    fn local_names_are_known() {
        for name in
            ["localhost", "LOCALHOST.", "a.localhost", "printer.local", "metadata.google.internal", "x.home.arpa"]
        {
            assert!(is_local_name(name), "{name}");
        }
        for name in ["localhost.example.com", "notlocalhost", "vocal", "example.com", "internal.example"] {
            assert!(!is_local_name(name), "{name}");
        }
    }
}
