//! Parameters by name, in files' order, and files of them.
