//! Shapes that do not fit.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::thousands;
use crate::diag::Diagnostic;
use crate::layers::kind::Incoming;
use crate::order::Order;
use crate::shape::{Axis, LIMIT, Misfit, Shape};
use crate::syntax::ast::Dims;
use crate::syntax::render::render;

/// A window that does not fit its input, vertically or horizontally.
pub fn window_does_not_fit(
    words: &str,
    tokens: TokenStream,
    input: Shape,
    misfits: [Option<Misfit>; 2],
    help: &[String],
) -> Diagnostic {
    let is_too_large = misfits.iter().flatten().any(|misfit| matches!(misfit, Misfit::TooLarge(_)));
    let is_unsolvable = misfits.iter().flatten().any(|misfit| matches!(misfit, Misfit::Unsolvable(_)));
    let title = if is_too_large {
        format!("the window of `{words}` is larger than its {input} input")
    } else if is_unsolvable {
        format!("no symmetric padding makes `{words}` fit its {input} input")
    } else {
        format!("`{words}` does not fit its {input} input")
    };
    let mut mistake = Diagnostic::new(tokens, title).with_trail();
    let lines: Vec<(&str, Vec<String>)> = ["height", "width"]
        .into_iter()
        .zip(misfits)
        .filter_map(|(name, misfit)| Some((name, arithmetic(&misfit?))))
        .collect();
    // Square windows on square inputs need their arithmetic once.
    match &lines[..] {
        [(_, vertical), (_, horizontal)] if vertical == horizontal => mistake.body.extend(vertical.iter().cloned()),
        _ => {
            for (name, lines) in &lines {
                mistake.body.extend(lines.iter().map(|line| format!("{name}: {line}")));
            }
        }
    }
    if !help.is_empty() {
        mistake.help = Some(help.join(", "));
    }
    mistake
}

/// The lecture's formula with the numbers of one direction.
fn arithmetic(misfit: &Misfit) -> Vec<String> {
    let (axis, solves) = match misfit {
        Misfit::TooLarge(axis) | Misfit::Remainder(axis) => (axis, false),
        Misfit::Unsolvable(axis) => (axis, true),
    };
    let Axis { size, kernel, stride, dilation, padding } = *axis;
    let reach = axis.reach();
    let mut lines = Vec::new();
    if dilation > 1 {
        lines.push(format!("F = D * (K - 1) + 1 = {dilation} * ({kernel} - 1) + 1 = {reach}"));
    }
    let (symbol, padded) = match padding {
        [before, after] if before == after => ("2P", format!("2*{before}")),
        [before, after] => ("P1 + P2", format!("{before} + {after}")),
    };
    if solves {
        lines.push(format!(
            "(N + 2P - F) / S + 1 = ({size} + 2P - {reach}) / {stride} + 1 is whole for no P below F = {reach}"
        ));
        return lines;
    }
    let total = size as i128 + padding[0] as i128 + padding[1] as i128 - reach as i128;
    if matches!(misfit, Misfit::TooLarge(_)) {
        lines.push(format!("N + {symbol} - F = {size} + {padded} - {reach} = {total}, less than zero"));
        return lines;
    }
    lines.push(format!(
        "(N + {symbol} - F) / S + 1 = ({size} + {padded} - {reach}) / {stride} + 1 = {}, not a whole number",
        quotient(total + stride as i128, stride as i128)
    ));
    lines
}

