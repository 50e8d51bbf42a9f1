//! The forms that values take on the wire, read strictly (CONFORMANCE.md, chapter 2).
//! Nothing here has to be changed. `place` names the value in an error message.
#![allow(dead_code, reason = "the operations to come use the rest")]

use crate::protocol::{Class, Rejection, reject};
use serde_json::Value;

const MAX_GINDEX_BITS: usize = 1024;

/// Bytes: `0x` and lower-case hex, two digits a byte.
pub fn read_bytes(value: &Value, place: &str) -> Result<Vec<u8>, Rejection> {
    match hex_digits(value).map(hex::decode) {
        Some(Ok(bytes)) => Ok(bytes),
        _ => wrong(value, place, "0x and lower-case hex of even length"),
    }
}

/// A node of a tree: 32 bytes.
pub fn read_node(value: &Value, place: &str) -> Result<[u8; 32], Rejection> {
    match read_bytes(value, place)?.try_into() {
        Ok(node) => Ok(node),
        Err(_) => wrong(value, place, "32 bytes"),
    }
}

/// A quantity, say a generalized index, as its hex digits: no integer of Rust holds 1024 bits.
pub fn read_quantity<'a>(value: &'a Value, place: &str) -> Result<&'a str, Rejection> {
    match hex_digits(value) {
        Some(digits) if 4 * digits.len() > MAX_GINDEX_BITS => {
            let message = format!("{place}: more than {MAX_GINDEX_BITS} bits");
            reject(Class::LimitExceeded, message)
        }
        Some(digits) if digits == "0" || !digits.is_empty() && !digits.starts_with('0') => {
            Ok(digits)
        }
        _ => wrong(value, place, "0x and minimal lower-case hex"),
    }
}

/// A list, its items read by `read_item`: `read_list(&params["keys"], "keys", read_quantity)`.
pub fn read_list<'a, T>(
    value: &'a Value,
    place: &str,
    read_item: impl Fn(&'a Value, &str) -> Result<T, Rejection>,
) -> Result<Vec<T>, Rejection> {
    let Some(items) = value.as_array() else {
        return wrong(value, place, "a list");
    };
    let read = |(index, item)| read_item(item, &format!("{place}/{index}"));
    items.iter().enumerate().map(read).collect()
}

/// A name, say of an encoding.
pub fn read_name<'a>(value: &'a Value, place: &str) -> Result<&'a str, Rejection> {
    match value.as_str() {
        Some(name) => Ok(name),
        None => wrong(value, place, "a name"),
    }
}

pub fn to_hex(bytes: &[u8]) -> String {
    format!("0x{}", hex::encode(bytes))
}

fn hex_digits(value: &Value) -> Option<&str> {
    let digits = value.as_str()?.strip_prefix("0x")?;
    let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    digits.bytes().all(is_digit).then_some(digits)
}

/// Rejects a value that has another form than `expected`.
pub fn wrong<T>(value: &Value, place: &str, expected: &str) -> Result<T, Rejection> {
    let shown: String = value.to_string().chars().take(80).collect();
    let message = format!("{place}: {shown} is not {expected}");
    reject(Class::InvalidArgument, message)
}
