//! `add[..|..]`, `cat[..|..]`, `mul[..|..]`: where branches meet. Their inputs are what the branches make.

use proc_macro2::TokenStream;
use quote::quote;

use super::emit::number;
use super::kind::Incoming;
use super::{Constant, Gradient, Op, Role, Saves, Site};
use crate::order::Order;
use crate::shape::{Shape, count};

/// Branches that go together.
pub struct Joined {
    pub op: Box<dyn Op>,
    pub shape: Shape,
}

/// Joins branches of some shapes, or gives the rule that they break.
pub fn join(word: &str, shapes: &[Shape]) -> Result<Joined, &'static str> {
    let Some((&first, rest)) = shapes.split_first() else { return Err("there is nothing to join") };
    match word {
        "cat" => {
            let fits = |other: &Shape| {
                [other.height, other.width] == [first.height, first.width] && other.is_vector == first.is_vector
            };
            if !rest.iter().all(fits) {
                return Err("`cat` puts channels side by side: heights and widths must agree");
            }
            let channels = shapes.iter().try_fold(0_usize, |sum, shape| sum.checked_add(shape.channels));
            let channels = channels.filter(|&channels| count(&[first.height, first.width, channels]).is_some());
            let channels = channels.ok_or("together they are too large to be counted")?;
            let shape = Shape { channels, ..first };
            Ok(Joined { op: Box::new(Cat { channels: shapes.iter().map(|shape| shape.channels).collect() }), shape })
        }
        "mul" => {
            let [a, b] = shapes else { return Err("`mul` takes two branches") };
            let is_scale = |scale: &Shape, of: &Shape| {
                scale.channels == of.channels && scale.height * scale.width == 1 && !of.is_vector
            };
            let is_pixel = |shape: &Shape| shape.height * shape.width == 1;
            let (shape, scale) = if a == b || is_scale(b, a) && is_pixel(a) {
                (*a, None)
            } else if is_scale(a, b) && is_pixel(b) {
                (*b, None)
            } else if is_scale(b, a) {
                (*a, Some(1))
            } else if is_scale(a, b) {
                (*b, Some(0))
            } else {
                return Err("`mul` multiplies number by number, or a volume by a vector of one factor a channel");
            };
            Ok(Joined { op: Box::new(Mul { scale }), shape })
        }
        _ if rest.iter().all(|shape| *shape == first) => Ok(Joined { op: Box::new(Add), shape: first }),
        _ => Err("`add` adds number by number: shapes must agree"),
    }
}

/// In which order files list what branches make together. `None` if numbers meet that they list at other places.
pub fn order(word: &str, shape: Shape, branches: &[&Incoming]) -> Option<Order> {
    if !shape.is_vector {
        // Beside a volume, a vector has a number for each channel.
        return branches.iter().all(|branch| !branch.is_flattened()).then(|| Order::of(shape));
    }
    if word == "cat" {
        return Some(Order::side_by_side(branches.iter().map(|branch| &branch.order)));
    }
    let (first, rest) = branches.split_first()?;
    rest.iter().all(|branch| branch.order == first.order).then(|| first.order.clone())
}

#[derive(Debug)]
struct Add;

#[derive(Debug)]
struct Cat {
    channels: Vec<usize>,
}

#[derive(Debug)]
struct Mul {
    /// The branch that holds a factor for each channel instead of a volume.
    scale: Option<usize>,
}

/// The calls of every input's gradient.
fn each(site: &Site<'_>, call: impl Fn(usize, &TokenStream, &TokenStream) -> TokenStream) -> TokenStream {
    let calls = site.gradients.iter().enumerate().map(|(index, gradient)| match gradient {
        Gradient::None | Gradient::Same => TokenStream::new(),
        Gradient::Overwrite(map, wanted) => wanted.guard(call(index, map, &quote!(false))),
        Gradient::Accumulate(map, wanted) => wanted.guard(call(index, map, &quote!(true))),
    });
    quote!(#(#calls)*)
}

impl Op for Add {
    fn role(&self) -> Role {
        Role::Sum
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn fuses_activation(&self) -> bool {
        true
    }

    fn constant(&self, site: &Site<'_>) -> Option<Constant> {
        let activation = &site.activation;
        Some(Constant { ty: "Sum", value: quote!(rt::Sum { activation: #activation }) })
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let Site { constant, inputs, output, .. } = site;
        quote!(rt::join::add(pass, #constant, &[#(#inputs),*], #output);)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let d_output = &site.d_output;
        each(site, |_, d_input, adds| quote!(rt::join::pass_on(pass, #d_output, #d_input, #adds);))
    }
}

impl Op for Cat {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn writes_parts(&self) -> bool {
        true
    }

    fn is_cat(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let output = &site.output;
        let mut first = 0;
        let inputs = site.inputs.iter().zip(&site.in_place);
        let calls = inputs.zip(&self.channels).map(|((input, in_place), channels)| {
            let at = number(first);
            first += channels;
            if *in_place { TokenStream::new() } else { quote!(rt::join::put(pass, #input, #output, #at);) }
        });
        quote!(#(#calls)*)
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let d_output = &site.d_output;
        each(site, |index, d_input, adds| {
            let at = number(self.channels[..index].iter().sum());
            quote!(rt::join::take(pass, #d_output, #at, #d_input, #adds);)
        })
    }
}

impl Op for Mul {
    fn role(&self) -> Role {
        Role::Compute
    }

    fn saves(&self) -> Saves {
        Saves { input: true, ..Saves::default() }
    }

    fn infer(&self, site: &Site<'_>) -> TokenStream {
        let output = &site.output;
        let [a, b] = &site.inputs[..] else { return TokenStream::new() };
        match self.scale {
            None => quote!(rt::join::multiply(pass, #a, #b, #output);),
            Some(0) => quote!(rt::join::scale(pass, #b, #a, #output);),
            Some(_) => quote!(rt::join::scale(pass, #a, #b, #output);),
        }
    }

    fn backward(&self, site: &Site<'_>) -> TokenStream {
        let d_output = &site.d_output;
        each(site, |index, d_input, adds| {
            let Some(other) = site.inputs.get(1 - index) else { return TokenStream::new() };
            match self.scale {
                None => quote!(rt::join::multiply_gradient(pass, #d_output, #other, #d_input, #adds);),
                Some(scale) if scale == index => {
                    quote!(rt::join::scale_gradient(pass, #d_output, #other, #d_input, #adds);)
                }
                Some(_) => quote!(rt::join::scaled_gradient(pass, #d_output, #other, #d_input, #adds);),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_joined_branches() {
        let volume = |channels| Shape::volume(4, 5, channels);
        let shape = |word, shapes: &[Shape]| join(word, shapes).map(|joined| joined.shape).ok();
        assert_eq!(shape("add", &[volume(3), volume(3), volume(3)]), Some(volume(3)));
        assert_eq!(shape("add", &[volume(3), volume(4)]), None);
        assert_eq!(shape("cat", &[volume(3), volume(4)]), Some(volume(7)));
        assert_eq!(shape("cat", &[volume(3), Shape::volume(5, 4, 3)]), None);
        assert_eq!(shape("cat", &[Shape::vector(3), Shape::vector(4)]), Some(Shape::vector(7)));
        assert_eq!(shape("mul", &[volume(3), Shape::vector(3)]), Some(volume(3)));
        assert_eq!(shape("mul", &[Shape::vector(3), volume(3)]), Some(volume(3)));
        assert_eq!(shape("mul", &[volume(3), Shape::vector(4)]), None);
        assert_eq!(shape("mul", &[volume(3); 3]), None);
    }
}
