use super::*;
use rank::{average_precision, precision};

/// R, R, N, R, N: the precision at its three right answers is 1/1, 2/2 and 3/4.
const WORKED: [bool; 5] = [true, true, false, true, false];

#[test]
fn precision_of_a_worked_case() {
    assert_eq!([1, 2, 3, 4, 5].map(|k| precision(&WORKED, k)), [1.0, 1.0, 2.0 / 3.0, 0.75, 0.6]);
}

#[test]
fn average_precision_of_worked_cases() {
    assert!((average_precision(&WORKED) - (1.0 + 1.0 + 0.75) / 3.0).abs() < 1e-12);
    assert_eq!(average_precision(&[false, false, true, true]), (1.0 / 3.0 + 0.5) / 2.0);
    assert_eq!(average_precision(&[true, true, false]), 1.0);
    assert_eq!(average_precision(&[false, false]), 0.0);
}

#[test]
fn nearest_agrees_with_choosing_the_smallest_again_and_again() {
    let mut random = Random::new(4);
    let vectors: Vec<Vec<f32>> = (0..40).map(|_| (0..3).map(|_| random.unit()).collect()).collect();
    let query = [0.5, 0.25, 0.75];
    let distance =
        |i: usize| -> f64 { query.iter().zip(&vectors[i]).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>().sqrt() };
    let mut left: Vec<usize> = (0..vectors.len()).collect();
    for found in nearest(&query, &vectors) {
        let best = left.iter().map(|&i| distance(i)).fold(f64::INFINITY, f64::min);
        assert!((distance(found) - best).abs() < 1e-6);
        left.retain(|&i| i != found);
    }
    assert!(left.is_empty());
}

#[test]
fn quality_of_a_line_of_points() {
    // Two classes side by side on a line: from the left end all of class 0 comes first, from the right end last.
    let pictures =
        Features { vectors: (0..20).map(|i| vec![i as f32]).collect(), classes: &[[0; 10], [1; 10]].concat() };
    let queries = |at: f32| Features { vectors: vec![vec![at]], classes: &[0] };
    let near = Quality::of(&queries(-1.0), &pictures);
    assert_eq!([near.at_5, near.at_10, near.mean_average_precision], [1.0; 3]);
    let far = Quality::of(&queries(20.0), &pictures);
    let expected: f64 = (1..=10).map(|i| f64::from(i) / f64::from(10 + i)).sum::<f64>() / 10.0;
    assert_eq!([far.at_5, far.at_10], [0.0; 2]);
    assert!((far.mean_average_precision - expected).abs() < 1e-12);
}

#[test]
fn learnt_features_beat_pixels_and_those_beat_chance() -> Result<(), Error> {
    let (mut train, mut test) = data::fashion();
    let normalize = train.statistics();
    normalize.apply(&mut train);
    normalize.apply(&mut test);
    let test = test.take(150);
    let mut clothes = classifier(&train, &test, 6, 1)?;
    let mut embedding = triplets::train(&train, 4, 1)?;
    let mut random = Random::new(1);
    let precision = |features: &mut dyn FnMut(&Volume<28, 28, 1>) -> Vec<f32>| {
        Quality::of(&Features::of(&test, &mut *features), &Features::of(&train, features)).mean_average_precision
    };
    let chance = precision(&mut |_| vec![random.unit()]);
    let pixels = precision(&mut |picture| picture.flat().to_vec());
    let learnt = precision(&mut |picture| features(&mut clothes, picture));
    let placed = precision(&mut |picture| embedding.forward(picture).to_vec());
    assert!(chance < 0.15 && pixels > 0.3, "{chance} {pixels}");
    assert!(learnt > pixels + 0.1 && placed > pixels + 0.1, "{learnt} {placed}, pixels {pixels}");
    Ok(())
}
