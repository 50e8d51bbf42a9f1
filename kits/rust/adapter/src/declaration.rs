//! Turns a declaration of backends into methods, with the checks common to all operations.

use crate::protocol::serve_calls;
use crate::{read_name, reject, wrong, Rejection, INVALID, UNSUPPORTED};
use serde_json::{json, Map, Value};
use std::io;

/// The result of `initialize`, and the function of each operation.
pub struct Adapter {
    pub name: &'static str,
    pub version: &'static str,
    pub backends: &'static [Backend],
    /// Declared cases that cannot run: a glob over case ids, and a reason.
    pub unsupported: &'static [(&'static str, &'static str)],
}

pub struct Backend {
    pub name: &'static str,
    pub encodings: &'static [&'static str],
    pub operations: &'static [(&'static str, Operation)],
}

/// Maps the parameters of a request to its result.
pub type Operation = fn(&Value) -> Result<Value, Rejection>;

/// Parameters of each operation, besides `backend` and `options`.
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

/// Answers the requests on stdin until shutdown or the end of input.
pub fn serve_adapter(adapter: &Adapter) -> io::Result<()> {
    serve_calls(&initialize(adapter), |method, params| {
        let name = method.strip_prefix("proof/")?;
        let (_, parameters) = PARAMETERS.iter().find(|known| known.0 == name)?;
        Some(call(adapter, name, parameters, params))
    })
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

/// Makes the checks common to all operations, then calls the operation `name`.
fn call(adapter: &Adapter, name: &str, parameters: &[&str], params: &Value) -> Result<Value, Rejection> {
    let backend_name = read_name(&params["backend"], "backend")?;
    check_parameters(backend_name, params, parameters)?;
    let Some(backend) = adapter.backends.iter().find(|known| known.name == backend_name) else {
        return reject(UNSUPPORTED, format!("{backend_name:.80} is not declared"));
    };
    let Some((_, operation)) = backend.operations.iter().find(|known| known.0 == name) else {
        return reject(UNSUPPORTED, format!("{name} of {backend_name} is not declared"));
    };
    for role in ["encoding", "from", "to"] {
        if !parameters.contains(&role) {
            continue;
        }
        let encoding = read_name(&params[role], role)?;
        if !backend.encodings.contains(&encoding) {
            return reject(UNSUPPORTED, format!("{encoding:.80} is not declared"));
        }
    }
    operation(params)
}

/// Rejects unknown parameters and options.
fn check_parameters(backend: &str, params: &Value, parameters: &[&str]) -> Result<(), Rejection> {
    for name in params.as_object().into_iter().flat_map(Map::keys) {
        if !parameters.contains(&name.as_str()) && name != "backend" && name != "options" {
            return reject(INVALID, format!("unknown parameter {name:.80}"));
        }
    }
    if backend == "ssz" && params.get("deletes").is_some_and(|keys| *keys != json!([])) {
        return reject(INVALID, "ssz has no deletion");
    }
    let Some(options) = params.get("options") else {
        return Ok(());
    };
    let is_known = |(name, value): (&String, &Value)| is_option(backend, name, value);
    match options.as_object() {
        Some(options) if options.iter().all(is_known) => Ok(()),
        _ => wrong(options, "options", "an object of the backend's options"),
    }
}

/// All backends have `profile`, `sparse` has `depth`, and `patricia` has `secure`.
fn is_option(backend: &str, name: &str, value: &Value) -> bool {
    match (name, backend) {
        ("profile", _) => value == "strict" || value == "lenient",
        ("depth", "sparse") => value.as_u64().is_some_and(|depth| (1..=256).contains(&depth)),
        ("secure", "patricia") => value.is_boolean(),
        _ => false,
    }
}
