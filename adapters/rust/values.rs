//! The wire's forms, read strictly. What a value means is for the library to say.

use crate::{reject, Rejection};
use serde_json::{Map, Value};

/// What another form means in a request's own parameters, and in its proof.
pub const INVALID: &str = "invalid-argument";
pub const MALFORMED: &str = "malformed";

pub type Members = Map<String, Value>;

/// What a method is asked about, and the parameters and options that it knows.
pub struct Asked<'a> {
    pub backend: &'a str,
    pub encoding: &'a str,
    pub required: &'a [&'a str],
    pub optional: &'a [&'a str],
    /// Besides the profile.
    pub options: &'a [&'a str],
}

/// Reads a method's parameters, of which it leaves what is no name to the caller.
pub fn to_params<'a>(params: &'a Value, asked: &Asked) -> Result<&'a Members, Rejection> {
    let Asked { backend, encoding, required, optional, options } = asked;
    let optional = [&["backend", "encoding", "options"], *optional].concat();
    let members = to_members(params, INVALID, required, &optional)?;
    if params["backend"] != **backend || params["encoding"] != **encoding {
        return reject("unsupported", format!("only {backend}, {encoding} is offered"));
    }
    if let Some(given) = members.get("options") {
        let given = to_members(given, INVALID, &[], &[&["profile"], *options].concat())?;
        if given.get("profile").is_some_and(|profile| profile != "strict" && profile != "lenient") {
            return reject(INVALID, "the profile is neither strict nor lenient");
        }
    }
    Ok(members)
}

/// Reads an object that has all the required members, perhaps the optional ones, and no other.
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

/// Leaves a quantity as it is written: equal numbers are equal strings, since the form is minimal.
pub fn to_quantity<'a>(value: &'a Value, class: &'static str) -> Result<&'a str, Rejection> {
    match (value.as_str(), to_digits(value)) {
        (Some(text), Some(digits)) if digits == "0" || !digits.starts_with('0') && !digits.is_empty() => Ok(text),
        _ => reject(class, "not 0x and minimal hex"),
    }
}

pub fn to_bytes(value: &Value, class: &'static str) -> Result<Vec<u8>, Rejection> {
    let digits = to_digits(value).filter(|digits| digits.len() % 2 == 0);
    let to_byte = |digits: &str, at| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    match digits.and_then(|digits| (0..digits.len()).step_by(2).map(|at| to_byte(digits, at)).collect()) {
        Some(bytes) => Ok(bytes),
        None => reject(class, "not 0x and lower-case hex of even length"),
    }
}

/// The digits of 0x and lower-case hex.
fn to_digits(value: &Value) -> Option<&str> {
    let digits = value.as_str()?.strip_prefix("0x")?;
    digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')).then_some(digits)
}
