//! Random numbers that a seed decides, the same on every machine.
#![allow(dead_code, reason = "each example takes what it needs")]

/// SplitMix64 (Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, 2014).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The numbers of one of many things with the same seed: another seed or another thing has others.
    pub(crate) fn of(seed: u64, number: usize) -> Self {
        let mut random = Self(seed);
        random.0 = random.bits() ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        random
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Uniform from 0 to below 1.
    pub(crate) fn unit(&mut self) -> f32 {
        // 24 bits are as many as a float there has.
        (self.bits() >> 40) as f32 / (1_u32 << 24) as f32
    }

    /// Uniform from one number to another.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// One of 0 to the one before `count`, each as likely as the others (to one part in 2^64 / count).
    pub(crate) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// Normal with mean 0 and variance 1 (Box, Muller, 1958).
    pub(crate) fn normal(&mut self) -> f32 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * self.between(0.0, std::f32::consts::TAU).cos()
    }
}
