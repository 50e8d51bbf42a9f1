//! The conversation with the harness: one JSON-RPC message a line, answered in the order they come.
//! Nothing here has to be changed.

use crate::values::{read_name, wrong};
use serde_json::{Map, Value, json};
use std::io::{self, BufRead, BufWriter, Write};

/// What `initialize` says of your library, and how each operation is called.
pub struct Adapter {
    pub name: &'static str,
    pub version: &'static str,
    pub backends: &'static [Backend],
    /// Cases that are declared and cannot be run: a glob over their ids, and the reason.
    pub unsupported: &'static [(&'static str, &'static str)],
}

pub struct Backend {
    pub name: &'static str,
    pub encodings: &'static [&'static str],
    pub operations: &'static [(&'static str, Operation)],
}

/// Answers one request from its parameters.
pub type Operation = fn(&Value) -> Result<Value, Rejection>;

/// Why a request is not answered with a result.
pub struct Rejection {
    class: Class,
    message: String,
}

pub fn reject<T>(class: Class, message: impl Into<String>) -> Result<T, Rejection> {
    let message = message.into();
    Err(Rejection { class, message })
}

/// The classes of CONFORMANCE.md, chapter 4.
#[allow(dead_code, reason = "the operations to come use the rest")]
#[derive(Clone, Copy)]
pub enum Class {
    /// The proof does not parse.
    Malformed,
    /// It authenticates, but is not in the canonical form; in the strict profile alone.
    NonCanonical,
    /// The computed root differs.
    InvalidProof,
    /// It authenticates, but does not reach the key.
    Incomplete,
    /// The request itself is wrong.
    InvalidArgument,
    /// Beyond a documented bound.
    LimitExceeded,
    Unsupported,
    /// A fault of the library: no case accepts it.
    Internal,
}

impl Class {
    fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NonCanonical => "non-canonical",
            Self::InvalidProof => "invalid-proof",
            Self::Incomplete => "incomplete",
            Self::InvalidArgument => "invalid-argument",
            Self::LimitExceeded => "limit-exceeded",
            Self::Unsupported => "unsupported",
            Self::Internal => "internal",
        }
    }
}

/// Parameters of each operation, beside `backend` and `options`.
const PARAMETERS: &[(&str, &[&str])] = &[
    ("root", &["encoding", "proof"]),
    ("get", &["encoding", "root", "proof", "keys"]),
    ("cost", &["encoding", "root", "proof"]),
    ("prove", &["encoding", "entries", "keys", "deletes"]),
    ("merge", &["encoding", "root", "proofs"]),
    ("extract", &["encoding", "root", "proof", "keys", "deletes"]),
    ("update", &["encoding", "root", "proof", "writes"]),
    ("transact", &["encoding", "root", "proof", "steps"]),
    ("convert", &["from", "to", "root", "proof", "keys"]),
];

/// Answers requests until `shutdown` or the end of input.
pub fn serve(adapter: &Adapter) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut output = BufWriter::new(io::stdout().lock());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let (response, is_last) = answer(adapter, &line);
        serde_json::to_writer(&mut output, &response)?;
        output.write_all(b"\n")?;
        output.flush()?;
        if is_last {
            break;
        }
        line.clear();
    }
    Ok(())
}

fn answer(adapter: &Adapter, line: &[u8]) -> (Value, bool) {
    let request: Value = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(error) => return (failure(&Value::Null, -32700, &error.to_string()), false),
    };
    let (id, params) = (&request["id"], &request["params"]);
    let (Some(method), Some(_)) = (request["method"].as_str(), params.as_object()) else {
        return (failure(id, -32600, "expected a method and params"), false);
    };
    let answer = match method {
        "initialize" => Ok(initialize(adapter)),
        "shutdown" => Ok(json!({})),
        _ => call(adapter, method, params),
    };
    let response = match answer {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(rejection) => rejected(id, &rejection),
    };
    (response, method == "shutdown")
}

fn initialize(adapter: &Adapter) -> Value {
    let capability = |backend: &Backend| {
        let operations: Vec<_> = backend.operations.iter().map(|known| known.0).collect();
        let declared = json!({ "encodings": backend.encodings, "operations": operations });
        (backend.name, declared)
    };
    let rule = |known: &(&str, &str)| json!({ "match": known.0, "reason": known.1 });
    let Adapter { name, version, .. } = adapter;
    json!({
        "protocol": 1,
        "implementation": { "name": name, "version": version, "language": "Rust" },
        "capabilities": { "proof": Value::from_iter(adapter.backends.iter().map(capability)) },
        "unsupported": Value::from_iter(adapter.unsupported.iter().map(rule)),
    })
}

/// Checks what is the same for all operations, then calls the one that `method` names.
fn call(adapter: &Adapter, method: &str, params: &Value) -> Result<Value, Rejection> {
    let backend_name = read_name(&params["backend"], "backend")?;
    let backends = &mut adapter.backends.iter();
    let Some(backend) = backends.find(|known| known.name == backend_name) else {
        return reject(
            Class::Unsupported,
            format!("{backend_name} is not declared"),
        );
    };
    let name = method.strip_prefix("proof/").unwrap_or_default();
    let operation = backend.operations.iter().find(|known| known.0 == name);
    let parameters = PARAMETERS.iter().find(|known| known.0 == name);
    let (Some((_, operation)), Some((_, parameters))) = (operation, parameters) else {
        return reject(Class::Unsupported, format!("{method} is not declared"));
    };
    check_parameters(backend_name, params, parameters)?;
    for role in ["encoding", "from", "to"] {
        if !parameters.contains(&role) {
            continue;
        }
        let encoding = read_name(&params[role], role)?;
        if !backend.encodings.contains(&encoding) {
            return reject(Class::Unsupported, format!("{encoding} is not declared"));
        }
    }
    operation(params)
}

/// Refuses a parameter or an option that there is not.
fn check_parameters(backend: &str, params: &Value, parameters: &[&str]) -> Result<(), Rejection> {
    for name in params.as_object().into_iter().flat_map(Map::keys) {
        if !parameters.contains(&name.as_str()) && name != "backend" && name != "options" {
            return reject(Class::InvalidArgument, format!("no parameter is {name}"));
        }
    }
    if backend == "ssz" && params.get("deletes").is_some_and(|keys| *keys != json!([])) {
        return reject(Class::InvalidArgument, "ssz has no deletion");
    }
    let Some(options) = params.get("options") else {
        return Ok(());
    };
    let is_known = |(name, value): (&String, &Value)| is_option(backend, name, value);
    match options.as_object() {
        Some(options) if options.iter().all(is_known) => Ok(()),
        _ => wrong(options, "options", "options of the backend"),
    }
}

/// All have a profile, `sparse` has a depth, and `patricia` hashes keys or not.
fn is_option(backend: &str, name: &str, value: &Value) -> bool {
    match (name, backend) {
        ("profile", _) => value == "strict" || value == "lenient",
        ("depth", "sparse") => value
            .as_u64()
            .is_some_and(|depth| (1..=256).contains(&depth)),
        ("secure", "patricia") => value.is_boolean(),
        _ => false,
    }
}

fn rejected(id: &Value, Rejection { class, message }: &Rejection) -> Value {
    let data = json!({ "class": class.name(), "details": {} });
    let error = json!({ "code": -32000, "message": message, "data": data });
    json!({ "jsonrpc": "2.0", "id": id, "error": error })
}

/// Answers what is no request. The harness never sends such a line.
fn failure(id: &Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}
