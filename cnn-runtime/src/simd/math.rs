//! Vector functions.
