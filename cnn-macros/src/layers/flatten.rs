//! `flatten`: a volume as a vector. The floats stay where they are.

use proc_macro2::TokenStream;

use super::kind::{Call, Kind, Layer, Stop};
use super::{Op, Role, Saves, Site};
use crate::shape::Shape;

pub static KINDS: &[Kind] =
    &[Kind { word: "flatten", about: "a volume as a vector; `fc` does it by itself", parameters: &[], check }];

#[derive(Debug)]
pub struct Flatten;

fn check(call: &Call<'_>) -> Result<Layer, Stop> {
    let incoming = call.incoming()?;
    // The order stays known: files list what follows channel by channel of the volume.
    Ok(Layer { shape: Shape::vector(incoming.shape.len()), ..Layer::like(incoming, Flatten) })
}

impl Op for Flatten {
    fn role(&self) -> Role {
        Role::View
    }

    /// A vector's map is one run of floats.
    fn reads_dense(&self) -> bool {
        true
    }

    fn saves(&self) -> Saves {
        Saves::default()
    }

    fn infer(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }

    fn backward(&self, _site: &Site<'_>) -> TokenStream {
        TokenStream::new()
    }
}
