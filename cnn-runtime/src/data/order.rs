//! Random orders that a seed decides: the same on every machine and for any number of threads.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;

/// Fills `order` with 0, 1, ... in a random order that the seed and the round alone decide.
pub(super) fn shuffle(order: &mut [usize], seed: u64, round: u64) {
    for (index, slot) in order.iter_mut().enumerate() {
        *slot = index;
    }
    // An odd constant keeps the rounds of one seed apart; `seed_from_u64` then spreads every bit.
    let mut rng = Pcg64Mcg::seed_from_u64(seed ^ round.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    order.shuffle(&mut rng);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_permutations_that_seed_and_round_decide() {
        let order = |seed, round| {
            let mut order = vec![0; 100];
            shuffle(&mut order, seed, round);
            order
        };
        let first = order(1, 0);
        let mut sorted = first.clone();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..100));
        assert_eq!(first, order(1, 0));
        assert_ne!(first, order(1, 1));
        assert_ne!(first, order(2, 0));
    }
}
