//! Element-wise work on long slices, shared between threads.

/// Floats from which work is shared: here a step takes 25 us (plain SGD) to 110 us (Adam) on one Zen 5 core with AVX-512,
/// enough to be worth waking another thread.
const SHARED_FROM: usize = 1 << 18;
/// Floats of the pieces that are not divided further: with gradients and two slices of state, a megabyte.
const PIECE: usize = 1 << 16;

/// Runs `update` over all elements: at once, or in pieces on several threads. It must treat elements one by one, so that
/// the pieces make no difference.
///
/// # Panics
/// If the slices differ in length.
pub(super) fn in_parts<const K: usize>(
    parameters: &mut [f32],
    gradients: &[f32],
    state: [&mut [f32]; K],
    update: &(impl Fn(&mut [f32], &[f32], [&mut [f32]; K]) + Sync),
) {
    assert_eq!(parameters.len(), gradients.len(), "parameters and their gradients");
    assert!(state.iter().all(|slice| slice.len() == parameters.len()), "state of other parameters");
    match parameters.len() < SHARED_FROM {
        true => update(parameters, gradients, state),
        false => halves(parameters, gradients, state, update),
    }
}

fn halves<const K: usize>(
    parameters: &mut [f32],
    gradients: &[f32],
    state: [&mut [f32]; K],
    update: &(impl Fn(&mut [f32], &[f32], [&mut [f32]; K]) + Sync),
) {
    if parameters.len() <= PIECE {
        return update(parameters, gradients, state);
    }
    let middle = middle(parameters.len());
    let (parameters_1, parameters_2) = parameters.split_at_mut(middle);
    let (gradients_1, gradients_2) = gradients.split_at(middle);
    let mut state_1 = [(); K].map(|()| -> &mut [f32] { &mut [] });
    let mut state_2 = [(); K].map(|()| -> &mut [f32] { &mut [] });
    for (slice, (half_1, half_2)) in state.into_iter().zip(state_1.iter_mut().zip(&mut state_2)) {
        (*half_1, *half_2) = slice.split_at_mut(middle);
    }
    rayon::join(
        || halves(parameters_1, gradients_1, state_1, update),
        || halves(parameters_2, gradients_2, state_2, update),
    );
}

/// The sum of `piece` over pieces of the slice. How it is cut depends on its length alone, so the bits are the same for
/// any number of threads.
pub(super) fn sum_of_parts(x: &[f32], piece: &(impl Fn(&[f32]) -> f64 + Sync)) -> f64 {
    if x.len() <= PIECE {
        return piece(x);
    }
    let (x_1, x_2) = x.split_at(middle(x.len()));
    let (sum_1, sum_2) = match x.len() < SHARED_FROM {
        true => (sum_of_parts(x_1, piece), sum_of_parts(x_2, piece)),
        false => rayon::join(|| sum_of_parts(x_1, piece), || sum_of_parts(x_2, piece)),
    };
    sum_1 + sum_2
}

/// The middle of a slice, at a whole number of vectors.
fn middle(len: usize) -> usize {
    (len / 2).next_multiple_of(crate::buffer::LANES)
}
