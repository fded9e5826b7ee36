//! Decodes Punycode (RFC 3492), to reject host names that URL parsers reject.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// Whether a text encodes at least one character, and only lower-case letters, digits and marks.
pub(super) fn encodes(text: &str) -> bool {
    let encoded = text.rsplit_once('-').map_or(text, |(_, encoded)| encoded);
    let plain = text.len() - encoded.len();
    match decoded(encoded, plain.saturating_sub(1)) {
        Some(letters) => !letters.is_empty() && letters.iter().all(|letter| is_lower_case(*letter)),
        None => false,
    }
}

/// Whether a character may be in a host name. Marks have no case and pass.
fn is_lower_case(letter: char) -> bool {
    letter.to_lowercase().eq([letter]) && !letter.is_whitespace() && !letter.is_control()
}

/// Decodes as in section 6.2, without the positions of the characters.
fn decoded(encoded: &str, plain: usize) -> Option<Vec<char>> {
    let mut letters = Vec::new();
    let (mut n, mut i, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    let mut digits = encoded.bytes().peekable();
    while digits.peek().is_some() {
        let (old, mut weight, mut k) = (i, 1_u32, BASE);
        loop {
            let digit = digit(digits.next()?)?;
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            k = k.checked_add(BASE)?;
        }
        let count = u32::try_from(plain + letters.len() + 1).ok()?;
        bias = adapted(i - old, count, old == 0);
        n = n.checked_add(i / count)?;
        i = i % count + 1;
        letters.push(char::from_u32(n)?);
    }
    Some(letters)
}

fn digit(byte: u8) -> Option<u32> {
    match byte {
        b'a'..=b'z' => Some(u32::from(byte - b'a')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 26),
        _ => None,
    }
}

/// Returns the new bias of section 6.1.
fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::encodes;

    #[test]
    fn host_names() {
        for name in [
            "mller-kva",
            "wgv71a119e",
            "h2brj9c",
            "80ak6aa92e",
            "11b4c3d",
        ] {
            assert!(encodes(name), "{name}");
        }
        for other in ["", "a", "-", "a-", "0000000000", "zzzzzzzz", "a-\u{e9}"] {
            assert!(!encodes(other), "{other}");
        }
    }
}
