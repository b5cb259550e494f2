//! The compiler behind `network!`.
