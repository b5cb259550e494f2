//! Networks of several inputs or heads: a sample is one array, its parts one behind the other; the types here name
//! them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::maps::{number, sample_type};
use crate::check::names::can_be_field;
use crate::shape::Shape;

/// One input or output: its name, if there are several, and its shape.
pub(super) type Part = (Option<Ident>, Shape);

/// The type of a sample: the array of the only part, or one array for all of them.
pub(super) fn whole_type(parts: &[Part]) -> TokenStream {
    match parts {
        [(None, shape)] => sample_type(*shape),
        _ => {
            let len = number(parts.iter().map(|(_, shape)| shape.len()).sum());
            quote!([f32; #len])
        }
    }
}

/// The type of a part where the door has no name: a plain array.
fn plain_type(shape: Shape) -> TokenStream {
    let [height, width, channels] = [shape.height, shape.width, shape.channels].map(number);
    if shape.is_vector { quote!([f32; #channels]) } else { quote!([[[f32; #channels]; #width]; #height]) }
}

/// The name of the field of a part: `r#box` for `box`. In a stub, a name that no field can have gets another.
fn field_name(part: usize, name: &Ident) -> Ident {
    let text = name.to_string();
    if !can_be_field(name) {
        return format_ident!("refused{part}", span = name.span());
    }
    if syn::parse_str::<Ident>(&text).is_err() && !text.starts_with("r#") {
        return Ident::new_raw(&text, name.span());
    }
    name.clone()
}

/// Each part's name, type and range of floats.
fn fields(parts: &[Part]) -> Vec<(Ident, TokenStream, TokenStream)> {
    let mut at = 0;
    let field = |(part, (name, shape)): (usize, &Part)| {
        let name = name.as_ref().map_or_else(|| format_ident!("value"), |name| field_name(part, name));
        let first = number(at);
        at += shape.len();
        let end = number(at);
        (name, plain_type(*shape), quote!(#first..#end))
    };
    parts.iter().enumerate().map(field).collect()
}

/// Types that stand beside the network's, and what is implemented for them.
#[derive(Default)]
pub(super) struct Sides {
    pub(super) types: TokenStream,
    pub(super) impls: TokenStream,
}

impl Sides {
    fn add(&mut self, types: TokenStream, impls: TokenStream) {
        self.types.extend(types);
        self.impls.extend(impls);
    }
}

/// Types for the parts of a sample, and for losses of heads. Nothing if there is one part only.
/// `conditions` are the network's `#[cfg(..)]`.
pub(super) fn types(
    conditions: &TokenStream,
    vis: &syn::Visibility,
    name: &Ident,
    inputs: &[Part],
    outputs: &[Part],
) -> Sides {
    let mut sides = Sides::default();
    let mut parts = |parts: &[Part], suffix: &str, of: &str| {
        if matches!(parts, [(None, _)]) {
            return;
        }
        let ty = format_ident!("{name}{suffix}");
        let whole = whole_type(parts);
        let fields = fields(parts);
        let declared = fields.iter().map(|(field, ty, _)| quote!(pub #field: &'a #ty));
        let split = fields.iter().map(|(field, _, range)| quote!(#field: rt::part(&sample[#range])));
        let joined = fields
            .iter()
            .map(|(field, _, range)| quote!(sample[#range].copy_from_slice(rt::Sample::flat(self.#field));));
        let about = format!("The {of} of [`{name}`] by name.");
        let declaration = quote! {
            #conditions
            #[doc = #about]
            #[derive(Clone, Copy, Debug)]
            #[allow(dead_code)]
            #vis struct #ty<'a> { #(#[allow(missing_docs)] #declared),* }
        };
        sides.add(
            declaration,
            quote! {
                impl<'a> #ty<'a> {
                    /// The parts of a sample.
                    #vis fn of(sample: &'a #whole) -> Self {
                        Self { #(#split),* }
                    }

                    /// A sample of these parts, on the heap.
                    #vis fn join(&self) -> ::std::boxed::Box<#whole> {
                        let mut sample = <#whole as rt::Sample>::zeroed_box();
                        self.join_into(&mut sample);
                        sample
                    }

                    /// Overwrites a sample with these parts.
                    #vis fn join_into(&self, sample: &mut #whole) {
                        #(#joined)*
                    }
                }
            },
        );
    };
    parts(inputs, "Input", "inputs");
    parts(outputs, "Output", "heads");
    if !matches!(outputs, [(None, _)]) {
        losses(&mut sides, conditions, vis, name, outputs);
    }
    sides
}

/// A target and a loss for each head; the loss of a sample is their sum.
fn losses(sides: &mut Sides, conditions: &TokenStream, vis: &syn::Visibility, name: &Ident, outputs: &[Part]) {
    let [target, loss] = ["Target", "Loss"].map(|suffix| format_ident!("{name}{suffix}"));
    let whole = whole_type(outputs);
    let fields = fields(outputs);
    let names: Vec<&Ident> = fields.iter().map(|(field, ..)| field).collect();
    let heads: Vec<&TokenStream> = fields.iter().map(|(_, ty, _)| ty).collect();
    let ranges: Vec<&TokenStream> = fields.iter().map(|(.., range)| range).collect();
    let targets: Vec<Ident> = (0..fields.len()).map(|i| format_ident!("T{i}")).collect();
    let kinds: Vec<Ident> = (0..fields.len()).map(|i| format_ident!("L{i}")).collect();
    let about = [
        format!("What the heads of [`{name}`] should say."),
        format!(
            "A loss for each head of [`{name}`]; what is measured is their sum. `cnn::Weighted` gives one a weight."
        ),
    ];
    let [about_target, about_loss] = about;
    let declarations = quote! {
        #conditions
        #[doc = #about_target]
        #[derive(Clone, Copy, Debug, Default)]
        #[allow(dead_code)]
        #vis struct #target<#(#targets),*> { #(#[allow(missing_docs)] pub #names: #targets),* }

        #conditions
        #[doc = #about_loss]
        #[derive(Clone, Copy, Debug, Default)]
        #[allow(dead_code)]
        #vis struct #loss<#(#kinds),*> { #(#[allow(missing_docs)] pub #names: #kinds),* }
    };
    sides.add(
        declarations,
        quote! {
            #[automatically_derived]
            impl<#(#targets,)* #(#kinds: rt::Loss<#heads, #targets>),*> rt::Loss<#whole, #target<#(#targets),*>>
                for #loss<#(#kinds),*>
            {
                fn evaluate(&self, output: &#whole, target: &#target<#(#targets),*>, d_output: &mut #whole) -> f32 {
                    let mut loss = 0.0;
                    #(loss += rt::Loss::evaluate(
                        &self.#names, rt::part(&output[#ranges]), &target.#names, rt::part_mut(&mut d_output[#ranges]),
                    );)*
                    loss
                }

                fn check(&self, target: &#target<#(#targets),*>) -> ::core::result::Result<(), ::std::string::String> {
                    #(rt::Loss::check(&self.#names, &target.#names)?;)*
                    ::core::result::Result::Ok(())
                }
            }
        },
    );
}
