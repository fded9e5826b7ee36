//! Classifies addresses. Names cannot be classified, because any name can resolve to any address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The network that an address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// This machine.
    Machine,
    /// Private networks and reserved addresses: everything that is not public.
    Network,
    /// The public internet.
    World,
}

/// The blocks of IANA's registry of special-purpose addresses (RFC 6890), and multicast and reserved
/// blocks: first address and prefix length.
const SPECIAL_4: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 3),
];

/// The same of IPv6, within the block that is public (2000::/3).
const SPECIAL_6: &[([u16; 2], u32)] =
    &[([0x2001, 0], 23), ([0x2001, 0x0db8], 32), ([0x3fff, 0], 20)];

/// Classifies an address.
pub(crate) fn zone(address: IpAddr) -> Zone {
    match address {
        IpAddr::V4(address) => zone_4(address),
        IpAddr::V6(address) => zone_6(address),
    }
}

fn zone_4(address: Ipv4Addr) -> Zone {
    let number = u32::from(address);
    let is_in = |(block, bits): &([u8; 4], u32)| {
        (number ^ u32::from(Ipv4Addr::from(*block))).leading_zeros() >= *bits
    };
    if address.is_loopback() || address.is_unspecified() {
        Zone::Machine
    } else if SPECIAL_4.iter().any(is_in) {
        Zone::Network
    } else {
        Zone::World
    }
}

fn zone_6(address: Ipv6Addr) -> Zone {
    if address.is_loopback() || address.is_unspecified() {
        return Zone::Machine;
    }
    if let Some(mapped) = address.to_ipv4_mapped() {
        return zone_4(mapped);
    }
    if let Some(inner) = inner(address) {
        // A gateway forwards to the inner address, so it is not this machine.
        return match zone_4(inner) {
            Zone::World => Zone::World,
            Zone::Machine | Zone::Network => Zone::Network,
        };
    }
    let [first, second, ..] = address.segments();
    let number = u32::from(first) << 16 | u32::from(second);
    let is_in = |([first, second], bits): &([u16; 2], u32)| {
        let block = u32::from(*first) << 16 | u32::from(*second);
        (number ^ block).leading_zeros() >= *bits
    };
    let is_public = first & 0xe000 == 0x2000;
    if is_public && !SPECIAL_6.iter().any(is_in) {
        Zone::World
    } else {
        Zone::Network
    }
}

/// The IPv4 address that an IPv6 one is translated or carried to: NAT64 (RFC 6052) and 6to4
/// (RFC 3056).
fn inner(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let address_4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(address_4(high, low)),
        [0x2002, high, low, ..] => Some(address_4(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Zone, zone};

    #[test]
    fn addresses_are_classified() {
        for (addresses, expected) in [
            (
                "127.0.0.1 127.8.9.1 0.0.0.0 ::1 :: ::ffff:127.0.0.1",
                Zone::Machine,
            ),
            (
                "10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1",
                Zone::Network,
            ),
            (
                "169.254.169.254 ::ffff:169.254.169.254 0.0.0.1",
                Zone::Network,
            ),
            (
                "192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1",
                Zone::Network,
            ),
            ("224.0.0.1 240.0.0.1 255.255.255.255 ff02::1", Zone::Network),
            (
                "fe80::1 fec0::1 fc00::1 fd12::1 100::1 ::7f00:1",
                Zone::Network,
            ),
            (
                "64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::1",
                Zone::Network,
            ),
            ("2002:7f00:1:: 2002:a9fe:a9fe::1 2001:0:1::1", Zone::Network),
            ("2001:db8::1 3fff::1 4000::1", Zone::Network),
            ("1.1.1.1 93.184.216.34 172.32.0.1 100.128.0.1", Zone::World),
            ("2606:4700::1 64:ff9b::1.1.1.1 2002:101:101::1", Zone::World),
            ("::ffff:1.1.1.1 2001:4860:4860::8888", Zone::World),
        ] {
            for address in addresses.split(' ') {
                assert_eq!(zone(address.parse().unwrap()), expected, "{address}");
            }
        }
    }
}
