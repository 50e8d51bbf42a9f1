//! The adapter: what your library can do, and how it is called. This is the file to fill in.

mod compact;

use proofhouse::{Adapter, Backend, Rejection, read_bytes, serve_adapter, to_hex};
use serde_json::{Value, json};

/// What is listed here is declared, and what is declared is put to the test.
const ADAPTER: Adapter = Adapter {
    name: "proofhouse-adapter",
    version: env!("CARGO_PKG_VERSION"),
    backends: &[Backend {
        name: "ssz",
        encodings: &["compact"],
        // The next operation goes here, as `("get", get)`, with a function `get` below.
        operations: &[("root", root)],
    }],
    unsupported: &[],
};

/// `proof/root`: the root that a proof stands for.
fn root(params: &Value) -> Result<Value, Rejection> {
    let proof = read_bytes(&params["proof"], "proof")?;
    let root = compact::root(&proof)?; // Your library's call goes here.
    Ok(json!({ "root": to_hex(&root) }))
}

fn main() -> std::io::Result<()> {
    serve_adapter(&ADAPTER)
}
