//! How every example ends.

use std::process::ExitCode;

/// Turns the outcome of a run into the program's: an error is told in words.
pub(crate) fn finish(outcome: Result<(), Box<dyn std::error::Error>>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
