//! Uses of what was declared before: blocks, shared chains, networks of another macro call.

use super::known::{Borrowed, Known, Soundness};
use super::scope::Scope;
use super::sharing::Sharing;
use super::walk::Walk;
use crate::diag::Diagnostics;
use crate::layers::kind::Stop;
use crate::messages;
use crate::syntax::args::is_same;
use crate::syntax::ast::{Arg, ArgForm, Block, LayerCall, Shared, Written};
use crate::syntax::render::plain;

impl<'a> Walk<'a> {
    /// A use of a network that was declared elsewhere: fresh weights, under its name and number or a label.
    pub(super) fn library(&mut self, call: &LayerCall, library: &'a Borrowed<'a>, errors: &mut Diagnostics) {
        self.wants_flow(&call.words, &call.tokens, errors);
        let name = self.names.name(&plain(&call.word), call.label.as_ref(), &call.words);
        if !call.args.is_empty() {
            errors.push(messages::network_takes_nothing(call));
            return self.poison();
        }
        if library.network.inputs.len() > 1 {
            errors.push(messages::network_of_several_inputs(call));
            return self.poison();
        }
        let steps = self.steps.len();
        let known = std::mem::replace(&mut self.known, &library.known);
        let scope = std::mem::replace(&mut self.scope, library.known.scope.clone());
        let firsts = self.sharing.begin_network();
        self.names.enter(&name);
        let before = errors.len();
        // Heads are its own: what flows on is what flows into them.
        self.chain(&library.network.elements, errors);
        errors.within(before, &format!("in `{}`", call.words));
        self.names.leave();
        self.sharing.end_network(firsts);
        (self.known, self.scope) = (known, scope);
        self.close(steps, call.words.clone());
        self.tap(call.tap.as_ref(), errors);
    }

    /// A use of a block: fresh weights, under the block's name and number, or under a name that is given.
    pub(super) fn block(&mut self, call: &LayerCall, block: &Block, name: Option<String>, errors: &mut Diagnostics) {
        self.wants_flow(&call.words, &call.tokens, errors);
        let name = name.unwrap_or_else(|| self.names.name(&plain(&block.name), call.label.as_ref(), &call.words));
        let arguments = self.arguments(call, block, errors);
        let Some(numbers) = arguments else {
            self.poison();
            return;
        };
        let scope = self.known.scope.with(numbers);
        let outer = std::mem::replace(&mut self.scope, scope);
        let steps = self.steps.len();
        self.names.enter(&name);
        let before = errors.len();
        self.chain(&block.body, errors);
        errors.within(before, &format!("in `{}`", call.words));
        self.names.leave();
        self.scope = outer;
        self.close(steps, call.words.clone());
        self.tap(call.tap.as_ref(), errors);
    }

    /// The numbers of a block's use. `None` if one is missing or wrong, which is reported.
    fn arguments(
        &self,
        call: &LayerCall,
        block: &Block,
        errors: &mut Diagnostics,
    ) -> Option<Vec<(String, Option<i64>)>> {
        let mut given: Vec<Option<i64>> = vec![None; block.params.len()];
        let mut is_right = true;
        for (place, arg) in call.args.iter().enumerate() {
            match self.argument(arg, block, place) {
                Ok((index, _)) if given[index].is_some() => {
                    errors.push(messages::block_argument_twice(arg, &block.params[index].name));
                    is_right = false;
                }
                Ok((index, value)) => given[index] = Some(value),
                Err(stop) => {
                    is_right = false;
                    stop.report(errors);
                }
            }
        }
        if !is_right {
            return None;
        }
        // Defaults may use the numbers before them.
        let mut numbers: Vec<(String, Option<i64>)> = Vec::new();
        for (param, given) in block.params.iter().zip(given) {
            let value = match (given, &param.default) {
                (Some(value), _) => Some(value),
                (None, Some(default)) => match self.known.scope.with(numbers.clone()).signed(default) {
                    Ok(value) => Some(value),
                    Err(stop) => {
                        stop.report(errors);
                        return None;
                    }
                },
                (None, None) => {
                    errors.push(messages::block_argument_missing(block, &param.name, call));
                    return None;
                }
            };
            numbers.push((param.name.to_string(), value));
        }
        Some(numbers)
    }

