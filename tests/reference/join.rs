//! Where branches meet.

use super::values::{Shape, Values};

/// What becomes of the branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// Number by number.
    Add,
    /// Channels one behind the other.
    Cat,
    /// Number by number, or a volume by one factor a channel.
    Mul,
}

impl Join {
    pub(super) fn new(word: &str) -> Self {
        match word {
            "cat" => Self::Cat,
            "mul" => Self::Mul,
            _ => Self::Add,
        }
    }

    /// The shape of what is joined, and whether it is a vector.
    ///
    /// # Errors
    /// If the branches do not fit.
    pub(super) fn shape(self, branches: &[(Shape, bool)]) -> Result<(Shape, bool), String> {
        let misfit = || Err(format!("{self:?} of {branches:?}"));
        let (&first, rest) = branches.split_first().ok_or("no branches")?;
        match self {
            Self::Add if rest.iter().all(|other| *other == first) => Ok(first),
            Self::Cat => {
                let ([height, width, _], is_vector) = first;
                if rest.iter().any(|([h, w, _], vector)| ([*h, *w], *vector) != ([height, width], is_vector)) {
                    return misfit();
                }
                Ok(([height, width, branches.iter().map(|(shape, _)| shape[2]).sum()], is_vector))
            }
            Self::Mul => {
                let &[(a, a_is_vector), (b, b_is_vector)] = branches else { return misfit() };
                let scales = |scale: Shape, of: Shape| scale == [1, 1, of[2]];
                if (a, a_is_vector) == (b, b_is_vector) || scales(b, a) && !a_is_vector {
                    Ok((a, a_is_vector))
                } else if scales(a, b) && !b_is_vector {
                    Ok((b, b_is_vector))
                } else {
                    misfit()
                }
            }
            Self::Add => misfit(),
        }
    }

    pub(super) fn run(self, branches: &[&Values], output: Shape) -> Values {
        let of = |values: &Values, n, c, y, x| match [values.height, values.width] {
            [1, 1] => values.at(n, c, 0, 0),
            _ => values.at(n, c, y, x),
        };
        Values::from_fn(branches[0].samples, output, |n, c, y, x| match self {
            Self::Add => branches.iter().map(|values| values.at(n, c, y, x)).sum(),
            Self::Mul => branches.iter().map(|values| of(values, n, c, y, x)).product(),
            Self::Cat => {
                let mut channel = c;
                for values in branches {
                    if channel < values.channels {
                        return values.at(n, channel, y, x);
                    }
                    channel -= values.channels;
                }
                unreachable!("as many channels as all branches have")
            }
        })
    }
}
