//! Augmentation of a batch on all threads.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use crate::data::Augment;
use crate::parallel;
use crate::volume::Sample;

/// Changes every input at random. Each has a generator of its own, which depends on where in the run it is and not on
/// the thread that it meets.
pub(super) fn augment<I: Sample>(changes: &Augment, seed: u64, epoch: usize, step: usize, inputs: &mut [I]) {
    parallel::for_each(inputs, |position, input| {
        // Odd constants keep neighbours apart; `seed_from_u64` then spreads every bit.
        let epoch = (epoch as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let step = (step as u64 + 1).wrapping_mul(0xD1B5_4A32_D192_ED03);
        let position = (position as u64 + 1).wrapping_mul(0x8CB9_2BA7_2F3D_8DD7);
        let mut rng = Pcg64Mcg::seed_from_u64(seed ^ epoch ^ step.rotate_left(21) ^ position.rotate_left(42));
        changes.apply_to(input, &mut rng);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::volume::Volume;

    fn augmented(seed: u64, epoch: usize, step: usize) -> Vec<Volume<4, 4, 1>> {
        let mut images = vec![[[[1.0], [2.0], [3.0], [4.0]]; 4]; 50];
        augment(&Augment::new().shift(1).flip(), seed, epoch, step, &mut images);
        images
    }

    #[test]
    fn every_sample_of_every_step_has_its_own_change() {
        let images = augmented(0, 0, 0);
        let different = images.iter().filter(|image| **image != images[0]).count();
        assert!(different > 25, "{different} of 50 differ from the first");
        for (epoch, step) in [(0, 1), (1, 0), (1, 1)] {
            assert_ne!(images, augmented(0, epoch, step));
        }
        assert_ne!(images, augmented(1, 0, 0));
    }

    #[test]
    fn threads_make_no_difference() {
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        assert_eq!(pool(1).install(|| augmented(5, 2, 3)), pool(3).install(|| augmented(5, 2, 3)));
    }
}
