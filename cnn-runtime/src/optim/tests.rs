//! All optimisers against PyTorch, and what holds for every one of them.

use super::*;
use crate::simd::{self, Isa};

/// As in `tests/golden/optimizers.py`.
fn case(name: &str) -> Box<dyn Optimizer> {
    match name {
        "sgd" => Box::new(Sgd::new(0.1)),
        "sgd-decay" => Box::new(Sgd::new(0.1).weight_decay(0.01)),
        "sgd-momentum" => Box::new(Sgd::new(0.1).momentum(0.9).weight_decay(0.01)),
        "sgd-nesterov" => Box::new(Sgd::new(0.1).momentum(0.9).nesterov().weight_decay(0.01)),
        "adam" => Box::new(Adam::new(0.01)),
        "adam-decay" => Box::new(Adam::new(0.01).betas(0.8, 0.99).epsilon(1e-3).weight_decay(0.05)),
        "adamw" => Box::new(AdamW::new(0.01)),
        "adamw-decay" => Box::new(AdamW::new(0.01).betas(0.8, 0.99).epsilon(1e-3).weight_decay(0.5)),
        "rmsprop" => Box::new(RmsProp::new(0.01)),
        "rmsprop-momentum" => Box::new(RmsProp::new(0.01).alpha(0.9).epsilon(1e-3).momentum(0.5).weight_decay(0.05)),
        _ => panic!("no case {name}"),
    }
}

const CASES: [&str; 10] = [
    "sgd",
    "sgd-decay",
    "sgd-momentum",
    "sgd-nesterov",
    "adam",
    "adam-decay",
    "adamw",
    "adamw-decay",
    "rmsprop",
    "rmsprop-momentum",
];

fn golden() -> impl Iterator<Item = (&'static str, usize, Vec<f64>)> {
    let text = include_str!("../../../tests/golden/optimizers.txt");
    text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut words = line.split(' ');
        let (name, step) = (words.next().expect("case"), words.next().expect("step"));
        (name, step.parse().expect("step"), words.map(|x| x.parse().expect("number")).collect())
    })
}

#[test]
fn every_step_agrees_with_pytorch() {
    for name in CASES {
        let mut optimizer = case(name);
        let mut parameters: Vec<f32> = (0..5).map(|i| 0.5 * (i + 1) as f32 * (-1.0_f32).powi(i)).collect();
        // Rounding errors are those of the largest value on the way.
        let mut largest: Vec<f64> = parameters.iter().map(|&p| f64::from(p.abs())).collect();
        let mut steps = 0;
        for (_, step, expected) in golden().filter(|(case, ..)| *case == name) {
            let t = (step - 1) as f64;
            let gradient = |i: i32| ((1.3 * f64::from(i) + 0.7 * t).sin() * 10_f64.powi(i - 2)) as f32;
            let gradients: Vec<f32> = (0..5).map(gradient).collect();
            let rate = optimizer.rate();
            optimizer.step(&mut parameters, &gradients, rate);
            for ((&found, &expected), largest) in parameters.iter().zip(&expected).zip(&mut largest) {
                *largest = largest.max(expected.abs());
                let error = (f64::from(found) - expected).abs();
                assert!(error < 1e-6 * *largest, "{name}, step {step}: {found}, expected {expected}");
            }
            steps += 1;
        }
        assert_eq!((steps, optimizer.steps()), (8, 8), "{name}");
    }
}

fn noise(len: usize, seed: usize) -> Vec<f32> {
    (0..len).map(|i| ((i * 7 + seed * 13) as f32 * 0.61).sin()).collect()
}

/// The parameters after a few steps of a slice long enough to be shared between threads.
fn trained(name: &str, len: usize) -> Vec<u32> {
    let (mut optimizer, mut parameters) = (case(name), noise(len, 0));
    for step in 1..4 {
        let rate = optimizer.rate();
        optimizer.step(&mut parameters, &noise(len, step), rate);
    }
    parameters.into_iter().map(f32::to_bits).collect()
}

#[test]
fn threads_and_instruction_sets_make_no_difference() {
    let len = (1 << 18) + 77;
    for name in CASES {
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let expected = pool(1).install(|| trained(name, len));
        assert_eq!(pool(3).install(|| trained(name, len)), expected, "{name}");
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            let short = simd::on(isa, || trained(name, 1000));
            assert_eq!(short, expected[..1000], "{name} on {isa}");
        }
    }
}

#[test]
fn state_that_fades_ends_at_zero() {
    for name in CASES {
        let mut optimizer = case(name);
        let mut parameters = [1e-37; 20];
        let rate = optimizer.rate();
        optimizer.step(&mut parameters, &[1e-36; 20], rate);
        for _ in 0..200 {
            optimizer.step(&mut parameters, &[0.0; 20], rate);
            let state = optimizer.state().into_iter().flat_map(|(_, state)| state.iter().copied());
            assert!(state.chain(parameters).all(|x| !x.is_subnormal()), "{name}");
        }
    }
}

#[test]
fn what_is_not_a_number_stays_visible() {
    for name in CASES {
        let (mut optimizer, mut parameters) = (case(name), [1.0; 2]);
        let rate = optimizer.rate();
        optimizer.step(&mut parameters, &[f32::NAN, 0.0], rate);
        assert!(parameters[0].is_nan() && !parameters[1].is_nan(), "{name}");
    }
}

#[test]
fn training_resumes_where_it_stopped() {
    for name in CASES {
        let (mut optimizer, mut parameters) = (case(name), noise(100, 0));
        let rate = optimizer.rate();
        for step in 1..4 {
            optimizer.step(&mut parameters, &noise(100, step), rate);
        }
        let (mut other, mut copy) = (case(name), parameters.clone());
        other.reserve(100);
        let (slots, kept) = (other.resume(optimizer.steps()), optimizer.state());
        assert_eq!(slots.len(), kept.len(), "{name}");
        for ((name, slot), (kept_name, kept)) in slots.into_iter().zip(kept) {
            assert_eq!(name, kept_name);
            slot.copy_from_slice(kept);
        }
        for step in 4..7 {
            optimizer.step(&mut parameters, &noise(100, step), rate);
            other.step(&mut copy, &noise(100, step), rate);
        }
        assert_eq!(parameters, copy, "{name}");
    }
}

#[test]
fn state_of_another_network_is_forgotten() {
    let mut optimizer = Adam::new(0.1);
    optimizer.step(&mut [1.0; 3], &[1.0; 3], 0.1);
    optimizer.step(&mut [1.0; 4], &[1.0; 4], 0.1);
    assert_eq!(optimizer.steps(), 1);
    assert_eq!(optimizer.state()[0].1.len(), 4);
}

#[test]
#[should_panic(expected = "parameters and their gradients")]
fn every_parameter_needs_its_gradient() {
    Sgd::new(0.1).step(&mut [0.0; 3], &[0.0; 2], 0.1);
}
