//! The words of the language, one documented item each: what an editor shows when it hovers a layer.
//!
//! `network!` emits a use of the item with the word's own span; nothing here does anything.
