//! Files of tensors.

mod atomic;
pub mod safetensors;
