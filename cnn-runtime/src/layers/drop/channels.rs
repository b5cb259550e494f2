//! Dropout of whole channels (Tompson et al., 2015): neighbouring pixels are alike, so that single ones tell little.

use super::super::runs::Elementwise;
use super::{Dropout, draw, key, scale_kernel};
use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::dispatch;

/// Training: as [`forward`](super::forward), but all pixels of a channel share its fate. The backward pass is the same.
pub fn forward(pass: &mut Pass<'_>, drop: &Dropout, input: &Part, output: &Part, mask: &Map) {
    let noise = pass.noise;
    let samples = pass.arena.view_mut(mask).chunks_mut(mask.stored()).take(pass.samples);
    for (sample, factors) in samples.enumerate() {
        let (first, others) = factors[..mask.volume()].split_at_mut(mask.channels);
        dispatch!(simd => draw(simd, drop, key(noise, sample, drop.index as u64), 0, first));
        others.chunks_exact_mut(mask.channels).for_each(|pixel| pixel.copy_from_slice(first));
    }
    let maps = Elementwise::with(pass.arena, pass.samples, input, output, mask);
    dispatch!(simd => scale_kernel(simd, maps));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, Places, Random, for_each_isa};

    #[test]
    fn whole_channels_are_dropped_and_the_others_scaled() {
        for_each_isa(|isa| {
            for (channels, border) in [(3, [0; 4]), (40, [1, 0, 2, 1])] {
                let mut places = Places::default();
                let [input, output, d_output, d_input] = [(); 4].map(|()| places.map([3, 4, channels], border));
                let mask = places.map([3, 4, channels], [0; 4]);
                let samples = 50;
                let mut bench = Bench::new(samples, places.floats, &[]);
                let x = Random::new(1).vec(samples * 12 * channels);
                bench.fill(&input, &x);
                bench.fill(&d_output, &x);
                bench.blank(&output);
                bench.blank(&d_input);
                let drop = Dropout { probability: 0.25, index: 3 };
                forward(&mut bench.pass(), &drop, &input, &output, &mask);
                super::super::backward(&mut bench.pass(), &drop, &mask, &d_output, &d_input);
                let (y, factors) = (bench.read(&output), bench.read(&mask));
                assert_eq!(y, bench.read(&d_input), "{isa}");
                for (i, (y, x)) in y.iter().zip(&x).enumerate() {
                    let first = factors[i / (12 * channels) * 12 * channels + i % channels];
                    assert!(factors[i] == first && (first == 0.0 || first == 1.0 / 0.75), "{isa}: {first}");
                    assert_eq!(*y, x * first, "{isa}");
                }
                let share = factors.iter().filter(|&&factor| factor > 0.0).count() as f64 / factors.len() as f64;
                assert!((share - 0.75).abs() < 0.12, "{isa}: {share} are kept");
                [input, output].iter().for_each(|map| bench.assert_untouched_outside(map));
            }
        });
    }
}
