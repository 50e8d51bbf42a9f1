//! The adapter: declares the operations of your library and calls it. Fill in this file.

mod compact;

use proofhouse::{Adapter, Backend, Rejection, read_bytes, serve_adapter, to_hex};
use serde_json::{Value, json};

/// Everything listed here is declared, and the harness runs its cases.
const ADAPTER: Adapter = Adapter {
    name: "proofhouse-adapter",
    version: env!("CARGO_PKG_VERSION"),
    backends: &[Backend {
        name: "ssz",
        encodings: &["compact"],
        // Add the next operation here, as `("get", get)`, and a function `get` below.
        operations: &[("root", root)],
    }],
    unsupported: &[],
};

/// Answers `proof/root`: computes the root of a proof.
fn root(params: &Value) -> Result<Value, Rejection> {
    let proof = read_bytes(&params["proof"], "proof")?;
    let root = compact::root(&proof)?; // Your library's call goes here.
    Ok(json!({ "root": to_hex(&root) }))
}

fn main() -> std::io::Result<()> {
    serve_adapter(&ADAPTER)
}