/// A quotient that is not whole, with two decimals; as a fraction where they would look whole.
fn quotient(total: i128, divisor: i128) -> String {
    let hundredths = (total * 200 / divisor + 1) / 2;
    match (hundredths / 100, hundredths % 100) {
        (_, 0) => format!("{} + {}/{divisor}", total / divisor, total % divisor),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

/// A window over a vector; `what_for` ends the reason.
pub fn needs_a_volume(words: &str, tokens: &TokenStream, input: Shape, what_for: &str) -> Diagnostic {
    Diagnostic::new(tokens.clone(), format!("`{words}` needs a volume, and its input is a vector of {input}"))
        .line(format!("a vector has no height and width {what_for}"))
        .with_trail()
}

/// A layer that tells channels apart, behind `flatten`.
pub fn flattened(words: &str, tokens: &TokenStream, order: &Order) -> Diagnostic {
    Diagnostic::new(tokens.clone(), format!("`{words}` cannot tell the channels of a flattened {order} apart"))
        .line("files list its numbers channel by channel, memory pixel by pixel: their groups are not the same")
        .with_trail()
}

/// `flatten reshape(8x2x6)`
pub fn reshape_of_flattened(words: &str, tokens: &TokenStream, order: &Order, shape: Shape) -> Diagnostic {
    Diagnostic::new(tokens.clone(), format!("`{words}` cannot make a {shape} of a flattened {order}"))
        .line("files list the numbers of what was flattened channel by channel, and `reshape` goes by height, width, channel")
        .help(format!("`{words}` in the place of `flatten` goes by height, width, channel from the first number to the last"))
        .with_trail()
}

/// `flatten embed(100, 8)`
pub fn indices_of_flattened(words: &str, tokens: &TokenStream, order: &Order) -> Diagnostic {
    Diagnostic::new(tokens.clone(), format!("the indices of `{words}` are a flattened {order}"))
        .line("files list it channel by channel, and it lies pixel by pixel: the rows would stand in another order")
        .help("indices come as a vector, or as a volume of one channel")
        .with_trail()
}

/// Numbers that are added or multiplied and that files list at other places: those of a flattened volume and others.
pub fn orders_differ(word: &str, tokens: TokenStream, branches: &[(String, &Incoming)]) -> Diagnostic {
    let title = format!("the branches of `{word}` have their numbers in different orders");
    let mut mistake = Diagnostic::new(tokens, title);
    let longest = branches.iter().map(|(text, _)| text.len()).max().unwrap_or(0);
    for (text, incoming) in branches {
        let what = match incoming.is_flattened() {
            true => format!("a flattened {}", incoming.order),
            false => incoming.shape.to_string(),
        };
        mistake = mistake.line(format!("{text:longest$}  {what}"));
    }
    let volumes = branches.iter().filter(|(_, incoming)| incoming.is_flattened());
    let volume = volumes.map(|(_, incoming)| &incoming.order).next();
    let scaled = branches.iter().map(|(_, incoming)| incoming.shape).find(|shape| !shape.is_vector);
    let help = match (scaled, volume.map(Order::parts)) {
        (Some(Shape { channels, .. }), _) => {
            format!("`reshape(1x1x{channels})` in the place of `flatten` goes by height, width, channel")
        }
        (None, Some([volume])) => {
            format!("volumes meet in one order: `reshape({volume})` makes one of a vector, by height, width, channel")
        }
        _ => "an `fc` behind what was flattened makes numbers that are listed as they lie".to_owned(),
    };
    mistake
        .line("a flattened volume is listed channel by channel in files, and lies pixel by pixel")
        .help(help)
        .with_trail()
}

/// `slice(4, 4)`
pub fn empty_slice(words: &str, tokens: &TokenStream, [from, to]: [usize; 2]) -> Diagnostic {
    Diagnostic::new(tokens.clone(), format!("`{words}` keeps no channels"))
        .line(format!("the first is {from}, and the last is the one before {to}"))
}

pub fn slice_beyond_channels(words: &str, tokens: TokenStream, to: usize, input: Shape) -> Diagnostic {
    Diagnostic::new(tokens, format!("`{words}` goes beyond the {} channels of its {input} input", input.channels))
        .line(format!(
            "channels are counted from 0: the last is {}, and {to} names the one behind it",
            input.channels - 1
        ))
        .with_trail()
}

pub fn reshape_of_another_count(words: &str, tokens: TokenStream, input: Shape, wanted: Shape) -> Diagnostic {
    let Shape { height, width, channels, is_vector } = wanted;
    let sizes = if is_vector { vec![channels] } else { vec![height, width, channels] };
    let text = |sizes: &[usize]| sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" * ");
    let count = |sizes: &[usize]| sizes.iter().map(|&size| size as u128).product::<u128>();
    let of_input = [input.height, input.width, input.channels];
    let equation = |sizes: &[usize]| match sizes {
        [only] => only.to_string(),
        _ => format!("{} = {}", text(sizes), count(sizes)),
    };
    let of_input = if input.is_vector { &of_input[2..] } else { &of_input[..] };
    Diagnostic::new(tokens, format!("`{words}` has another number of values than its {input} input"))
        .line(format!("{}, and the input has {}", equation(&sizes), equation(of_input)))
        .with_trail()
}

/// Channels that are not as many squares.
pub fn square_does_not_divide(words: &str, tokens: TokenStream, factor: usize, channels: usize) -> Diagnostic {
    let square = factor as i128 * factor as i128;
    Diagnostic::new(tokens, format!("`{words}` cannot make squares of pixels of its {channels} channels"))
        .line(format!(
            "{channels} / ({factor} * {factor}) = {}, not a whole number",
            quotient(channels as i128, square)
        ))
        .with_trail()
}

/// Something else than a vector of indices.
pub fn needs_indices(words: &str, tokens: &TokenStream, input: Shape) -> Diagnostic {
    Diagnostic::new(tokens.clone(), format!("`{words}` needs a vector of indices, and its input is {input}"))
        .line("a network of indices starts with their number: `struct Net: 20 => embed(..)`")
        .with_trail()
}

/// More rows than indices that floats can tell apart.
pub fn vocabulary_too_large(words: &str, tokens: TokenStream, vocabulary: usize, most: usize) -> Diagnostic {
    let [vocabulary, most] = [vocabulary, most].map(|number| thousands(number as u64));
    Diagnostic::new(tokens, format!("`{words}` has more rows than indices: {vocabulary}"))
        .line(format!("indices are floats, which hold every whole number up to {most} (2^24)"))
}

/// A pooling window that would see nothing but padding.
pub fn padding_beyond_window(words: &str, tokens: TokenStream, padding: [usize; 4], kernel: [usize; 2]) -> Diagnostic {
    let [top, bottom, left, right] = padding;
    let (padded, window) = match top.max(bottom) >= kernel[0] {
        true => (top.max(bottom), kernel[0]),
        false => (left.max(right), kernel[1]),
    };
    Diagnostic::new(tokens, format!("`{words}` would have windows of nothing but padding"))
        .line(format!("a padding of {padded} is not smaller than the window's {window}"))
}

pub fn groups_do_not_divide(
    words: &str,
    tokens: TokenStream,
    groups: usize,
    (count, what): (usize, &str),
    help: &[String],
) -> Diagnostic {
    let mistake = Diagnostic::new(tokens, format!("`{words}` cannot split its {count} {what} into {groups} groups"))
        .line(format!("{count} / {groups} = {}, not a whole number", quotient(count as i128, groups as i128)));
    mistake.maybe_help((!help.is_empty()).then(|| help.join(", ")))
}

/// `p?` of a transposed convolution.
pub fn nothing_to_solve(words: &str, tokens: TokenStream) -> Diagnostic {
    Diagnostic::new(tokens, format!("`{words}` leaves nothing to solve: it fits with any padding"))
        .line("its output has (N - 1) * S + F - 2P rows, however many these are")
}

/// An output padding that adds rows or columns which see no input.
pub fn output_padding_too_large(
    words: &str,
    tokens: TokenStream,
    more: usize,
    [stride, dilation]: [usize; 2],
) -> Diagnostic {
    Diagnostic::new(tokens, format!("the output padding of `{words}` is too large"))
        .line(format!("{more} is less than neither the stride {stride} nor the dilation {dilation}"))
}

/// A transposed convolution that cuts off all of its output.
pub fn padding_leaves_nothing(words: &str, tokens: TokenStream, axis: &Axis, more: usize) -> Diagnostic {
    let Axis { size, stride, padding: [before, after], .. } = *axis;
    let reach = axis.reach();
    let [whole, cut] = [(size as i128 - 1) * stride as i128 + reach as i128, before as i128 + after as i128];
    Diagnostic::new(tokens, format!("the padding of `{words}` leaves nothing of its output"))
        .line(format!(
            "(N - 1) * S + F - P1 - P2 + O = ({size} - 1) * {stride} + {reach} - {before} - {after} + {more} = {}",
            whole - cut + more as i128
        ))
        .with_trail()
}

/// A layer whose output or tensor is out of bounds.
pub fn too_much(words: &str, tokens: &TokenStream, what: &str, sizes: &[usize]) -> Diagnostic {
    let text: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    let article = if what.starts_with("a") { what.to_owned() } else { format!("a {what}") };
    Diagnostic::new(tokens.clone(), format!("`{words}` is too large: it has {article} of {}", text.join("x")))
        .line(product(sizes))
        .with_trail()
}

pub fn input_too_large(tokens: &TokenStream, sizes: &[usize]) -> Diagnostic {
    Diagnostic::new(tokens.clone(), format!("an input of `{}` is too large", render(tokens))).line(product(sizes))
}

fn product(sizes: &[usize]) -> String {
    let product = sizes.iter().try_fold(1u64, |product, &size| product.checked_mul(size as u64));
    let text: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    let value = product.map_or_else(|| "more than 2^64".to_owned(), thousands);
    format!("{} = {value} numbers; the limit is {} (2^31)", text.join(" * "), thousands(LIMIT))
}

/// `-> 16x16x10` where something else is.
pub fn wrong_statement(dims: &Dims, stated: Shape, found: Shape) -> Diagnostic {
    let mut mistake = Diagnostic::new(dims.tokens.clone(), format!("the shape here is {found}, not {stated}"));
    if stated.len() == found.len() {
        mistake = mistake.line(format!("both hold {} numbers, arranged differently", thousands(found.len() as u64)));
    }
    mistake.with_trail().help(format!("`-> {found}`"))
}

pub fn zero_size(tokens: &TokenStream) -> Diagnostic {
    let text = render(tokens);
    let title = match text.as_str() {
        "0" => "a size cannot be zero".to_owned(),
        _ => format!("`{text}` has a size of zero"),
    };
    Diagnostic::new(tokens.clone(), title)
}

pub fn not_three_sizes(tokens: &TokenStream, sizes: &[usize]) -> Diagnostic {
    let text = render(tokens);
    let title = format!("`{text}` has {} sizes; a shape has three, or one if it is a vector", sizes.len());
    let mistake = Diagnostic::new(tokens.clone(), title).line("height x width x channels");
    match sizes {
        [height, width] => {
            mistake.help(format!("`{height}x{width}x1` for one channel, `{height}x{width}x3` for three"))
        }
        [_, rest @ ..] if rest.len() == 3 => mistake.line("batches have any size, which is not part of the shape"),
        _ => mistake,
    }
}

pub fn no_layers(name: &Ident) -> Diagnostic {
    Diagnostic::new(name.to_token_stream(), format!("`{name}` has no layers"))
        .help(format!("`struct {name}: .. => fc(10);`"))
}

#[cfg(test)]
mod tests {
    use super::quotient;

    #[test]
    fn no_fraction_looks_whole() {
        assert_eq!(quotient(7, 3), "2.33");
        assert_eq!(quotient(32, 3), "10.67");
        assert_eq!(quotient(33, 2), "16.50");
        assert_eq!(quotient(1001, 1000), "1 + 1/1000");
        assert_eq!(quotient(1999, 1000), "1 + 999/1000");
    }
}
