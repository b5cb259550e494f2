//! The reference against PyTorch and against numbers worked out by hand.

use super::{Graph, Layer, Mode, Shape, Tensors, Values, activation};

/// What PyTorch makes of single layers in float64; `make.py` beside it made it.
const CASES: &str = include_str!("cases.txt");

/// Element i of the input (k = 0), of the layer's tensors (k = 1, 2, ..) and of the state that `@start` names (k = 9),
/// as in `make.py`.
fn pattern(k: usize, len: usize) -> Vec<f64> {
    (0..len).map(|i| ((3 * i * i + 7 * i + 13 * k) % 23) as f64).map(|x| (x - 11.0) / 8.0).collect()
}

#[test]
fn every_layer_is_pytorchs() {
    for case in CASES.lines() {
        let [words, sizes, expected] = case.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{case}");
        };
        let sizes: Vec<usize> = sizes.split(' ').map(|size| size.parse().unwrap()).collect();
        let expected: Vec<f64> = expected.split(' ').map(|value| value.parse().unwrap()).collect();
        let (words, mode) = match words.strip_suffix(" training") {
            Some(words) => (words, Mode::Training),
            None => (words, Mode::Inference),
        };
        let shape = [sizes[1], sizes[2], sizes[3]];
        let data = pattern(0, sizes.iter().product());
        let mut inputs = vec![Values { data, ..Values::zeros(sizes[0], shape) }];
        let chain = if words.contains("@start") {
            let [height, width, channels] = shape;
            let hidden: usize = words.split(['(', ',']).nth(1).and_then(|hidden| hidden.parse().ok()).unwrap();
            let state = if words.starts_with("lstm") { 2 * hidden } else { hidden };
            let start = Values::zeros(sizes[0], [1, 1, state]);
            inputs.push(Values { data: pattern(9, sizes[0] * state), ..start });
            let text = format!("struct A: (x: {height}x{width}x{channels}, start: {state}) => @x it: {words};");
            Graph::declared(&text, "A").unwrap()
        } else {
            Graph::chain(shape, [("it", words)]).unwrap()
        };
        let mut tensors = Tensors::new();
        for (k, (name, shape)) in (1..).zip(chain.tensors()) {
            let mut values = pattern(k, shape.iter().product());
            if name == "it.running_var" {
                values.iter_mut().for_each(|x| *x = x.abs() + 0.5);
            }
            tensors.insert(name, values);
        }

        let values = chain.run(&tensors, inputs, mode);
        let mut found = values[chain.outputs[0]].data.clone();
        if mode == Mode::Training {
            found.extend(chain.state_after(&tensors, &values).into_values().flatten());
        }
        assert_eq!(found.len(), expected.len(), "{words}");
        for (found, expected) in found.iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-10, "{words}: {found}, PyTorch {expected}");
        }
    }
}

fn output(words: &str, input: Shape) -> Result<Shape, String> {
    Layer::new(words, input).map(|layer| layer.output)
}

#[test]
fn shapes_are_those_of_the_lecture() {
    assert_eq!(output("conv(10, 5, s1, p2)", [32, 32, 3]), Ok([32, 32, 10]));
    assert_eq!(output("conv (6 , 5)", [32, 32, 3]), Ok([28, 28, 6]));
    assert_eq!(output("conv(1, 3, s2)", [7, 7, 1]), Ok([3, 3, 1]));
    assert_eq!(output("conv(1, 3, p?, s3)", [7, 7, 1]), Ok([3, 3, 1]));
    assert_eq!(output("pool(2)", [28, 28, 6]), Ok([14, 14, 6]));
    assert_eq!(output("fc(10)", [32, 32, 3]), Ok([1, 1, 10]));
    assert_eq!(Layer::new("conv(10, 5, p2)", [32, 32, 3]).map(|layer| layer.params()), Ok(760));
    assert_eq!(Layer::new("conv(10, 5, p2)", [32, 32, 3]).map(|layer| layer.macs), Ok(768_000));
}

#[test]
fn what_does_not_fit_or_is_unknown_is_refused() {
    for words in [
        "conv(1, 3, s3)",
        "conv(1, 9)",
        "conv(2, 3, g3)",
        "conv(1, 4, s2, p?)",
        "conv(1, 3, same, p1)",
        "conv(1, 3, p[1, 2])",
        "conv(1, 3, x7)",
        "conv(1, 3",
        "conv(1)",
        "pool(2)",
        "relu(1)",
        "dense(3)",
    ] {
        assert!(output(words, [7, 7, 2]).is_err(), "{words}: {:?}", output(words, [7, 7, 2]));
    }
}

#[test]
fn a_flattened_output_lies_as_the_volume_did() {
    let chain = Graph::chain([1, 2, 3], [("a", "flatten"), ("b", "relu")]).unwrap();
    let floats = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let values = chain.run(&Tensors::new(), vec![Values::from_channels_last(1, [1, 2, 3], &floats)], Mode::Inference);
    assert_eq!(values[2].data, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    assert_eq!(chain.channels_last(&values[2..]), floats.map(f64::from));

    let chain = Graph::chain([1, 2, 3], [("a", "flatten"), ("b", "fc(6)")]).unwrap();
    assert_eq!(chain.channels_last(&values[2..]), values[2].data);
}

#[test]
fn the_error_function() {
    // Abramowitz, Stegun, table 7.1.
    for (x, expected) in
        [(0.0, 0.0), (0.5, 0.520_499_877_8), (1.0, 0.842_700_792_9), (2.0, 0.995_322_265_0), (7.0, 1.0)]
    {
        assert!((activation::erf(x) - expected).abs() < 1e-10, "{x}");
        assert!((activation::erf(-x) + expected).abs() < 1e-10, "-{x}");
    }
}

#[test]
fn kinks_are_seen_from_afar() {
    let nearest = |words: &str, floats: &[f32]| {
        let chain = Graph::chain([1, 4, 1], [("it", words)]).unwrap();
        let values = chain.run(&Tensors::new(), vec![Values::from_channels_last(1, [1, 4, 1], floats)], Mode::Training);
        chain.nearest_kink(&values)
    };
    assert_eq!(nearest("relu", &[1.0, -0.25, 0.0, 2.0]), 0.25);
    assert_eq!(nearest("hardswish", &[1.0, -2.5, 0.0, 3.75]), 0.5);
    assert_eq!(nearest("pool(1x2)", &[1.0, 1.5, 3.0, 2.0]), 0.5);
    assert_eq!(nearest("gmax", &[1.0, 1.5, 3.0, 2.0]), 1.0);
    assert_eq!(nearest("pool(1x2)", &[1.0, 1.0, 3.0, 2.0]), 1.0);
    assert_eq!(nearest("tanh", &[1.0, -0.25, 0.0, 2.0]), f64::INFINITY);
}
