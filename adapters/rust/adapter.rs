//! What the adapters of Rust libraries have in common: the protocol, and the forms of values. What is true is for the
//! library to say.

mod lines;
mod values;

pub use lines::{reject, serve, Method, Rejection};
pub use values::{to_bytes, to_list, to_members, to_params, to_quantity, Asked, Members, INVALID, MALFORMED};
