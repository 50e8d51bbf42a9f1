//! The line protocol: one JSON-RPC message per line, answered in order.

use serde_json::{json, Value};
use std::io::{self, BufRead, Write};

/// The error classes of docs/spec/protocol.md.
pub const MALFORMED: &str = "malformed";
/// The proof authenticates but is not canonical; only in the strict profile.
pub const NON_CANONICAL: &str = "non-canonical";
pub const INVALID_PROOF: &str = "invalid-proof";
/// The proof authenticates but does not cover the key.
pub const INCOMPLETE: &str = "incomplete";
pub const INVALID: &str = "invalid-argument";
pub const LIMIT_EXCEEDED: &str = "limit-exceeded";
pub const UNSUPPORTED: &str = "unsupported";
/// A fault of the library; no case accepts it.
pub const INTERNAL: &str = "internal";

/// An answer of one of the interface's error classes.
pub struct Rejection {
    pub class: &'static str,
    pub message: String,
}

pub fn reject<T>(class: &'static str, message: impl Into<String>) -> Result<T, Rejection> {
    let message = message.into();
    Err(Rejection { class, message })
}

pub type Method = fn(params: &Value) -> Result<Value, Rejection>;

/// Answers the requests on stdin until shutdown or the end of input. It does not catch panics: a panic ends the process, and
/// the harness reports a crash.
pub fn serve(initialize: &Value, methods: &[(&str, Method)]) -> io::Result<()> {
    serve_calls(initialize, |called, params| {
        methods.iter().find(|(name, _)| *name == called).map(|(_, method)| method(params))
    })
}

/// Like `serve`, with one function for all methods. It returns `None` for an unknown method.
pub fn serve_calls(
    initialize: &Value,
    call: impl Fn(&str, &Value) -> Option<Result<Value, Rejection>>,
) -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::BufWriter::new(io::stdout().lock()));
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let (answer, is_last) = answer_line(&line, initialize, &call);
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        output.flush()?;
        if is_last {
            break;
        }
        line.clear();
    }
    Ok(())
}

fn answer_line(
    line: &[u8],
    initialize: &Value,
    call: &impl Fn(&str, &Value) -> Option<Result<Value, Rejection>>,
) -> (Value, bool) {
    let request: Value = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(error) => return (failure(&Value::Null, -32700, &format!("not JSON: {error}")), false),
    };
    let (id, params) = (&request["id"], &request["params"]);
    let id = if id.is_i64() { id } else { &Value::Null };
    let (Some(method), true, false) = (request["method"].as_str(), params.is_object(), id.is_null()) else {
        return (failure(id, -32600, "not a request: expected id, method and params"), false);
    };
    let answer = match method {
        "initialize" => success(id, initialize.clone()),
        "shutdown" => success(id, json!({})),
        _ => match call(method, params) {
            None => failure(id, -32601, &format!("unknown method {method:.80}")),
            Some(Ok(result)) => success(id, result),
            Some(Err(Rejection { class, message })) => {
                let data = json!({ "class": class, "details": {} });
                json!({ "jsonrpc": "2.0", "id": id, "error": { "code": -32000, "message": message, "data": data } })
            }
        },
    };
    (answer, method == "shutdown")
}

fn success(id: &Value, result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

fn failure(id: &Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}
