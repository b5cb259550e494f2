//! Shapes as they are written.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::scope::Scope;
use crate::diag::Diagnostic;
use crate::layers::kind::Stop;
use crate::messages;
use crate::shape::{LIMIT, Shape, count};
use crate::syntax::ast::Dims;

/// Works out a shape as written.
pub(super) fn shape(dims: &Dims, scope: &Scope) -> Result<Shape, Stop> {
    let sizes: Vec<usize> = dims
        .sizes
        .iter()
        .map(|expr| {
            let value = scope.signed(expr)?;
            let blamed = || expr.tokens.to_token_stream();
            match u64::try_from(value) {
                Err(_) => Err(messages::negative("a size", &blamed(), value).into()),
                Ok(0) => Err(messages::zero_size(&blamed()).into()),
                Ok(size) if size > LIMIT => Err(messages::size_too_large("a size", &blamed(), size).into()),
                Ok(size) => {
                    usize::try_from(size).map_err(|_| messages::size_too_large("a size", &blamed(), size).into())
                }
            }
        })
        .collect::<Result<_, Stop>>()?;
    let blamed: &TokenStream = &dims.tokens;
    let shape = match sizes[..] {
        [channels] => Shape::vector(channels),
        [height, width, channels] => Shape::volume(height, width, channels),
        _ => return Err(messages::not_three_sizes(blamed, &sizes).into()),
    };
    if count(&[shape.height, shape.width, shape.channels]).is_none() {
        return Err(Diagnostic::into(messages::input_too_large(blamed, &sizes)));
    }
    Ok(shape)
}
