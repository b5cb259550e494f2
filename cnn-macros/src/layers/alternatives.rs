//! Spellings near the one that was written. Each has been through the checker before a message names it.

use super::kind::Call;
use crate::check::attempt::call_tokens;
use crate::shape::{Axis, Misfit, Shape, Window};

/// How many alternatives a message names.
const ENOUGH: usize = 4;
/// How far from what was written an alternative may lie: what is further away was not meant.
pub const NEAR: usize = 8;

/// The alternatives of a call that have been found to work.
#[derive(Debug)]
pub struct Alternatives<'a> {
    call: &'a Call<'a>,
    pub found: Vec<String>,
}

impl<'a> Alternatives<'a> {
    pub fn new(call: &'a Call<'a>) -> Self {
        Self { call, found: Vec::new() }
    }

    /// An option in the place of the one that was written, or behind the others, unless `most` have been found.
    pub fn option(&mut self, parameter: &str, text: &str, most: usize) {
        if let Some(attempt) = self.call.attempt.filter(|_| self.found.len() < most) {
            let args = self.call.arguments.respelt(parameter, text);
            let shape = call_tokens(self.call.kind.word, &args).and_then(|tokens| attempt.shape(tokens));
            self.found.extend(shape.map(|shape| format!("`{text}` gives {shape}")));
        }
    }

    /// The whole call with another value in a position. Whether it works.
    pub fn respell(&mut self, parameter: &str, text: &str, most: usize) -> bool {
        let Some(attempt) = self.call.attempt.filter(|_| self.found.len() < most) else { return false };
        let spelling = attempt.spell(self.call.kind.word, &self.call.arguments.respelt(parameter, text));
        let works = spelling.is_some();
        self.found.extend(spelling);
        works
    }
}

/// Windows that fit in the place of one that does not.
pub fn windows(call: &Call<'_>, window: &Window, input: Shape, misfits: [Option<Misfit>; 2]) -> Vec<String> {
    let mut near = Alternatives::new(call);
    let axes = [window.axis(input, 0), window.axis(input, 1)];
    let [vertical, horizontal] = axes.map(|axis| axis.solve_one_sided().unwrap_or_default());
    let one_sided = format!("p[{}, {}, {}, {}]", vertical[0], vertical[1], horizontal[0], horizontal[1]);
    if misfits.iter().flatten().any(|misfit| matches!(misfit, Misfit::Unsolvable(_))) {
        near.option("padding", &one_sided, ENOUGH);
        near.option("padding", "same", ENOUGH);
        return near.found;
    }
    // A pool's stride is its size unless it was given: nobody asked for another.
    let is_pool = matches!(call.kind.word, "pool" | "avg");
    if !is_pool || call.arguments.pair("stride").is_some() {
        strides(&mut near, window, &axes);
    }
    if let [Some(vertical), Some(horizontal)] = axes.map(|axis| axis.solve()) {
        // More than half of a pool's window in the padding was not meant.
        let is_sane = !is_pool || (2 * vertical <= window.kernel[0] && 2 * horizontal <= window.kernel[1]);
        let text = if vertical == horizontal { format!("p{vertical}") } else { format!("p{vertical}x{horizontal}") };
        if is_sane {
            near.option("padding", &text, 3);
        }
    }
    if !is_pool {
        // A convolution's size is part of what it computes; a pool's, below, is a choice.
        near.option("rounding", "floor", 3);
        near.option("padding", &one_sided, 3);
        return near.found;
    }
    let size = window.kernel[0].max(window.kernel[1]);
    let _ = (2..size).rev().take(NEAR).any(|size| near.respell("size", &size.to_string(), ENOUGH - 2));
    let larger = size + 1..=input.height.min(input.width);
    let _ = larger.take(NEAR).any(|size| near.respell("size", &size.to_string(), ENOUGH - 1));
    near.option("rounding", "floor", ENOUGH);
    near.option("rounding", "ceil", ENOUGH);
    near.found
}

/// The two strides just below the one that was written, the smaller one first.
fn strides(near: &mut Alternatives<'_>, window: &Window, axes: &[Axis; 2]) {
    let stride = window.stride[0].max(window.stride[1]);
    let fits = |stride: &usize| {
        axes.iter().all(|axis| Axis { stride: *stride, ..*axis }.slack().is_some_and(|slack| slack % stride == 0))
    };
    let below: Vec<usize> = (1..stride).rev().take(NEAR).filter(fits).take(2).collect();
    for stride in below.into_iter().rev() {
        near.option("stride", &format!("s{stride}"), 2);
    }
}
