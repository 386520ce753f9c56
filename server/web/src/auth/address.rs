//! The address that a request really comes from.

use std::net::IpAddr;

use actix_web::HttpRequest;

/// The client's address: the peer's, or, behind `proxies` trusted ones, the one that the outermost of them saw. Proxies
/// append to `X-Forwarded-For`, so it is counted from the right; what stands further left anybody can write.
pub fn client_address(request: &HttpRequest, proxies: usize) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip());
    let chain: Vec<&str> =
        request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    from_chain(peer, &chain, proxies)
}

fn from_chain(peer: IpAddr, chain: &[&str], proxies: usize) -> IpAddr {
    let Some(at) = chain.len().checked_sub(proxies).or((!chain.is_empty()).then_some(0)) else { return peer };
    if proxies == 0 {
        return peer;
    }
    chain.get(at).and_then(|text| parse(text)).unwrap_or(peer)
}

/// An address, with or without brackets and port.
fn parse(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.split(']').next());
    bare.unwrap_or(text).parse().ok().or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()))
}

/// What limits count by: an IPv4 address, or the first 64 bits of an IPv6 one, since a household has at least those.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => {
                let s = v6.segments();
                IpAddr::from([s[0], s[1], s[2], s[3], 0, 0, 0, 0])
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_counted_from_the_right() {
        let peer: IpAddr = "10.0.0.1".parse().unwrap();
        for (chain, proxies, expected) in [
            (vec!["6.6.6.6", "1.2.3.4"], 0, "10.0.0.1"),
            (vec!["6.6.6.6", " 1.2.3.4"], 1, "1.2.3.4"),
            (vec!["6.6.6.6", "1.2.3.4", "10.0.0.2"], 2, "1.2.3.4"),
            (vec!["1.2.3.4:5678"], 1, "1.2.3.4"),
            (vec!["[2001:db8::1]:443"], 1, "2001:db8::1"),
            (vec!["1.2.3.4"], 3, "1.2.3.4"),
            (vec!["nonsense"], 1, "10.0.0.1"),
            (vec![], 1, "10.0.0.1"),
        ] {
            assert_eq!(from_chain(peer, &chain, proxies).to_string(), expected, "{chain:?} behind {proxies}");
        }
    }

    #[test]
    fn a_household_shares_a_limit() {
        let of = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:1.2.3.4"), "1.2.3.4");
    }
}
