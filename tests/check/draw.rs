//! Random numbers, and the parameters and samples made of them.

/// A stream of random numbers that is the same in every version of everything (SplitMix64: Steele, Lea, Flood, 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream that a seed selects.
    pub fn new(seed: u64) -> Self {
        let mut random = Self(seed ^ 0x5851_f42d_4c95_7f2d);
        random.bits();
        random
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.uniform() * end as f64) as usize
    }

    /// Whether something happens that happens this often.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// Normal with variance 1 (Box, Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        let (radius, angle) = (1.0 - self.uniform(), self.uniform());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }

    /// Several of them.
    pub fn normals(&mut self, len: usize) -> Vec<f64> {
        (0..len).map(|_| self.normal()).collect()
    }

    /// The same as floats.
    pub(super) fn floats(&mut self, len: usize) -> Vec<f32> {
        (0..len).map(|_| self.normal() as f32).collect()
    }

    /// A tensor of moderate size: nothing saturates, and nothing is at its usual starting value.
    pub(super) fn tensor(&mut self, name: &str, shape: &[usize]) -> Vec<f32> {
        let own = name.rsplit('.').next().unwrap_or(name);
        let fan_in: usize = shape.iter().skip(1).product();
        let mut value = || match own {
            weight if weight.starts_with("weight") && shape.len() > 1 => 1.2 * self.normal() / (fan_in as f64).sqrt(),
            "weight" if shape.len() == 1 && name.contains("prelu") => 0.25 + 0.1 * self.normal(),
            "weight" => 1.0 + 0.3 * self.normal(),
            "running_var" => 0.5 + 1.5 * self.uniform(),
            _ => 0.3 * self.normal(),
        };
        (0..shape.iter().product()).map(|_| value() as f32).collect()
    }
}
