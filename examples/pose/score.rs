//! The two measures of the paper (section 4.1).

use crate::figure::{ANKLES, ELBOWS, HEAD, HIPS, JOINTS, KNEES, LIMBS, Pose, SHOULDERS, WRISTS, joint, torso};

/// Joints that are counted together.
pub(crate) const GROUPS: [(&str, &[usize]); 7] = [
    ("head", &[HEAD]),
    ("shoulders", &SHOULDERS),
    ("elbows", &ELBOWS),
    ("wrists", &WRISTS),
    ("hips", &HIPS),
    ("knees", &KNEES),
    ("ankles", &ANKLES),
];

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Percent of detected joints (PDJ): for each joint, the share of figures in which it is at most so many torso lengths
/// from the true one.
pub(crate) fn detected_joints(found: &[Pose], truth: &[Pose], most: f32) -> [f32; JOINTS] {
    std::array::from_fn(|number| {
        let is_near = |(found, truth): &(&Pose, &Pose)| {
            distance(joint(found, number), joint(truth, number)) <= most * torso(truth)
        };
        found.iter().zip(truth).filter(is_near).count() as f32 / truth.len() as f32
    })
}

/// Percent of correct parts (PCP): the share of limbs both of whose ends are at most half the limb's length from the
/// true ones.
pub(crate) fn correct_parts(found: &[Pose], truth: &[Pose]) -> f32 {
    let limbs = found.iter().zip(truth).flat_map(|pair| LIMBS.iter().map(move |limb| (pair, limb)));
    let is_correct = |((found, truth), limb): &((&Pose, &Pose), &[usize; 2])| {
        let length = distance(joint(truth, limb[0]), joint(truth, limb[1]));
        limb.iter().all(|&end| distance(joint(found, end), joint(truth, end)) <= 0.5 * length)
    };
    limbs.filter(is_correct).count() as f32 / (LIMBS.len() * truth.len()) as f32
}
