//! Checks of numbers from the command line.
#![allow(dead_code, reason = "each example takes what it needs")]

/// Refuses what is not 1 to `most`.
pub(crate) fn count(option: &str, value: usize, most: usize) -> Result<(), String> {
    if (1..=most).contains(&value) { Ok(()) } else { Err(format!("{option} is {value}, expected 1 to {most}")) }
}

/// Refuses what is not a number above zero.
pub(crate) fn above_zero(option: &str, value: f32) -> Result<(), String> {
    let is_right = value > 0.0 && value.is_finite();
    if is_right { Ok(()) } else { Err(format!("{option} is {value}, expected a number above 0")) }
}
