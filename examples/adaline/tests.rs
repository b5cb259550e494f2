use super::*;

/// Two steps of the rule by hand, in f64.
#[test]
fn steps_are_widrow_and_hoffs() {
    let (digits, _) = two_digits(8, 9);
    let (rate, mut weights) = (0.003, vec![0.0; 65]);
    let mut trainer = Trainer::new(Adaline::zeroed(), MeanSquaredError, Sgd::new(rate));
    for (input, target) in digits.inputs().iter().zip(digits.targets()).take(2) {
        let error = f64::from(target[0]) - least_squares::output(&weights, input);
        let pixels = input.as_flattened().as_flattened().iter().chain(&[1.0]);
        weights.iter_mut().zip(pixels).for_each(|(w, &x)| *w += 2.0 * f64::from(rate) * error * f64::from(x));
        trainer.step(&[*input], &[*target]);
    }
    let found = [trainer.net().tensor("fc1.weight"), trainer.net().tensor("fc1.bias")];
    let found = found.into_iter().flat_map(|tensor| tensor.expect("is there").values);
    assert!(found.zip(weights).all(|(w, expected)| (f64::from(w) - expected).abs() < 1e-6));
}

#[test]
fn the_delta_rule_comes_close_to_least_squares() {
    let (train, test) = two_digits(8, 9);
    let least = least_squares::mean_squared_error(&least_squares::solve(&train), &train);
    for seed in 0..3 {
        let mut trainer = Trainer::new(Adaline::zeroed(), MeanSquaredError, Sgd::new(0.001));
        (0..30).for_each(|epoch| delta_rule(&mut trainer, &train, seed, epoch));
        let error = f64::from(trainer.evaluate(&train).loss);
        assert!(least <= error && error < 1.25 * least, "seed {seed}: {error}, at least {least}");
        let right = accuracy(&test, |digit| trainer.net_mut().forward(digit)[0]);
        assert!(right > 92.0, "seed {seed}: {right} %, where chance has {} %", commoner(&test));
    }
}

#[test]
fn a_madaline_learns_what_one_adaline_cannot() {
    let switches = switches();
    for seed in 0..5 {
        let mut trainer = madaline::learn(SmallMadaline::new(seed), &switches, 200, 0.05, seed);
        assert_eq!(trainer.evaluate(&switches).accuracy, Some(1.0), "seed {seed}");
    }
    assert_eq!(least_squares::solve(&switches), [0.0; 3]);

    let (train, test) = parities();
    let best = least_squares::solve(&train);
    let single = accuracy(&test, |digit| least_squares::output(&best, digit) as f32);
    for seed in 0..2 {
        let mut trainer = madaline::learn(Madaline::new(seed), &train, 10, JOB_RATE, seed);
        let many = accuracy(&test, |digit| majority(trainer.net_mut().forward(digit)));
        assert!(many > single + 2.0, "seed {seed}: {many} %, one Adaline {single} %");
    }
}

#[test]
fn the_command_line_names_two_digits() {
    assert_eq!(pair("3,8"), Ok([3, 8]));
    for wrong in ["3", "3,3", "3,10", "3,8,9", "a,b", ""] {
        assert!(pair(wrong).unwrap_err().starts_with("--digits is"), "{wrong}");
    }
}

#[test]
fn the_curve_has_few_lines() {
    let shown: Vec<usize> = (0..=1000).filter(|&epoch| is_shown(epoch)).collect();
    assert_eq!(shown, [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
}
