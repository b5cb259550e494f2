//! A call's arguments, matched with what its kind takes.

use proc_macro2::TokenStream;

use super::kind::{Form, Kind, Parameter, Place, Stop, Value};
use crate::check::attempt::{Attempt, call_tokens};
use crate::check::scope::{Here, Scope};
use crate::diag::{Diagnostic, Diagnostics};
use crate::foreign;
use crate::messages;
use crate::shape::{LIMIT, Shape};
use crate::suggest;
use crate::syntax::args::spellings;
use crate::syntax::ast::{Arg, ArgForm, Expr, LayerCall, Written};
use crate::syntax::render::render;

/// The arguments of a call that fit its kind's parameters, defaults not filled in.
#[derive(Debug)]
pub struct Arguments {
    parameters: &'static [Parameter],
    given: Vec<Option<Given>>,
    /// The arguments as written, and which parameter each sets.
    written: Vec<(usize, TokenStream)>,
}

#[derive(Clone, Debug)]
struct Given {
    value: Value,
    tokens: TokenStream,
}

impl Arguments {
    fn find(&self, name: &str) -> Option<&Given> {
        let index = self.parameters.iter().position(|parameter| parameter.name == name);
        debug_assert!(index.is_some(), "no parameter `{name}`");
        self.given.get(index?)?.as_ref()
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.find(name).map(|given| &given.value)
    }

    /// The tokens of an argument that was given.
    pub fn tokens(&self, name: &str) -> Option<&TokenStream> {
        self.find(name).map(|given| &given.tokens)
    }

    pub fn count(&self, name: &str) -> Option<usize> {
        match self.value(name)? {
            Value::Count(count) => Some(*count),
            _ => None,
        }
    }

    pub fn pair(&self, name: &str) -> Option<[usize; 2]> {
        match self.value(name)? {
            Value::Pair(pair) => Some(*pair),
            _ => None,
        }
    }

    pub fn real(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Value::Real(real) => Some(*real),
            _ => None,
        }
    }

    /// The word that sets a parameter.
    pub fn word(&self, name: &str) -> Option<&'static str> {
        match self.value(name)? {
            Value::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn shape(&self, name: &str) -> Option<Shape> {
        match self.value(name)? {
            Value::Shape(shape) => Some(*shape),
            _ => None,
        }
    }

    pub fn tap(&self, name: &str) -> Option<&Here> {
        match self.value(name)? {
            Value::Tap(here) => Some(here),
            _ => None,
        }
    }

    /// Any value of a parameter.
    pub fn any(&self, name: &str) -> Option<&Value> {
        self.value(name)
    }

    /// The arguments with another one in the place of whatever sets a parameter; at the end if nothing does.
    pub fn respelt(&self, name: &str, text: &str) -> Vec<TokenStream> {
        let new: TokenStream = text.parse().unwrap_or_default();
        let mut replaced = false;
        let mut list: Vec<TokenStream> = Vec::new();
        for (parameter, tokens) in &self.written {
            let is_it = self.parameters[*parameter].name == name;
            replaced |= is_it;
            list.push(if is_it { new.clone() } else { tokens.clone() });
        }
        if !replaced {
            list.push(new);
        }
        list
    }
}

/// Matches arguments with parameters. `None` if something is wrong, which has been reported.
pub fn bind(
    kind: &'static Kind,
    call: &LayerCall,
    scope: &Scope,
    attempt: Option<Attempt<'_>>,
    errors: &mut Diagnostics,
) -> Option<Arguments> {
    let mut binder = Binder {
        kind,
        call,
        scope,
        attempt,
        arguments: Arguments {
            parameters: kind.parameters,
            given: kind.parameters.iter().map(|_| None).collect(),
            written: Vec::new(),
        },
        named_from: None,
        is_answered: false,
    };
    let mut is_sound = true;
    for arg in &call.args {
        if let Err(stop) = binder.arg(arg) {
            is_sound = false;
            stop.report(errors);
        }
        if binder.is_answered {
            break;
        }
    }
    if !is_sound {
        return None;
    }
    match binder.missing() {
        Some(mistake) => {
            errors.push(mistake);
            None
        }
        None => Some(binder.arguments),
    }
}

