//! A picture for each class that has the highest score for it (Simonyan, Vedaldi, Zisserman, *Deep inside convolutional
//! networks*, 2013, section 2).

use std::io;
use std::path::Path;

use cnn::data::Normalize;
use cnn::{Sample, Volume};

use crate::ascent::{Ascent, ClassScore};
use crate::random::Random;
use crate::{Clothes, Photo, Photos, picture, share_right, sheet, shown};

/// The targets of ten pictures, one for each class.
pub(crate) const CLASSES: [usize; 10] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/// Climbs from the mean picture, whose pixels are zero, for all ten classes at once. `watch` sees the classes' mean
/// score, before each step and after the last.
pub(crate) fn climb(
    net: &mut Clothes,
    ascent: &Ascent,
    steps: usize,
    random: &mut Random,
    mut watch: impl FnMut(usize, f32),
) -> Vec<Photo> {
    let mut pictures = vec![[[[0.0]; 28]; 28]; 10];
    for step in 0..steps {
        watch(step, ascent.step(net, &mut pictures, &CLASSES, &ClassScore, random));
    }
    watch(steps, scores(net, &pictures).iter().sum::<f32>() / 10.0);
    pictures
}

/// The mean of all pictures of each class.
pub(crate) fn means(photos: &Photos) -> Vec<Photo> {
    let mut means = Photo::zeroed_vec(10);
    let mut counts = [0.0_f32; 10];
    for (photo, &class) in photos.inputs().iter().zip(photos.targets()) {
        means[class].flat_mut().iter_mut().zip(photo.flat()).for_each(|(sum, x)| *sum += x);
        counts[class] += 1.0;
    }
    for (mean, count) in means.iter_mut().zip(counts) {
        mean.flat_mut().iter_mut().for_each(|sum| *sum /= count);
    }
    means
}

/// The score that each of ten pictures gets for its class.
pub(crate) fn scores(net: &mut Clothes, pictures: &[Photo]) -> [f32; 10] {
    std::array::from_fn(|class| net.forward(&pictures[class])[class])
}

/// Prints the scores of the classes' mean pictures and of two ascents, beside those of real pictures, and how many of
/// them both networks recognise.
pub(crate) fn report(nets: &mut [&mut Clothes; 2], test: &Photos, pictures: [&Vec<Photo>; 3]) {
    let mut real = [0.0; 10];
    for (photo, &class) in test.inputs().iter().zip(test.targets()) {
        let of_class = test.targets().iter().filter(|&&target| target == class).count();
        real[class] += nets[0].forward(photo)[class] / of_class as f32;
    }
    let of_pictures = pictures.map(|pictures| scores(nets[0], pictures));
    println!(
        "\n{:>24}  {:>10}  {:>12}  {:>12}  {:>12}",
        "score of", "test (mean)", "mean picture", "plain climb", "smooth climb"
    );
    for (class, name) in test.class_names().iter().enumerate() {
        let [mean, plain, smooth] = of_pictures.map(|scores| scores[class]);
        println!("{name:>24}  {:>11.1}  {mean:>12.1}  {plain:>12.1}  {smooth:>12.1}", real[class]);
    }
    for (net, who) in nets.iter_mut().zip(["recognised", "by the second network"]) {
        let test = format!("{:.1} %", 100.0 * share_right(net, test.inputs(), test.targets()));
        let [mean, plain, smooth] =
            pictures.map(|pictures| format!("{:.0} of 10", 10.0 * share_right(net, pictures, &CLASSES)));
        println!("{who:>24}  {test:>11}  {mean:>12}  {plain:>12}  {smooth:>12}");
    }
}

/// Draws ten pictures a row.
pub(crate) fn draw(path: &Path, rows: [&Vec<Photo>; 3], normalize: &Normalize) -> io::Result<()> {
    const CELL: usize = 28 * 3 + 6;
    let mut drawing = <Volume<{ 3 * CELL + 6 }, { 10 * CELL + 6 }, 1>>::zeroed_box();
    drawing.as_flattened_mut().fill([1.0]);
    for (row, pictures) in rows.into_iter().enumerate() {
        for (column, picture) in pictures.iter().enumerate() {
            sheet::draw(&mut drawing, &shown(picture, normalize), [row * CELL + 6, column * CELL + 6], 3);
        }
    }
    picture::save(path, &drawing)
}
