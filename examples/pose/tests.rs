//! The parts against worked cases; the cascade against the mean pose.

use cnn::Loss;

use crate::figure::{ELBOWS, HEAD, JOINTS, Pose, SIDE, figures, joint, torso};
use crate::random::Random;
use crate::refine::{Displacement, OneJoint, crops};
use crate::score::{correct_parts, detected_joints};
use crate::{Cascade, Options, TEST};

/// A pose with one joint moved to the right by so many pixels.
fn moved(pose: &Pose, joint: usize, pixels: f32) -> Pose {
    let mut moved = *pose;
    moved[2 * joint] += pixels / SIDE as f32;
    moved
}

#[test]
fn figures_repeat_and_lie_in_the_picture() {
    let some = figures(3, 0..50).unwrap();
    assert!(some == figures(3, 0..50).unwrap() && some != figures(4, 0..50).unwrap());
    for (picture, pose) in some.inputs().iter().zip(some.targets()) {
        assert!(pose.iter().all(|at| at.abs() < 0.5));
        // The head is drawn where the joint says it is.
        let [x, y] = joint(pose, HEAD).map(|at| at as usize);
        assert!(picture[y][x][0] > 0.55, "{}", picture[y][x][0]);
    }
}

#[test]
fn joints_are_detected_within_a_fifth_of_the_torso() {
    let pose = figures(3, 0..1).unwrap().targets()[0];
    let at = |torsos: f32| moved(&pose, HEAD, torsos * torso(&pose));
    let shares = detected_joints(&[at(0.19), at(-0.19), at(0.21), pose], &[pose; 4], 0.2);
    assert_eq!((shares[HEAD], shares[1..].iter().sum::<f32>()), (0.75, (JOINTS - 1) as f32));
}

#[test]
fn a_part_is_correct_if_both_ends_are() {
    let pose = figures(3, 0..1).unwrap().targets()[0];
    assert_eq!(correct_parts(&[pose], &[pose]), 1.0);
    // An elbow far away spoils the upper and the lower arm, a head none of the limbs.
    assert_eq!(correct_parts(&[moved(&pose, ELBOWS[0], 30.0), moved(&pose, HEAD, 30.0)], &[pose; 2]), 14.0 / 16.0);
}

#[test]
fn displacements_are_drawn_as_errors_are_distributed() {
    let truth = figures(5, 0..2000).unwrap();
    let random = &mut Random::of(6, 0);
    // The elbow's error in torsos: x is 0.1 + 0.2 a, y is -0.3 + 0.1 a + 0.05 b.
    let wrong = |pose: &Pose| {
        let [a, b] = [(); 2].map(|()| random.normal());
        let mut wrong = *pose;
        for (axis, error) in [0.1 + 0.2 * a, -0.3 + 0.1 * a + 0.05 * b].into_iter().enumerate() {
            wrong[2 * ELBOWS[0] + axis] += error * torso(pose) / SIDE as f32;
        }
        wrong
    };
    let found: Vec<Pose> = truth.targets().iter().map(wrong).collect();
    let displacement = Displacement::between(&found, truth.targets());
    let random = &mut Random::of(7, 0);
    let drawn: Vec<[f32; 2]> = (0..20_000).map(|_| displacement.draw(ELBOWS[0], random)).collect();
    let mean = |f: &dyn Fn(&[f32; 2]) -> f32| drawn.iter().map(f).sum::<f32>() / drawn.len() as f32;
    let found = [
        mean(&|d| d[0]),
        mean(&|d| d[1]),
        mean(&|d| (d[0] - 0.1).powi(2)),
        mean(&|d| (d[1] + 0.3).powi(2)),
        mean(&|d| (d[0] - 0.1) * (d[1] + 0.3)),
    ];
    for (found, expected) in found.iter().zip([0.1, -0.3, 0.04, 0.0125, 0.02]) {
        assert!((found - expected).abs() < 0.015, "{found} {expected}");
    }
    // Joints without errors are not displaced.
    assert!(displacement.draw(HEAD, random).iter().all(|d| d.abs() < 1e-3));
}

#[test]
fn windows_show_the_joint_where_the_target_says() {
    let figures = figures(8, 0..50).unwrap();
    let displaced: Vec<Pose> = figures.targets().iter().map(|pose| moved(pose, HEAD, 0.25 * torso(pose))).collect();
    let windows = crops(&figures, &Displacement::between(&displaced, figures.targets()), 9).unwrap();
    assert_eq!(windows.len(), 50 * JOINTS);
    for (window, (number, target)) in windows.inputs().iter().zip(windows.targets()).step_by(JOINTS) {
        assert!(*number == HEAD && (target[0] + 0.25).abs() < 1e-2 && target[1].abs() < 1e-2, "{target:?}");
        // Six of 24 pixels left of the middle.
        assert!(window[12][6][0] > 0.5, "{}", window[12][6][0]);
    }
}

#[test]
fn only_the_windows_joint_counts() {
    let output: Pose = std::array::from_fn(|i| i as f32);
    let mut d = [f32::NAN; 2 * JOINTS];
    assert_eq!(OneJoint.evaluate(&output, &(2, [3.0, 7.0]), &mut d), 1.0 + 4.0);
    assert_eq!((d[4], d[5]), (2.0, -4.0));
    assert!(d[..4].iter().chain(&d[6..]).all(|&d| d == 0.0));
}

#[test]
fn each_stage_is_better_than_the_one_before() {
    let options = Options { figures: 1200, epochs: 4, seed: 1, save: Default::default() };
    let (train, test) = (figures(1, 0..options.figures).unwrap(), figures(1 ^ TEST, 0..200).unwrap());
    let Cascade { mean, first, second } = Cascade::learnt(&train, &test, &options).unwrap();
    let share = |poses: &[Pose]| detected_joints(poses, test.targets(), 0.2).iter().sum::<f32>() / JOINTS as f32;
    let [mean, first, second] = [&mean, &first, &second].map(|poses| share(poses));
    assert!(first > mean + 0.15 && second > first + 0.15, "{mean} {first} {second}");
}
