//! The conversation: one JSON-RPC message per line.

use serde_json::{json, Value};
use std::io::{self, BufRead, Write};

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

/// Answers the requests on stdin until shutdown or the end of input. It catches nothing: a panic ends the process and
/// is seen as the crash that it is.
pub fn serve(initialize: &Value, methods: &[(&str, Method)]) -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let message = serde_json::from_slice(&line).unwrap_or(Value::Null);
        let mut answer = serde_json::to_vec(&answer(&message, initialize, methods))?;
        answer.push(b'\n');
        output.write_all(&answer)?;
        output.flush()?;
        if message["method"] == "shutdown" {
            break;
        }
        line.clear();
    }
    Ok(())
}

fn answer(message: &Value, initialize: &Value, methods: &[(&str, Method)]) -> Value {
    let (id, params) = (&message["id"], &message["params"]);
    let method = |called: &str| methods.iter().find(|(name, _)| *name == called).map(|(_, method)| method);
    let outcome = match message["method"].as_str() {
        None => Err(json!({"code": -32600, "message": "not a request: id, method, params"})),
        Some("initialize") => Ok(initialize.clone()),
        Some("shutdown") => Ok(json!({})),
        Some(called) => match method(called) {
            Some(method) => method(params).map_err(|Rejection { class, message }| {
                json!({"code": -32000, "message": message, "data": {"class": class, "details": {}}})
            }),
            None => Err(json!({"code": -32601, "message": format!("unknown method {called:.80}")})),
        },
    };
    match outcome {
        Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
        Err(error) => json!({"jsonrpc": "2.0", "id": id, "error": error}),
    }
}
