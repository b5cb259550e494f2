//! Depends on cnn under another name.
