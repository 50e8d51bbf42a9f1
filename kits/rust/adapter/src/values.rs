//! Reads the values of docs/spec/protocol.md strictly. It checks only their form; the library under test checks their meaning.

use crate::{reject, Rejection, INVALID, LIMIT_EXCEEDED};
use serde_json::{Map, Value};

const MAX_GINDEX_BITS: usize = 1024;

pub type Members = Map<String, Value>;

/// The backend and encoding that a method supports, and its parameters and options.
pub struct Signature<'a> {
    pub backend: &'a str,
    pub encoding: &'a str,
    pub required: &'a [&'a str],
    pub optional: &'a [&'a str],
    /// Besides the profile.
    pub options: &'a [&'a str],
}

/// Checks the names in a method's parameters, and the backend, the encoding and the profile. The caller reads the other values.
pub fn to_params<'a>(params: &'a Value, signature: &Signature) -> Result<&'a Members, Rejection> {
    let Signature { backend, encoding, required, optional, options } = signature;
    let optional = [&["backend", "encoding", "options"], *optional].concat();
    let members = to_members(params, INVALID, required, &optional)?;
    if params["backend"] != **backend || params["encoding"] != **encoding {
        return reject("unsupported", format!("only {backend} in the encoding {encoding} is supported"));
    }
    if let Some(value) = members.get("options") {
        let value = to_members(value, INVALID, &[], &[&["profile"], *options].concat())?;
        if value.get("profile").is_some_and(|profile| profile != "strict" && profile != "lenient") {
            return reject(INVALID, "the profile is neither strict nor lenient");
        }
    }
    Ok(members)
}

/// Reads an object that has all required members, any of the optional ones, and no other.
pub fn to_members<'a>(
    value: &'a Value,
    class: &'static str,
    required: &[&str],
    optional: &[&str],
) -> Result<&'a Members, Rejection> {
    let Some(members) = value.as_object() else {
        return reject(class, "not an object");
    };
    if let Some(name) = required.iter().find(|name| !members.contains_key(**name)) {
        return reject(class, format!("member {name:?} is missing"));
    }
    let is_known = |name: &str| required.contains(&name) || optional.contains(&name);
    match members.keys().find(|name| !is_known(name)) {
        Some(name) => reject(class, format!("unexpected member {name:.80?}")),
        None => Ok(members),
    }
}

pub fn to_list<'a, T>(
    value: &'a Value,
    class: &'static str,
    to_item: fn(&'a Value, &'static str) -> Result<T, Rejection>,
) -> Result<Vec<T>, Rejection> {
    match value.as_array() {
        Some(items) => items.iter().map(|item| to_item(item, class)).collect(),
        None => reject(class, "not an array"),
    }
}

/// Keeps a quantity as text: the form is minimal, so that equal numbers are equal strings.
pub fn to_quantity<'a>(value: &'a Value, class: &'static str) -> Result<&'a str, Rejection> {
    match (value.as_str(), to_digits(value)) {
        (Some(text), Some(digits)) if digits == "0" || !digits.starts_with('0') && !digits.is_empty() => Ok(text),
        _ => reject(class, "not 0x and minimal hex"),
    }
}

pub fn to_bytes(value: &Value, class: &'static str) -> Result<Vec<u8>, Rejection> {
    let digits = to_digits(value).filter(|digits| digits.len() % 2 == 0);
    let to_byte = |digits: &str, index| u8::from_str_radix(&digits[index..index + 2], 16).ok();
    match digits.and_then(|digits| (0..digits.len()).step_by(2).map(|index| to_byte(digits, index)).collect()) {
        Some(bytes) => Ok(bytes),
        None => reject(class, "not 0x and lower-case hex of even length"),
    }
}

/// Returns the digits of 0x and lower-case hex.
fn to_digits(value: &Value) -> Option<&str> {
    let digits = value.as_str()?.strip_prefix("0x")?;
    digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')).then_some(digits)
}

// The readers below name the path of a value in their messages.

/// Reads bytes: `0x` and lower-case hex, two digits per byte.
pub fn read_bytes(value: &Value, path: &str) -> Result<Vec<u8>, Rejection> {
    to_bytes(value, INVALID).or_else(|_| wrong(value, path, "0x and lower-case hex of even length"))
}

/// Reads a node of a tree, or a root: 32 bytes.
pub fn read_node(value: &Value, path: &str) -> Result<[u8; 32], Rejection> {
    read_bytes(value, path)?.try_into().or_else(|_| wrong(value, path, "32 bytes"))
}

/// Reads a generalized index. Returns its hex digits, because no integer type of Rust has 1024 bits.
pub fn read_gindex<'a>(value: &'a Value, path: &str) -> Result<&'a str, Rejection> {
    match to_quantity(value, INVALID) {
        Ok(text) if 4 * (text.len() - 2) > MAX_GINDEX_BITS => {
            reject(LIMIT_EXCEEDED, format!("{path}: more than {MAX_GINDEX_BITS} bits"))
        }
        Ok(text) => Ok(&text[2..]),
        Err(_) => wrong(value, path, "0x and minimal lower-case hex"),
    }
}

/// Reads a list, and each item with `read_item`: `read_list(&params["keys"], "keys", read_gindex)`.
pub fn read_list<'a, T>(
    value: &'a Value,
    path: &str,
    read_item: impl Fn(&'a Value, &str) -> Result<T, Rejection>,
) -> Result<Vec<T>, Rejection> {
    let Some(items) = value.as_array() else {
        return wrong(value, path, "a list");
    };
    items.iter().enumerate().map(|(index, item)| read_item(item, &format!("{path}/{index}"))).collect()
}

/// Reads a name, such as that of an encoding.
pub fn read_name<'a>(value: &'a Value, path: &str) -> Result<&'a str, Rejection> {
    value.as_str().map_or_else(|| wrong(value, path, "a name"), Ok)
}

pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::from("0x"), |text, byte| text + &format!("{byte:02x}"))
}

/// Rejects a value that does not have the form `expected`.
pub fn wrong<T>(value: &Value, path: &str, expected: &str) -> Result<T, Rejection> {
    let shown: String = value.to_string().chars().take(80).collect();
    reject(INVALID, format!("{path}: {shown} is not {expected}"))
}