struct Binder<'a> {
    kind: &'static Kind,
    call: &'a LayerCall,
    scope: &'a Scope,
    attempt: Option<Attempt<'a>>,
    arguments: Arguments,
    /// The first argument that was given by name.
    named_from: Option<TokenStream>,
    /// A message has spelt the whole call as it should be: there is no more to say about it.
    is_answered: bool,
}

impl Binder<'_> {
    fn arg(&mut self, arg: &Arg) -> Result<(), Stop> {
        match &arg.form {
            ArgForm::Broken => Err(Stop::Poisoned),
            ArgForm::Value(written) => match bare_name(written).filter(|name| !self.scope.knows(name)) {
                Some(name) => self.word(arg, &name),
                None => self.positional(arg, written),
            },
            ArgForm::Option(name, written) => self.option(arg, name, written),
        }
    }

    fn word(&mut self, arg: &Arg, word: &str) -> Result<(), Stop> {
        let setting = self.kind.parameters.iter().enumerate().find_map(|(index, parameter)| {
            parameter.words.iter().find(|known| **known == word).map(|known| (index, *known))
        });
        match setting {
            Some((index, word)) => {
                self.named_from.get_or_insert_with(|| arg.tokens.clone());
                self.set(index, Value::Word(word), arg)
            }
            None => Err(self.unknown(arg, word)),
        }
    }

    /// An option that the layer does not have: of another framework, or misspelt.
    fn unknown(&mut self, arg: &Arg, name: &str) -> Stop {
        let spelling = suggest::foreign_option(self.kind, name).and_then(|_| self.foreign_call());
        let number = suggest::nearest(name, self.scope.names());
        messages::unknown_option(self.kind, arg, name, spelling, number, &self.help()).into()
    }

    /// The whole call as it is written here, if its arguments are those of another framework and it works out.
    fn foreign_call(&mut self) -> Option<String> {
        let spelling = foreign::spell(self.kind, &self.call.word.to_string(), &self.call.args, self.attempt?);
        self.is_answered |= spelling.is_some();
        spelling
    }

    fn option(&mut self, arg: &Arg, name: &str, written: &Written) -> Result<(), Stop> {
        let is_it = |parameter: &Parameter| parameter.names().any(|known| known == name);
        let Some(index) = self.kind.parameters.iter().position(is_it) else {
            return Err(self.unknown(arg, name));
        };
        let parameter = &self.kind.parameters[index];
        if parameter.place != Place::Named {
            let spelling = self.foreign_call();
            return Err(messages::named_position(self.kind, parameter, arg, spelling).into());
        }
        let value = bare_name(written).filter(|name| !self.scope.knows(name));
        // `algo = direct`; but `bias = nobias` would be a riddle.
        let meant = parameter.words.iter().find(|word| Some(**word) == value.as_deref());
        if let Some(word) = meant.filter(|word| parameter.form == Form::Word && !word.ends_with(parameter.name)) {
            self.named_from.get_or_insert_with(|| arg.tokens.clone());
            return self.set(index, Value::Word(word), arg);
        }
        let word = match parameter.form {
            // `bias = false`
            Form::Word if parameter.words.len() == 1 => parameter.words.first(),
            _ => meant,
        };
        if let Some(word) = word {
            return Err(messages::word_as_value(parameter, word, arg).into());
        }
        let value = self.convert(parameter, written, arg)?;
        self.named_from.get_or_insert_with(|| arg.tokens.clone());
        self.set(index, value, arg)
    }

    fn positional(&mut self, arg: &Arg, written: &Written) -> Result<(), Stop> {
        let by_name = self.kind.parameters.iter().find(|parameter| parameter.form == Form::Tap);
        if let (Written::Tap(name), Some(parameter)) = (written, by_name) {
            return Err(messages::tap_by_position(parameter, name, arg).into());
        }
        if let Some(first) = &self.named_from {
            return Err(messages::position_behind_option(self.kind, arg, &render(first)).into());
        }
        let taken = self.arguments.written.len();
        let Some(parameter) = self.kind.parameters.get(taken).filter(|parameter| parameter.place != Place::Named)
        else {
            return Err(messages::too_many(self.kind, arg, &self.help()).into());
        };
        let value = self.convert(parameter, written, arg)?;
        self.set(taken, value, arg)
    }

    fn set(&mut self, index: usize, value: Value, arg: &Arg) -> Result<(), Stop> {
        if let Some(before) = &self.arguments.given[index] {
            let name = self.kind.parameters[index].name;
            return Err(messages::set_twice(name, &render(&before.tokens), arg).into());
        }
        self.arguments.given[index] = Some(Given { value, tokens: arg.tokens.clone() });
        self.arguments.written.push((index, arg.tokens.clone()));
        Ok(())
    }

    fn missing(&self) -> Option<Diagnostic> {
        let missing = |(index, parameter): &(usize, &Parameter)| {
            parameter.place == Place::Required && self.arguments.given[*index].is_none()
        };
        let (_, parameter) = self.kind.parameters.iter().enumerate().find(missing)?;
        Some(messages::missing(self.kind, parameter, self.call, &self.help()))
    }

    /// the outputs of `fc`
    fn whose(&self, parameter: &Parameter) -> String {
        format!("the {} of `{}`", parameter.name, self.kind.word)
    }

    fn help(&self) -> Helper<'_> {
        Helper { call: self.call, attempt: self.attempt }
    }

    fn convert(&self, parameter: &Parameter, written: &Written, arg: &Arg) -> Result<Value, Stop> {
        let refuse = || Stop::from(messages::wrong_form(self.kind, parameter, arg));
        let whole = |expr: &Expr| self.whole(parameter, expr, arg);
        let small = |size: u64| self.size(parameter, size, arg, None);
        Ok(match (parameter.form, written) {
            (Form::Count, Written::Whole(expr)) => Value::Count(whole(expr)?),
            (Form::Pair, Written::Whole(expr)) => Value::Pair([whole(expr)?; 2]),
            (Form::Pair, Written::Pair([height, width])) => Value::Pair([small(*height)?, small(*width)?]),
            (Form::Sides, Written::Whole(expr)) => Value::Sides([whole(expr)?; 4]),
            (Form::Sides, Written::Pair([height, width])) => {
                let (height, width) = (small(*height)?, small(*width)?);
                Value::Sides([height, height, width, width])
            }
            (Form::Sides, Written::List(list)) => match &list[..] {
                [top, bottom, left, right] => Value::Sides([whole(top)?, whole(bottom)?, whole(left)?, whole(right)?]),
                _ => return Err(refuse()),
            },
            (Form::Sides, Written::Solve) => Value::Solve,
            (Form::Shape, Written::Whole(expr)) => Value::Shape(Shape::vector(whole(expr)?)),
            (Form::Shape, Written::Volume([height, width, channels])) => {
                Value::Shape(Shape::volume(small(*height)?, small(*width)?, small(*channels)?))
            }
            (Form::Shape, Written::List(list)) => match &list[..] {
                [height, width, channels] => {
                    Value::Shape(Shape::volume(whole(height)?, whole(width)?, whole(channels)?))
                }
                _ => return Err(refuse()),
            },
            (Form::Tap, Written::Tap(name)) => Value::Tap(self.scope.value(name)?),
            (_, Written::Volume(_)) => {
                return Err(messages::volume_as_argument(arg.tokens.clone(), &render(&arg.tokens)).into());
            }
            (Form::Pair | Form::Sides, Written::Tuple([height, width])) => {
                let letter = match parameter.place {
                    Place::Named => spellings(parameter.name).next(),
                    _ => None,
                };
                let instead = format!("{}{height}x{width}", letter.unwrap_or_default());
                let spelling = self.help().replace(arg, &instead).unwrap_or_else(|| format!("`{instead}`"));
                return Err(messages::pair_in_parentheses(arg, spelling).into());
            }
            (Form::Count | Form::Pair | Form::Sides | Form::Shape, Written::Fraction(value)) => {
                return Err(messages::not_whole(arg.tokens.clone(), &render(&arg.tokens), *value).into());
            }
            (Form::Real { .. }, Written::Fraction(value)) => self.real(parameter, *value, arg)?,
            (Form::Real { .. }, Written::Whole(expr)) => {
                let value = self.scope.signed(expr)?;
                self.real(parameter, value as f64, arg)?
            }
            _ => return Err(refuse()),
        })
    }

    fn whole(&self, parameter: &Parameter, expr: &Expr, arg: &Arg) -> Result<usize, Stop> {
        let value = self.scope.signed(expr)?;
        match u64::try_from(value) {
            Ok(size) => self.size(parameter, size, arg, Some(expr)),
            Err(_) => Err(messages::negative(&self.whose(parameter), &expr.tokens, value).into()),
        }
    }

    fn size(&self, parameter: &Parameter, size: u64, arg: &Arg, expr: Option<&Expr>) -> Result<usize, Stop> {
        let tokens = expr.filter(|_| !matches!(arg.form, ArgForm::Option(..))).map_or(&arg.tokens, |expr| &expr.tokens);
        if size == 0 && !parameter.zero {
            return Err(messages::zero(self.kind, parameter, tokens).into());
        }
        if size > LIMIT {
            return Err(messages::size_too_large(&self.whose(parameter), tokens, size).into());
        }
        usize::try_from(size).map_err(|_| messages::size_too_large(&self.whose(parameter), tokens, size).into())
    }

    fn real(&self, parameter: &Parameter, value: f64, arg: &Arg) -> Result<Value, Stop> {
        let Form::Real { from, to } = parameter.form else {
            return Err(messages::wrong_form(self.kind, parameter, arg).into());
        };
        // What single precision cannot hold is as far out of bounds as anything.
        let in_bounds = value >= from && to.holds(value) && (value as f32).is_finite();
        if in_bounds {
            Ok(Value::Real(value))
        } else {
            Err(messages::out_of_bounds(self.kind, parameter, arg, value).into())
        }
    }
}

