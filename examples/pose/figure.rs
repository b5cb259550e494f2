//! Stick figures with random limbs, before textured ground with strokes that belong to nobody.

use std::f32::consts::PI;
use std::ops::Range;

use cnn::Volume;
use cnn::data::Dataset;
use rayon::prelude::*;

use crate::random::Random;
use crate::scene::{ground, stroke};

/// Rows and columns of a picture.
pub(crate) const SIDE: usize = 64;
/// Head; shoulders, elbows, wrists, hips, knees and ankles, of each the one on the left of the picture first.
pub(crate) const JOINTS: usize = 13;
pub(crate) const HEAD: usize = 0;
pub(crate) const SHOULDERS: [usize; 2] = [1, 2];
pub(crate) const ELBOWS: [usize; 2] = [3, 4];
pub(crate) const WRISTS: [usize; 2] = [5, 6];
pub(crate) const HIPS: [usize; 2] = [7, 8];
pub(crate) const KNEES: [usize; 2] = [9, 10];
pub(crate) const ANKLES: [usize; 2] = [11, 12];

/// The parts of a body: upper and lower arms and legs, of both sides.
pub(crate) const LIMBS: [[usize; 2]; 8] = [[1, 3], [2, 4], [3, 5], [4, 6], [7, 9], [8, 10], [9, 11], [10, 12]];

/// x and y of every joint, in lengths of the picture from its middle: the paper's normalised coordinates N(y; b)
/// (equation 1) for the box that is the whole picture.
pub(crate) type Pose = [f32; 2 * JOINTS];

/// A joint of a pose, in pixels.
pub(crate) fn joint(pose: &Pose, joint: usize) -> [f32; 2] {
    [0, 1].map(|axis| (pose[2 * joint + axis] + 0.5) * SIDE as f32)
}

/// The length of the torso, in pixels: from the left shoulder to the right hip.
pub(crate) fn torso(pose: &Pose) -> f32 {
    let [shoulder, hip] = [joint(pose, SHOULDERS[0]), joint(pose, HIPS[1])];
    (shoulder[0] - hip[0]).hypot(shoulder[1] - hip[1])
}

/// The figures of these numbers.
pub(crate) fn figures(seed: u64, numbers: Range<usize>) -> cnn::Result<Dataset<Volume<SIDE, SIDE, 1>, Pose>> {
    let (pictures, poses) = numbers.into_par_iter().map(|number| figure(&mut Random::of(seed, number))).unzip();
    Dataset::new(pictures, poses)
}

fn figure(random: &mut Random) -> (Volume<SIDE, SIDE, 1>, Pose) {
    loop {
        let joints = joints(random);
        // A figure that does not fit into the picture is another one.
        if joints.as_flattened().iter().all(|at| (2.0..SIDE as f32 - 2.0).contains(at)) {
            let strokes = random.below(4);
            let mut picture = ground(random, strokes);
            draw(&mut picture, &joints, random);
            return (picture, std::array::from_fn(|i| joints[i / 2][i % 2] / SIDE as f32 - 0.5));
        }
    }
}

/// A body that leans a little, arms that go anywhere, legs that stand or walk. Angles are from straight down.
fn joints(random: &mut Random) -> [[f32; 2]; JOINTS] {
    let size = random.between(0.8, 1.25);
    let lean = random.between(-0.4, 0.4);
    let go =
        |[x, y]: [f32; 2], angle: f32, length: f32| [x - size * length * angle.sin(), y + size * length * angle.cos()];
    let neck = [random.between(24.0, 40.0), random.between(12.0, 26.0)];
    let pelvis = go(neck, lean, 15.0);
    let mut joints = [[0.0; 2]; JOINTS];
    joints[HEAD] = go(neck, lean + PI + random.between(-0.3, 0.3), 5.5);
    for (side, outwards) in [1.0, -1.0].into_iter().enumerate() {
        joints[SHOULDERS[side]] = go(neck, lean + outwards * PI / 2.0, 5.0);
        joints[HIPS[side]] = go(pelvis, lean + outwards * PI / 2.0, 3.5);
        let arm = lean + outwards * random.between(-0.2, 2.6);
        joints[ELBOWS[side]] = go(joints[SHOULDERS[side]], arm, 8.0);
        joints[WRISTS[side]] = go(joints[ELBOWS[side]], arm + outwards * random.between(-0.3, 1.6), 8.0);
        let leg = outwards * random.between(-0.1, 0.9);
        joints[KNEES[side]] = go(joints[HIPS[side]], leg, 9.0);
        joints[ANKLES[side]] = go(joints[KNEES[side]], leg - outwards * random.between(0.0, 0.9), 9.0);
    }
    joints
}

/// A trunk, a round head, and limbs of one thickness, all of nearly the same shade.
fn draw(picture: &mut Volume<SIDE, SIDE, 1>, joints: &[[f32; 2]; JOINTS], random: &mut Random) {
    let (shade, thickness) = (random.between(0.65, 0.95), random.between(1.8, 3.6));
    let mut line = |from: [f32; 2], to: [f32; 2], thickness| {
        stroke(picture, from, to, thickness, shade + random.between(-0.05, 0.05));
    };
    let middle = |pair: [usize; 2]| [0, 1].map(|axis| 0.5 * (joints[pair[0]][axis] + joints[pair[1]][axis]));
    let (neck, pelvis) = (middle(SHOULDERS), middle(HIPS));
    line(neck, pelvis, 1.8 * thickness);
    line(joints[SHOULDERS[0]], joints[SHOULDERS[1]], thickness);
    line(joints[HIPS[0]], joints[HIPS[1]], thickness);
    line(neck, joints[HEAD], thickness);
    line(joints[HEAD], joints[HEAD], 6.0);
    for [from, to] in LIMBS {
        line(joints[from], joints[to], thickness);
    }
}
