use super::*;
use cnn::Network;

const RANGE: [f32; 2] = [-0.8, 2.0];

fn photos() -> (Photos, Photos) {
    let (mut train, mut test) = data::fashion();
    let normalize = train.statistics();
    normalize.apply(&mut train);
    normalize.apply(&mut test);
    (train, test)
}

#[test]
fn class_models_beat_mean_pictures_and_convince_a_second_network() -> Result<(), Error> {
    let (train, test) = photos();
    let mut net = classifier(&train, &test, 4, 1)?;
    let mut judge = classifier(&train, &test, 4, 2)?;
    let mut random = Random::new(1);
    let mut climb = |ascent| class_models::climb(&mut net, &ascent, 60, &mut random, |_, _| ());
    let smooth = climb(Ascent { range: RANGE, ..SMOOTH });
    let plain = climb(Ascent { range: RANGE, ..PLAIN });
    let means = class_models::means(&train);
    let [means, plain, of_smooth] =
        [&means, &plain, &smooth].map(|pictures| class_models::scores(&mut net, pictures).iter().sum::<f32>());
    assert!(of_smooth > 1.2 * means && plain > of_smooth, "{means} {of_smooth} {plain}");
    let [own, second] = [&mut net, &mut judge].map(|net| share_right(net, &smooth, &class_models::CLASSES));
    assert!(own >= 0.9 && second >= 0.5, "{own} {second}: chance is 0.1");
    Ok(())
}

#[test]
fn a_dream_is_more_active_than_a_random_change() -> Result<(), Error> {
    let (train, test) = photos();
    let net = classifier(&train, &test, 2, 3)?;
    let mut random = Random::new(3);
    let start = deep_dream::start(&test, RANGE, &mut random)?;
    let mut dreamer = Dreamer::new(&net, Ascent { range: RANGE, ..DREAM }, 12)?;
    let mut sizes = Vec::new();
    let dreams = dreamer.dream(&start, &mut random, |size, [first, last]| {
        assert!(last > first, "{size}: {first} -> {last}");
        sizes.push(size);
    });
    assert_eq!(sizes, [40, 56, 80, 112]);
    for (before, after) in start.inputs().iter().zip(dreams.inputs()) {
        let noisy = deep_dream::shaken(before, after, &mut random);
        let [before, noisy, after] = [before, &noisy, after].map(|picture| dreamer.activity(picture));
        assert!(after > 1.1 * noisy && after > 1.3 * before, "{before} {noisy} {after}");
    }
    Ok(())
}

#[test]
fn octaves_have_the_classifiers_layers() -> Result<(), Error> {
    let net = Clothes::new(5);
    let mut octave = Octave40::zeroed();
    weights::copy(&net, &mut octave)?;
    for info in Octave40::TENSORS {
        assert_eq!(octave.tensor(info.name)?, net.tensor(info.name)?);
    }
    Ok(())
}

#[test]
fn the_gradient_for_pixels_is_that_of_finite_differences() {
    let mut net = Clothes::new(6);
    // Noise, because a background of one grey has equal neighbours, between which max pooling has a kink.
    let mut random = Random::new(6);
    let mut picture = Photo::zeroed_vec(1);
    picture[0].flat_mut().iter_mut().for_each(|x| *x = 2.0 * random.unit() - 1.0);
    let mut gradients = vec![0.0; Clothes::PARAMS];
    let mut d_pictures = Photo::zeroed_vec(1);
    let loss = &ascent::ClassScore;
    net.model_mut().gradients_with_inputs(&picture, &[3], loss, &mut gradients, &mut d_pictures);
    let length = d_pictures[0].flat().iter().map(|d| d * d).sum::<f32>().sqrt();
    let mut score = |by: f32| {
        let mut moved = picture[0];
        moved.flat_mut().iter_mut().zip(d_pictures[0].flat()).for_each(|(x, d)| *x -= by * d / length);
        net.forward(&moved)[3]
    };
    let expected = (score(0.02) - score(-0.02)) / 0.04;
    assert!((length - expected).abs() < 0.05 * expected, "{length}, expected {expected}");
}
