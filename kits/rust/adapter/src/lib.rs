//! The adapter library for Rust: the protocol, the declaration of backends, and the readers of values. It checks only the form
//! of values; the library under test checks their meaning.

mod declaration;
mod protocol;
mod values;

pub use declaration::{serve_adapter, Adapter, Backend, Operation};
pub use protocol::{reject, serve, Method, Rejection};
pub use protocol::{
    INCOMPLETE, INTERNAL, INVALID, INVALID_PROOF, LIMIT_EXCEEDED, MALFORMED, NON_CANONICAL, UNSUPPORTED,
};
pub use values::{read_bytes, read_gindex, read_list, read_name, read_node, to_hex, wrong};
pub use values::{to_bytes, to_list, to_members, to_params, to_quantity, Members, Signature};
