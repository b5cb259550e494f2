//! Kernels that work in scratch memory, each in a network whose other layers need none: what the macro crate plans for
//! them suffices, on every instruction set, and the layer runs on the kernel that is meant.

use cnn::{Isa, Network, Sample, SoftmaxCrossEntropy, network, simd};

network! {
    // Floats of the output in the lanes.
    struct Lanes: 28x28x1 => conv(6, 5, p2) gap fc(3);
    struct LanesPooled: 28x28x1 => conv(10, 5, p2) relu pool(2) gap fc(3);

    // A column of the output in the registers; with fewer multiplications at both ends of what is worth them, and
    // beyond.
    struct Column: 16x16x3 => conv(16, 3, p1) gap fc(3);
    struct ColumnTall: 14x14x6 => conv(16, 5) relu pool(2) gap fc(3);
    struct ColumnNarrow: 12x12x12 => conv(16, 5) gap fc(3);
    struct ColumnNarrowDirect: 12x12x12 => conv(16, 5, direct) gap fc(3);
    struct ColumnWide: 12x36x9 => conv(16, 5) gap fc(3);
    struct ColumnWideDirect: 12x36x9 => conv(16, 5, direct) gap fc(3);
    struct ColumnWider: 12x37x9 => conv(16, 5) gap fc(3);
    struct ColumnLong: 12x12x13 => conv(16, 5) gap fc(3);

    // Pixels in the lanes, with fewer multiplications up to the widest rows that are worth them.
    struct Few: 32x32x3 => conv(10, 5, p2) relu pool(2) gap fc(3);
    struct FewDirect: 32x32x3 => conv(10, 5, p2, direct) relu pool(2) gap fc(3);
    struct FewWide: 11x136x3 => conv(12, 5, p2) gap fc(3);
    struct FewWideDirect: 11x136x3 => conv(12, 5, p2, direct) gap fc(3);
    struct FewWidest: 11x273x3 => conv(12, 5, p2) gap fc(3);
    struct FewWidestDirect: 11x273x3 => conv(12, 5, p2, direct) gap fc(3);
    struct FewWidestPooled: 11x273x3 => conv(12, 5, p2) relu pool(2, floor) gap fc(3);
    struct FewWidestPooledDirect: 11x273x3 => conv(12, 5, p2, direct) relu pool(2, floor) gap fc(3);
    struct FewRows: 9x341x4 => conv(12, 3, p1) tanh gap fc(3);
    struct FewRowsDirect: 9x341x4 => conv(12, 3, p1, direct) tanh gap fc(3);
    struct FewRectangle: 12x17x2 => conv(1, 3x8) gap fc(3);
    struct FewRectangleDirect: 12x17x2 => conv(1, 3x8, direct) gap fc(3);
    struct FewBeyond: 11x274x3 => conv(12, 5, p2) gap fc(3);

    // Copies of what gradients of many filters multiply.
    struct Copies: 9x9x16 => conv(144, 3, s2) gap fc(3);
    struct CopiesTurned: 5x5x144 => deconv(16, 3, s2) gap fc(3);
    // A convolution turned around has none for narrow ones.
    struct Turned: 10x10x16 => deconv(3, 5) gap fc(3);
    struct TurnedLanes: 10x10x6 => deconv(1, 5) gap fc(3);
}

fn waves<I: Sample>(count: usize) -> Vec<I> {
    let mut samples = I::zeroed_vec(count);
    for (i, x) in samples.iter_mut().flat_map(Sample::flat_mut).enumerate() {
        *x = ((i * 7919 % 1000) as f32 * 0.37).sin();
    }
    samples
}

/// Outputs of inference, and gradients.
fn run<N: Network<Output = [f32; 3]>>(mut net: N) -> [Vec<f32>; 2] {
    let (images, targets) = (waves::<N::Input>(5), [0_usize, 1, 2, 1, 0]);
    let mut outputs = vec![[0.0; 3]; 5];
    net.model_mut().forward_batch(&images, &mut outputs);
    let mut gradients = vec![0.0; N::PARAMS];
    net.model_mut().gradients(&images, &targets, &SoftmaxCrossEntropy, &mut gradients);
    [outputs.into_flattened(), gradients]
}

/// A network's first layer runs on the kernel of that name with 32 registers (with fewer on none with scratch memory),
/// and the network does what another one does on the portable path.
fn check<N, D>(new: fn(u64) -> N, direct: fn(u64) -> D, name: Option<&str>)
where
    N: Network<Output = [f32; 3]>,
    D: Network<Input = N::Input, Output = [f32; 3]>,
{
    let expected = simd::on(Isa::Portable, || run(direct(3)));
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        simd::on(isa, || {
            let kernels = cnn::__private::kernels::<N>();
            if let Some(name) = name {
                let found = kernels.contains(&format!("conv1  {name}  "));
                assert_eq!(found, isa == Isa::Avx512, "{isa}, expected {name}: {kernels}");
            }
            for (found, expected) in run(new(3)).iter().zip(&expected) {
                let largest = expected.iter().fold(0.0, |largest: f32, x| largest.max(x.abs()));
                for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
                    assert!((found - expected).abs() <= 1e-4 * largest, "{isa}, {}: {i}: {found}, {expected}", N::NAME);
                }
            }
        });
    }
}

#[test]
fn floats_of_the_output_in_the_lanes() {
    check(Lanes::new, Lanes::new, Some("output_lane"));
    check(LanesPooled::new, LanesPooled::new, Some("output_lane"));
}

#[test]
fn columns_in_the_registers() {
    check(Column::new, Column::new, Some("column"));
    check(ColumnTall::new, ColumnTall::new, Some("column, winograd 4x1"));
    check(ColumnNarrow::new, ColumnNarrowDirect::new, Some("column, winograd 4x1"));
    check(ColumnWide::new, ColumnWideDirect::new, Some("column, winograd 4x1"));
    check(ColumnWider::new, ColumnWider::new, Some("column"));
    check(ColumnLong::new, ColumnLong::new, Some("column"));
}

#[test]
fn pixels_in_the_lanes() {
    check(Few::new, FewDirect::new, Some("pixel_lane, winograd 4x1"));
    check(FewWide::new, FewWideDirect::new, Some("pixel_lane, winograd 4x1"));
    // Of the widest rows a strip has room for too few at once, but gradients take fewer multiplications.
    check(FewWidest::new, FewWidestDirect::new, None);
    check(FewWidestPooled::new, FewWidestPooledDirect::new, None);
    check(FewRows::new, FewRowsDirect::new, None);
    check(FewRectangle::new, FewRectangleDirect::new, Some("pixel_lane, winograd 4x1"));
    check(FewBeyond::new, FewBeyond::new, None);
}

#[test]
fn copies_for_gradients() {
    check(Copies::new, Copies::new, None);
    check(CopiesTurned::new, CopiesTurned::new, None);
}

#[test]
fn convolutions_turned_around() {
    check(Turned::new, Turned::new, None);
    check(TurnedLanes::new, TurnedLanes::new, None);
}
