//! The second stage: a window around each joint, and how far from its middle the joint is (section 3.2 of the paper).

use cnn::data::Dataset;
use cnn::{Loss, Sample, Volume, network};
use rayon::prelude::*;

use crate::figure::{JOINTS, Pose, SIDE, joint, torso};
use crate::random::Random;
use crate::scene::value_at;

network! {
    /// Where the joint in a window is: x and y for each of the joints that it may show, in lengths of the window from
    /// its middle.
    pub struct Refiner: 24x24x1 =>
        conv(16, 3, same) relu pool(2)  conv(24, 3, same) relu pool(2)  conv(32, 3, same) relu  fc(64) relu  fc(26);
}

/// Rows and columns of a window as the network sees it.
const WINDOW: usize = 24;
/// Its length in the picture, in torsos: the paper's sigma, which is 1.0 and 2.0 there, by the data set.
const SIGMA: f32 = 1.0;

type Window = Volume<WINDOW, WINDOW, 1>;

/// How far a stage's estimates lie from the joints, in torsos, for each joint: a normal distribution of two dimensions.
pub(crate) struct Displacement {
    mean: [[f32; 2]; JOINTS],
    /// The lower triangle L of a covariance L L^T (Cholesky): xx, yx, yy.
    factor: [[f32; 3]; JOINTS],
}

impl Displacement {
    /// The distribution of a stage's errors.
    pub(crate) fn between(found: &[Pose], truth: &[Pose]) -> Self {
        let error = |number, axis: usize| {
            let pairs = found.iter().zip(truth);
            pairs.map(move |(found, truth)| (joint(found, number)[axis] - joint(truth, number)[axis]) / torso(truth))
        };
        let average = |sum: f32| sum / truth.len() as f32;
        let mean = std::array::from_fn(|number| [0, 1].map(|axis| average(error(number, axis).sum())));
        let factor = std::array::from_fn(|number| {
            let [x, y] = mean[number];
            let squares = |a: usize, b: usize, [mean_a, mean_b]: [f32; 2]| {
                average(error(number, a).zip(error(number, b)).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum())
            };
            let (xx, yx, yy) = (squares(0, 0, [x, x]), squares(1, 0, [y, x]), squares(1, 1, [y, y]));
            let low = xx.max(1e-12).sqrt();
            [low, yx / low, (yy - yx * yx / (low * low)).max(0.0).sqrt()]
        });
        Self { mean, factor }
    }

    /// A displacement of this joint.
    pub(crate) fn draw(&self, joint: usize, random: &mut Random) -> [f32; 2] {
        let ([a, b], [xx, yx, yy]) = ([(); 2].map(|()| random.normal()), self.factor[joint]);
        [self.mean[joint][0] + xx * a, self.mean[joint][1] + yx * a + yy * b]
    }
}

/// A square part of a picture, at the network's size.
fn window(picture: &Volume<SIDE, SIDE, 1>, middle: [f32; 2], length: f32) -> Window {
    let place = |i: usize, middle: f32| middle + length * ((i as f32 + 0.5) / WINDOW as f32 - 0.5);
    std::array::from_fn(|y| std::array::from_fn(|x| [value_at(picture, [place(x, middle[0]), place(y, middle[1])])]))
}

/// Which joint a window is about, and where it is.
pub(crate) type Target = (usize, [f32; 2]);

/// A window for each joint of each figure, displaced at random: what the second stage learns from.
pub(crate) fn crops(
    figures: &Dataset<Volume<SIDE, SIDE, 1>, Pose>,
    displacement: &Displacement,
    seed: u64,
) -> cnn::Result<Dataset<Window, Target>> {
    let crop = |index: usize| {
        let (figure, number) = (index / JOINTS, index % JOINTS);
        let (pose, random) = (&figures.targets()[figure], &mut Random::of(seed, index));
        let (torso, away) = (torso(pose), displacement.draw(number, random));
        let at = joint(pose, number);
        let middle = [0, 1].map(|axis| at[axis] + torso * away[axis]);
        (window(&figures.inputs()[figure], middle, SIGMA * torso), (number, away.map(|away| -away / SIGMA)))
    };
    let (windows, targets) = (0..figures.len() * JOINTS).into_par_iter().map(crop).unzip();
    Dataset::new(windows, targets)
}

/// The squared distance of the joint that the window is about; what the network says about the others does not count.
pub(crate) struct OneJoint;

impl Loss<Pose, Target> for OneJoint {
    fn evaluate(&self, output: &Pose, (joint, target): &Target, d_output: &mut Pose) -> f32 {
        d_output.fill(0.0);
        let error = [0, 1].map(|axis| output[2 * joint + axis] - target[axis]);
        for (axis, error) in error.iter().enumerate() {
            d_output[2 * joint + axis] = 2.0 * error;
        }
        error.iter().map(|error| error * error).sum()
    }
}

/// Poses with each joint moved to where the window around it shows it.
pub(crate) fn refined(net: &mut Refiner, pictures: &[Volume<SIDE, SIDE, 1>], poses: &[Pose]) -> Vec<Pose> {
    let pairs: Vec<(&Volume<SIDE, SIDE, 1>, &Pose)> = pictures.iter().zip(poses).collect();
    let windows: Vec<Window> = pairs
        .par_iter()
        .flat_map_iter(|(picture, pose)| {
            (0..JOINTS).map(move |number| window(picture, joint(pose, number), SIGMA * torso(pose)))
        })
        .collect();
    let mut said: Vec<Pose> = Sample::zeroed_vec(windows.len());
    net.forward_batch(&windows, &mut said);
    let moved = |(pose, said): (&Pose, &[Pose])| {
        let length = SIGMA * torso(pose) / SIDE as f32;
        std::array::from_fn(|i| pose[i] + length * said[i / 2][i])
    };
    poses.iter().zip(said.chunks(JOINTS)).map(moved).collect()
}
