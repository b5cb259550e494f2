use super::learning::{count, randomize, trainer};
use super::*;

const PAPER: Descent = Descent { epsilon: 0.1, alpha: 0.9, sweeps: 5000 };

#[test]
fn eight_of_sixty_four_patterns_are_symmetric() {
    let task = Task::new(is_symmetric);
    let on: Vec<String> = task
        .patterns
        .iter()
        .zip(&task.targets)
        .filter(|(_, target)| target[0] == 1.0)
        .map(|(pattern, _)| pattern.map(|x| x.to_string()).concat())
        .collect();
    assert_eq!(on, ["000000", "001100", "010010", "011110", "100001", "101101", "110011", "111111"]);
    assert_eq!((task.patterns.len(), task.commonest()), (64, 56));
}

/// The numbers that figure 1 prints on its arcs and in its nodes.
#[test]
fn the_papers_own_weights_solve_the_problem_within_the_tolerance() -> Result<()> {
    let mut net = Symmetry::zeroed();
    let weight = [14.2, -3.6, 7.2, -7.1, 3.6, -14.2];
    net.set_tensor("fc1.weight", &[weight, weight.map(|w: f32| -w)].concat())?;
    net.set_tensor("fc1.bias", &[-1.1; 2])?;
    net.set_tensor("fc2.weight", &[-9.4; 2])?;
    net.set_tensor("fc2.bias", &[6.4])?;
    assert_eq!(count(&mut net, &Task::new(is_symmetric), 0.2), 64);
    assert_eq!(ratio(&weight), "1.0 : 2.0 : 3.9");
    assert!(is_papers_ratio(&weight) && !is_papers_ratio(&[7.9, 5.9, -3.8, 3.8, -5.9, -7.9]));
    Ok(())
}

/// The paper's equations by hand, in f64: what a network of two hidden units is after so many sweeps.
fn by_hand(mut w: Vec<f64>, task: &Task<6>, descent: Descent) -> Vec<f64> {
    let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
    let mut change = vec![0.0; w.len()];
    for _ in 0..descent.sweeps {
        let mut d_w = vec![0.0; w.len()];
        for (x, d) in task.patterns.iter().zip(&task.targets) {
            // Weights of hidden unit h are w[6 h..], its bias w[12 + h]; those of the output w[14..16], its bias w[16].
            let hidden = [0, 1].map(|h| {
                sigmoid(w[12 + h] + (0..6).map(|i| w[6 * h + i] * f64::from(x[i])).sum::<f64>()) // (1), (2)
            });
            let y = sigmoid(w[16] + w[14] * hidden[0] + w[15] * hidden[1]);
            let d_net = (y - f64::from(d[0])) * y * (1.0 - y); // (4), (5)
            d_w[16] += d_net;
            for h in 0..2 {
                d_w[14 + h] += d_net * hidden[h]; // (6)
                let d_hidden = d_net * w[14 + h] * hidden[h] * (1.0 - hidden[h]); // (7), (5)
                d_w[12 + h] += d_hidden;
                for i in 0..6 {
                    d_w[6 * h + i] += d_hidden * f64::from(x[i]);
                }
            }
        }
        for ((w, change), d_w) in w.iter_mut().zip(&mut change).zip(d_w) {
            *change = -f64::from(descent.epsilon) * d_w + f64::from(descent.alpha) * *change; // (9)
            *w += *change;
        }
    }
    w
}

#[test]
fn sweeps_are_the_papers_equations() -> Result<()> {
    let all = |net: &Symmetry| -> Result<Vec<f64>> {
        let names = ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"];
        let tensors = names.map(|name| net.tensor(name)).into_iter().collect::<Result<Vec<_>>>()?;
        Ok(tensors.iter().flat_map(|tensor| &tensor.values).map(|&x| f64::from(x)).collect())
    };
    let task = Task::new(is_symmetric);
    let descent = Descent { sweeps: 50, ..PAPER };
    let mut net = Symmetry::zeroed();
    randomize(&mut net, 3)?;
    let start = all(&net)?;
    assert!(start.iter().all(|w| w.abs() <= 0.3) && start.iter().any(|w| w.abs() > 0.15), "{start:?}");
    let expected = by_hand(start, &task, descent);
    let mut trainer = trainer(net, 64, descent);
    for _ in 0..descent.sweeps {
        trainer.step(&task.patterns, &task.targets);
    }
    for (found, expected) in all(trainer.net())?.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-4, "{found}, by hand {expected}");
    }
    Ok(())
}

#[test]
fn hidden_units_learn_what_one_unit_cannot() -> Result<()> {
    let exclusive_or = Task::new(|[a, b]| a != b);
    assert!(learn(FlatXor::zeroed(), &exclusive_or, PAPER, 1)?.right <= 3);
    let learned = |seed| Ok(learn(Xor::zeroed(), &exclusive_or, PAPER, seed)?.sweeps.is_some());
    assert!((0..10).map(learned).collect::<Result<Vec<_>>>()?.contains(&true));
    Ok(())
}

#[test]
fn learned_weights_are_those_of_the_figure() -> Result<()> {
    let task = Task::new(is_symmetric);
    assert!(learn(FlatSymmetry::zeroed(), &task, PAPER, 1)?.right < 64);
    let mut learned = 0;
    for seed in 0..10 {
        let outcome = learn(Symmetry::zeroed(), &task, PAPER, seed)?;
        if outcome.sweeps.is_some() {
            learned += 1;
            for weight in outcome.net.tensor("fc1.weight")?.values.chunks(6) {
                for i in 0..3 {
                    let (one, other) = (weight[i], weight[5 - i]);
                    assert!((one + other).abs() < 0.2 * one.abs(), "seed {seed}: {weight:?}");
                }
            }
        }
    }
    assert!(learned >= 2, "{learned} of ten starts learned it");
    Ok(())
}