/// A name and nothing else.
fn bare_name(written: &Written) -> Option<String> {
    match written {
        Written::Whole(expr) => expr.as_name().map(ToString::to_string),
        _ => None,
    }
}

/// Tries other spellings of a call for messages about its arguments.
pub struct Helper<'a> {
    pub call: &'a LayerCall,
    attempt: Option<Attempt<'a>>,
}

impl Helper<'_> {
    /// The call with other arguments and what it makes, if the checker has nothing against it.
    pub fn spell(&self, word: &str, args: &[TokenStream]) -> Option<String> {
        self.attempt?.spell(word, args)
    }

    /// The call with one argument replaced, and what it makes.
    pub fn replace(&self, arg: &Arg, text: &str) -> Option<String> {
        let new: TokenStream = text.parse().ok()?;
        let is_it = |other: &Arg| std::ptr::eq(other, arg);
        let args: Vec<_> =
            self.call.args.iter().map(|other| if is_it(other) { new.clone() } else { other.tokens.clone() }).collect();
        let tokens = call_tokens(&self.call.word.to_string(), &args)?;
        let shape = self.attempt?.shape(tokens)?;
        Some(format!("`{text}` gives {shape}"))
    }

    /// Channels of the input, if they are known.
    pub fn channels(&self) -> Option<usize> {
        Some(self.attempt?.incoming?.shape.channels)
    }
}
