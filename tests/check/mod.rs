//! Whole networks against the float64 reference: outputs, loss, running statistics, and every gradient against finite
//! differences.
//!
//! What depends on the network's type is a thin shell, `machine.rs`; the rest is compiled once.

mod differences;
mod draw;
mod examine;
mod machine;
mod outcome;
mod probe;
mod slopes;
mod subject;

#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use cnn::Network;

pub use draw::Random;
use machine::{Machine, Typed};
pub use outcome::Outcome;

use crate::reference::Graph;

/// Checks one network with parameters, inputs and targets that the seed draws. It is a chain: the reference goes by its
/// table of layers.
pub fn check<N: Network>(seed: u64) -> Outcome {
    run(&|| Box::new(Typed::<N>::new()), None, seed)
}

/// Checks one network of a declaration, which the reference reads itself.
pub fn check_declared<N: Network>(declaration: &str, seed: u64) -> Outcome {
    run(&|| Box::new(Typed::<N>::new()), Some(declaration), seed)
}

/// Hands a declaration to `network!`, and to the reference as a constant text.
#[macro_export]
macro_rules! declare {
    ($text:ident; $($declaration:tt)*) => {
        cnn::network! { $($declaration)* }
        const $text: &str = stringify!($($declaration)*);
    };
}

/// Checks all networks of such a declaration.
#[macro_export]
macro_rules! check_declared {
    ($text:ident: $($network:ident),+ $(,)?) => {{
        $crate::check::assert_complete($text, &[$(stringify!($network)),+]);
        $crate::check::check_all(&[$(|seed| $crate::check::check_declared::<$network>($text, seed)),+]);
    }};
}

/// Makes sure that no network of a declaration was forgotten.
///
/// # Panics
/// If one was.
pub fn assert_complete(declaration: &str, networks: &[&str]) {
    let names = Graph::names(declaration).expect("a declaration that the reference understands");
    assert_eq!(names, networks, "the networks that are checked");
}

/// Checks networks, the first with seed 0, on as many threads as the machine has.
///
/// # Panics
/// If any of them is wrong: all that differs is listed.
pub fn check_all(checks: &[fn(u64) -> Outcome]) {
    let (next, outcomes) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(check) = checks.get(i) else { return };
            let outcome = check(i as u64);
            outcomes.lock().expect("no thread panics with the list in hand").push((i, outcome));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });

    let mut outcomes = outcomes.into_inner().expect("no thread panicked with the list in hand");
    outcomes.sort_by_key(|(i, _)| *i);
    let outcomes: Vec<Outcome> = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
    println!("{}", outcome::summary(&outcomes));
    // Of random networks, one may be dead by its layers; of those written by hand, none.
    let hopeless: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.is_hopeless).collect();
    let is_random = |outcome: &&&Outcome| ["Random", "Graph"].iter().any(|name| outcome.network.starts_with(name));
    let most = if hopeless.iter().all(|outcome| is_random(&outcome)) { (checks.len() / 20).max(1) } else { 0 };
    assert!(
        hopeless.len() <= most,
        "for {} of {} networks nothing could be drawn: {hopeless:#?}",
        hopeless.len(),
        checks.len()
    );
    let wrong: Vec<String> = outcomes.iter().filter(|o| !o.findings.is_empty()).map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{} of {} networks are wrong:\n{}", wrong.len(), checks.len(), wrong.join("\n"));
}

/// Checks a network; a panic is one more thing that is wrong with it.
fn run(make: &dyn Fn() -> Box<dyn Machine>, declaration: Option<&str>, seed: u64) -> Outcome {
    let facts = make().facts();
    let outcome = catch_unwind(AssertUnwindSafe(|| examine::examine(&mut *make(), declaration, seed)));
    outcome.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Outcome::new(&facts, seed, vec![format!("panic: {}", text.unwrap_or("of unknown kind"))])
    })
}