    /// Which number an argument gives, and what it is.
    fn argument(&self, arg: &Arg, block: &Block, place: usize) -> Result<(usize, i64), Stop> {
        let form = || Stop::from(messages::block_argument_form(block, arg));
        match &arg.form {
            ArgForm::Broken => Err(Stop::Poisoned),
            ArgForm::Value(written) => {
                if place >= block.params.len() {
                    return Err(messages::block_arguments_too_many(block, arg).into());
                }
                let Written::Whole(expr) = written else { return Err(form()) };
                Ok((place, self.scope.signed(expr)?))
            }
            ArgForm::Option(name, written) => {
                // `s2` may set a `stride`, if there is no `s`.
                let mut params = block.params.iter();
                let exactly = params.position(|param| param.name == name);
                let like_it = || block.params.iter().position(|param| is_same(&plain(&param.name), name));
                let Some(index) = exactly.or_else(like_it) else {
                    return Err(messages::block_argument_unknown(block, arg, name).into());
                };
                let Written::Whole(expr) = written else { return Err(form()) };
                Ok((index, self.scope.signed(expr)?))
            }
        }
    }

    /// A use of a shared chain, behind what flows into it or with the name of a value.
    pub(super) fn shared(&mut self, call: &LayerCall, shared: &Shared, is_first: bool, errors: &mut Diagnostics) {
        match &call.args[..] {
            [] => {}
            [Arg { form: ArgForm::Value(Written::Whole(expr)), .. }] if expr.as_name().is_some() => {
                let name = expr.as_name().cloned().unwrap_or_else(|| call.word.clone());
                if !is_first {
                    errors.push(messages::recall_in_midchain(&name));
                    self.poison();
                    return;
                }
                self.take_up(&name, errors);
            }
            _ => {
                errors.push(messages::shared_takes_inputs(call));
                self.poison();
                return;
            }
        }
        self.wants_flow(&call.words, &call.tokens, errors);
        let name = self.names.name(&plain(&shared.name), call.label.as_ref(), &call.words);
        let Some(first) = self.sharing.enter(call) else {
            errors.push(messages::shared_within_shared(call));
            self.poison();
            return;
        };
        // The tensors of all uses are those of the first, so that one has the plain name.
        let name = if first && call.label.is_none() { self.names.full(&plain(&shared.name)) } else { name };
        let steps = self.steps.len();
        let scope = std::mem::replace(&mut self.scope, self.known.scope.clone());
        self.names.enter(&name);
        self.chain(&shared.body, errors);
        self.names.leave();
        self.scope = scope;
        self.sharing.leave();
        self.close(steps, call.words.clone());
        self.tap(call.tap.as_ref(), errors);
    }

    /// Makes one line of the way to here out of what came since.
    pub(super) fn close(&mut self, steps: usize, words: String) {
        self.steps.truncate(steps);
        if let Some(shape) = self.flow.at.as_ref().map(|here| here.incoming.shape) {
            self.step(words, shape);
        }
    }
}

/// Checks a block by itself, with numbers that are not known: what is wrong in any use is said once.
pub fn check_block(block: &Block, known: &Known<'_>, errors: &mut Diagnostics) -> Soundness {
    let before = errors.len();
    let mut walk = Walk::new(&[], known, errors);
    walk.scope = known.scope.with(block.params.iter().map(|param| (param.name.to_string(), None)).collect());
    walk.chain(&block.body, errors);
    Soundness::of(block.is_broken || errors.len() > before)
}

/// The same for a shared chain.
pub fn check_shared(shared: &Shared, known: &Known<'_>, errors: &mut Diagnostics) -> Soundness {
    let before = errors.len();
    let mut walk = Walk::new(&[], known, errors);
    walk.sharing = Sharing::of_declaration();
    walk.chain(&shared.body, errors);
    Soundness::of(shared.is_broken || errors.len() > before)
}

impl Scope {
    /// With more numbers, which hide those of the same names.
    fn with(&self, numbers: Vec<(String, Option<i64>)>) -> Self {
        let mut scope = self.clone();
        scope.add_first(numbers);
        scope
    }
}
