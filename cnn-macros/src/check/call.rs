//! One layer call: known word, then arguments, then the kind's own rules. Each level stops only its own layer.

use super::attempt::Attempt;
use super::scope::Scope;
use crate::diag::Diagnostics;
use crate::foreign;
use crate::layers::arguments::bind;
use crate::layers::kind::{Call, Incoming, Layer};
use crate::layers::kind_of;
use crate::messages;
use crate::suggest;
use crate::syntax::ast::LayerCall;

/// Checks a call. `None` if its output is unknown; the reason has been reported, here or before.
pub fn check_call(
    call: &LayerCall,
    incoming: Option<&Incoming>,
    scope: &Scope,
    attempt: Option<Attempt<'_>>,
    errors: &mut Diagnostics,
) -> Option<Layer> {
    let Some(kind) = kind_of(&call.word.to_string()) else {
        let answer = suggest::word(&call.word.to_string());
        let spelling = attempt.and_then(|attempt| respelling(call, &answer, attempt));
        errors.push(messages::unknown_word(&call.word, &answer, spelling));
        return None;
    };
    let arguments = bind(kind, call, scope, attempt, errors)?;
    let call = Call { kind, words: &call.words, tokens: &call.tokens, arguments, incoming: incoming.cloned(), attempt };
    match (kind.check)(&call) {
        Ok(layer) => Some(layer),
        Err(stop) => {
            stop.report(errors);
            None
        }
    }
}

/// The call in our words, if all of it is understood and works out.
fn respelling(call: &LayerCall, answer: &suggest::Answer, attempt: Attempt<'_>) -> Option<String> {
    let word = answer.word()?;
    let as_written = || {
        let args: Vec<_> = call.args.iter().map(|arg| arg.tokens.clone()).collect();
        attempt.spell(word, &args)
    };
    let translated = || foreign::spell(kind_of(word)?, &call.word.to_string(), &call.args, attempt);
    match answer {
        suggest::Answer::Near(_) => as_written().or_else(translated),
        _ => translated(),
    }
}
