use super::*;

fn options(pretrain: usize, epochs: usize, seed: u64) -> Options {
    Options { pretrain, epochs, rate: 0.003, seed, fashion: None, save: PathBuf::new() }
}

#[test]
fn errors_are_sums_over_pixels_and_means_over_pictures() {
    let (black, mut grey) = ([0.0; 784], [0.0; 784]);
    grey[..8].fill(0.5);
    assert_eq!(squared_error(&[black, black], &[grey, black]), 1.0);
}

/// Unrolled, the network does in one pass what the machines do one after the other, up and down again.
#[test]
fn unrolling_turns_the_weights_round() -> Result<()> {
    let (train, _) = data::fashion();
    let pictures = &flat(&train)[..100];
    let how = Pretraining { epochs: 1, batch: 50, seed: 1 };
    let (machine, features) = Machine::train(Up4::new(1), Hidden::Linear, vec![[0.25; 250]; 10], how)?;
    assert_eq!(features.len(), 10);
    let mut net = Autoencoder::zeroed();
    unroll(&mut net, &machine, ["fc4", "fc5"])?;
    let up = machine.up.tensor("fc1.weight")?;
    let down = net.tensor("fc5.weight")?;
    assert_eq!((&up.shape[..], &down.shape[..]), (&[30, 250][..], &[250, 30][..]));
    for (hidden, visible) in [(0, 0), (7, 101), (29, 249)] {
        assert_eq!(up.values[250 * hidden + visible], down.values[30 * visible + hidden]);
    }
    assert_eq!(net.tensor("fc4.weight")?.values, up.values);
    assert_eq!(net.tensor("fc5.bias")?.values, machine.visible_bias);
    // All else is zero, so every pixel of every reconstruction is sigmoid(0).
    assert!(reconstruct(&mut net, pictures).as_flattened().iter().all(|&x| x == 0.5));
    Ok(())
}

/// A run as short as a test allows: far better than the mean picture, and than the same network from random weights.
#[test]
fn pretraining_is_what_makes_it_learn() -> Result<()> {
    let (train, test) = data::fashion();
    let (train, test) = (flat(&train.take(1000)), flat(&test.take(200)));
    let mean = Pca::new(&train, 0);
    let mean = squared_error(&test, &test.iter().map(|x| mean.reconstruct(x)).collect::<Vec<_>>());
    let short = options(4, 3, 1);
    let mut pretrained = fine_tune(pretrain(&train, &short)?, &train, &test, &short)?;
    let mut random = fine_tune(Autoencoder::new(1), &train, &test, &short)?;
    let [pretrained, random] = [&mut pretrained, &mut random].map(|net| squared_error(&test, &reconstruct(net, &test)));
    assert!(pretrained < 0.6 * mean, "{pretrained}, the mean picture {mean}");
    assert!(pretrained < 0.8 * random, "{pretrained}, from random weights {random}");
    Ok(())
}
