//! DeepDream (Mordvintsev, Olah, Tyka, *Inceptionism: going deeper into neural networks*, 2015, and the notebook that
//! came with it): a layer is asked for more of whatever it sees, in one size of the picture after the other.

use std::io;
use std::path::Path;

use cnn::data::{Dataset, Normalize};
use cnn::{Error, Loss, Network, Sample, Volume, argmax};

use crate::ascent::{Activity, Ascent};
use crate::random::Random;
use crate::weights;
use crate::{Clothes, Octave40, Octave56, Octave80, Octave112, Photo, Photos, picture, sheet, shown};

/// Pictures without targets: dreams that run side by side.
pub(crate) type Pictures<const S: usize> = Dataset<Volume<S, S, 1>, ()>;

/// What dreams: the networks for the octaves, each `1.4` times the size of the one before it, as in the notebook.
pub(crate) struct Dreamer {
    octave_40: Octave40,
    octave_56: Octave56,
    octave_80: Octave80,
    octave_112: Octave112,
    ascent: Ascent,
    steps: usize,
}

impl Dreamer {
    /// Convolutions do not depend on the size of the picture: all octaves get the classifier's weights.
    pub(crate) fn new(clothes: &Clothes, ascent: Ascent, steps: usize) -> Result<Self, Error> {
        let mut dreamer = Self {
            octave_40: Octave40::zeroed(),
            octave_56: Octave56::zeroed(),
            octave_80: Octave80::zeroed(),
            octave_112: Octave112::zeroed(),
            ascent,
            steps,
        };
        weights::copy(clothes, &mut dreamer.octave_40)?;
        weights::copy(clothes, &mut dreamer.octave_56)?;
        weights::copy(clothes, &mut dreamer.octave_80)?;
        weights::copy(clothes, &mut dreamer.octave_112)?;
        Ok(dreamer)
    }

    /// Dreams on from pictures. `watch` sees each octave's size, and the mean activity before its first and last step.
    ///
    /// What an octave has added, its detail, is enlarged and laid over the next larger form of the original, so that
    /// this keeps the detail that small forms have lost.
    pub(crate) fn dream(
        &mut self,
        pictures: &Pictures<112>,
        random: &mut Random,
        mut watch: impl FnMut(usize, [f32; 2]),
    ) -> Pictures<112> {
        let Self { octave_40, octave_56, octave_80, octave_112, ascent, steps } = self;
        let base_80: Pictures<80> = pictures.clone().resize();
        let base_56: Pictures<56> = base_80.clone().resize();
        let base_40: Pictures<40> = base_56.clone().resize();
        let mut climb = Climb { ascent, steps: *steps, random, watch: &mut watch };
        let dream_40 = climb.octave(octave_40, base_40.clone());
        let dream_56 = climb.octave(octave_56, with_detail(&base_56, dream_40, &base_40));
        let dream_80 = climb.octave(octave_80, with_detail(&base_80, dream_56, &base_56));
        climb.octave(octave_112, with_detail(pictures, dream_80, &base_80))
    }

    /// How active the layer is over a picture.
    pub(crate) fn activity(&mut self, picture: &Volume<112, 112, 1>) -> f32 {
        -Activity.evaluate(self.octave_112.forward(picture), &(), &mut Sample::zeroed_box())
    }
}

/// How every octave climbs.
struct Climb<'a> {
    ascent: &'a Ascent,
    steps: usize,
    random: &'a mut Random,
    watch: &'a mut dyn FnMut(usize, [f32; 2]),
}

impl Climb<'_> {
    fn octave<const S: usize, N>(&mut self, net: &mut N, mut pictures: Pictures<S>) -> Pictures<S>
    where
        N: Network<Input = Volume<S, S, 1>>,
    {
        let targets = vec![(); pictures.len()];
        let activities: Vec<f32> = (0..self.steps)
            .map(|_| self.ascent.step(net, pictures.inputs_mut(), &targets, &Activity, self.random))
            .collect();
        if let [first, .., last] = activities[..] {
            (self.watch)(S, [first, last]);
        }
        pictures
    }
}

/// A base with the detail that a smaller base was given: `base + enlarged (dream - small)`.
fn with_detail<const S: usize, const SMALL: usize>(
    base: &Pictures<S>,
    mut dream: Pictures<SMALL>,
    small: &Pictures<SMALL>,
) -> Pictures<S> {
    for (dream, small) in dream.inputs_mut().iter_mut().zip(small.inputs()) {
        dream.flat_mut().iter_mut().zip(small.flat()).for_each(|(dream, small)| *dream -= small);
    }
    let mut pictures: Pictures<S> = dream.resize();
    for (picture, base) in pictures.inputs_mut().iter_mut().zip(base.inputs()) {
        picture.flat_mut().iter_mut().zip(base.flat()).for_each(|(picture, base)| *picture += base);
    }
    pictures
}

