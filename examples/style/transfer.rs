//! Pictures that are painted anew until a network sees in them the content of one and the style of another.

use cnn::{Adam, Loss, Optimizer, Sample, Weighted};

use crate::losses::{Content, Style, gram};
use crate::paintings::Picture;
use crate::random::Random;
use crate::{Filters, FiltersLoss, FiltersOutput, FiltersTarget};

/// What a picture is to be like: Gram matrices, and the activations of the content layer.
pub(crate) type Target = FiltersTarget<Vec<f32>, Vec<f32>, Vec<f32>, Vec<f32>>;

/// The loss of a picture (equation 7): alpha times content and beta times style, all of whose layers weigh the same.
pub(crate) type Measure = FiltersLoss<Weighted<Style>, Weighted<Style>, Weighted<Style>, Weighted<Content>>;

pub(crate) fn measure(alpha: f32, beta: f32) -> Measure {
    let layer = Weighted::new(beta / 3.0, Style);
    FiltersLoss { fine: layer, middle: layer, coarse: layer, content: Weighted::new(alpha, Content) }
}

/// What the network is to see.
pub(crate) fn target(net: &mut Filters, content: &Picture, style: &Picture) -> Target {
    let content = FiltersOutput::of(net.forward(content)).content.as_flattened().concat();
    let style = FiltersOutput::of(net.forward(style));
    FiltersTarget { fine: gram(style.fine), middle: gram(style.middle), coarse: gram(style.coarse), content }
}

/// The content loss and the style loss of a picture, by themselves.
pub(crate) fn both(net: &mut Filters, picture: &Picture, target: &Target) -> [f32; 2] {
    let output = net.forward(picture);
    let mut unused = Sample::zeroed_box();
    [(1.0, 0.0), (0.0, 1.0)].map(|(alpha, beta)| measure(alpha, beta).evaluate(output, target, &mut unused))
}

/// Moves the pixels of pictures down the gradient with Adam, all pictures in one batch. `watch` sees them before each
/// step and after the last.
pub(crate) fn paint(
    net: &mut Filters,
    pictures: &mut [Picture],
    targets: &[Target],
    measure: &Measure,
    steps: usize,
    mut watch: impl FnMut(usize, &mut Filters, &[Picture]),
) {
    let mut adam = Adam::new(0.1);
    let mut gradients = vec![0.0; Filters::PARAMS];
    let mut d_pictures = Picture::zeroed_vec(pictures.len());
    for step in 0..steps {
        watch(step, net, pictures);
        net.gradients_with_inputs(pictures, targets, measure, &mut gradients, &mut d_pictures);
        // What Adam changes need not be weights.
        let pixels = pictures.as_flattened_mut().as_flattened_mut().as_flattened_mut();
        // Smaller steps towards the end, so that pixels come to rest.
        let rate = adam.rate() * (1.0 - step as f32 / steps as f32);
        adam.step(pixels, d_pictures.as_flattened().as_flattened().as_flattened(), rate);
        pixels.iter_mut().for_each(|x| *x = x.clamp(-RANGE, RANGE));
    }
    watch(steps, net, pictures);
}

/// Grey with a trace of noise, which tells the pixels apart. Strong noise, as in the paper, stays where such small
/// layers cannot see it: with an amplitude of 1, results were grainy.
pub(crate) fn start(count: usize, random: &mut Random) -> Vec<Picture> {
    let mut pictures = Picture::zeroed_vec(count);
    for picture in &mut pictures {
        picture.flat_mut().iter_mut().for_each(|x| *x = 0.04 * (2.0 * random.unit() - 1.0));
    }
    pictures
}

/// The network sees black as `-RANGE` and white as `RANGE`.
const RANGE: f32 = 2.0;

/// What the network sees of a number from 0, black, to 1, white.
pub(crate) fn seen(x: f32) -> f32 {
    (2.0 * x - 1.0) * RANGE
}

/// A picture that the network sees, from 0 to 1.
pub(crate) fn shown(picture: &Picture) -> Box<Picture> {
    let mut shown = Picture::zeroed_box();
    shown.flat_mut().iter_mut().zip(picture.flat()).for_each(|(shown, x)| *shown = 0.5 + 0.5 * x / RANGE);
    shown
}