/// What dreams begin with: clouds, and sixteen test pictures side by side.
pub(crate) fn start(photos: &Photos, [black, white]: [f32; 2], random: &mut Random) -> Result<Pictures<112>, Error> {
    let mut pictures = <Volume<112, 112, 1>>::zeroed_vec(2);
    // Noise that is the stronger the coarser it is, as in clouds.
    let sizes = [noise::<4>(random)?, noise::<7>(random)?, noise::<14>(random)?, noise::<28>(random)?];
    for (octave, weight) in sizes.iter().zip([0.5, 0.25, 0.15, 0.1]) {
        pictures[0].flat_mut().iter_mut().zip(octave.inputs()[0].flat()).for_each(|(sum, x)| *sum += weight * x);
    }
    pictures[0].flat_mut().iter_mut().for_each(|x| *x = black + (white - black) * *x);
    for (i, photo) in photos.inputs().iter().take(16).enumerate() {
        sheet::draw(&mut pictures[1], photo, [i / 4 * 28, i % 4 * 28], 1);
    }
    Dataset::new(pictures, vec![(); 2])
}

/// Random numbers of 0 to 1 on a grid of `S x S`, smoothly enlarged.
fn noise<const S: usize>(random: &mut Random) -> Result<Pictures<112>, Error> {
    let mut grid = vec![[[[0.0]; S]; S]];
    grid.as_flattened_mut().as_flattened_mut().as_flattened_mut().iter_mut().for_each(|x| *x = random.unit());
    Ok(Dataset::new(grid, vec![()])?.resize())
}

/// Prints how active the layer is before and after, beside what random changes of the same size do, and what the
/// classifier sees in the 16 windows of 28x28 pixels.
pub(crate) fn report(
    dreamer: &mut Dreamer,
    net: &mut Clothes,
    [start, dreams]: [&Pictures<112>; 2],
    names: &[String],
    random: &mut Random,
) {
    for (i, title) in ["clouds", "clothes"].into_iter().enumerate() {
        let (before, after) = (&start.inputs()[i], &dreams.inputs()[i]);
        let noisy = shaken(before, after, random);
        let [first, random_change, last] = [before, &noisy, after].map(|picture| dreamer.activity(picture));
        println!(
            "{title}: activity {first:.3}, after the dream {last:.3}; after a random change as large {random_change:.3}"
        );
        for (picture, when) in [(before, "before"), (after, "after")] {
            let (confidence, seen) = windows(net, picture);
            let seen: Vec<String> = seen.iter().map(|&(class, count)| format!("{count} {}", names[class])).collect();
            println!("  {when:>6}: {:.0} % sure on average of {}", 100.0 * confidence, seen.join(", "));
        }
    }
}

/// A picture whose every pixel is changed as much as in another one, up or down at random.
pub(crate) fn shaken(
    before: &Volume<112, 112, 1>,
    after: &Volume<112, 112, 1>,
    random: &mut Random,
) -> Box<Volume<112, 112, 1>> {
    let mut noisy = <Volume<112, 112, 1>>::zeroed_box();
    for ((x, before), after) in noisy.flat_mut().iter_mut().zip(before.flat()).zip(after.flat()) {
        *x = if random.below(2) == 1 { *after } else { 2.0 * before - after };
    }
    noisy
}

/// What the classifier sees in the 16 windows of 28x28 pixels: the mean of its largest probabilities, and how many
/// windows it takes for each class, the most frequent first.
fn windows(net: &mut Clothes, picture: &Volume<112, 112, 1>) -> (f32, Vec<(usize, usize)>) {
    let mut counts: Vec<(usize, usize)> = (0..10).map(|class| (class, 0)).collect();
    let mut confidence = 0.0;
    for (top, left) in (0..4).flat_map(|y| (0..4).map(move |x| (28 * y, 28 * x))) {
        let window: Photo = std::array::from_fn(|y| std::array::from_fn(|x| picture[top + y][left + x]));
        let scores = net.forward(&window);
        let class = argmax(scores);
        counts[class].1 += 1;
        confidence += 1.0 / scores.iter().map(|score| (score - scores[class]).exp()).sum::<f32>() / 16.0;
    }
    counts.retain(|&(_, count)| count > 0);
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    (confidence, counts)
}

/// Draws dreams at the right of what they began with.
pub(crate) fn draw(path: &Path, columns: [&Pictures<112>; 2], normalize: &Normalize) -> io::Result<()> {
    const CELL: usize = 112 * 3 + 8;
    let mut drawing = <Volume<{ 2 * CELL + 8 }, { 2 * CELL + 8 }, 1>>::zeroed_box();
    drawing.as_flattened_mut().fill([1.0]);
    for (column, pictures) in columns.into_iter().enumerate() {
        for (row, picture) in pictures.inputs().iter().enumerate() {
            sheet::draw(&mut drawing, &shown(picture, normalize), [row * CELL + 8, column * CELL + 8], 3);
        }
    }
    picture::save(path, &drawing)
}
