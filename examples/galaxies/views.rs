//! Looks at a plate: turned and mirrored pictures, and the corners that the shared network sees.

use cnn::Volume;

use crate::galaxy::{PLATE, Plate};

/// Rows and columns of a picture, and of a view, which is a corner of a picture with the galaxy's centre in it.
pub(crate) const PICTURE: usize = 32;
pub(crate) const VIEW: usize = 20;
pub(crate) const VIEWS: usize = 8;
pub(crate) type Picture = Volume<PICTURE, PICTURE, 1>;
pub(crate) type View = Volume<VIEW, VIEW, 1>;

/// How a galaxy is held: turned by so many radians, and perhaps seen in a mirror.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pose {
    pub(crate) turn: f32,
    pub(crate) mirrored: bool,
}

impl Pose {
    /// So many turns, each a part of the circle, with their mirror images.
    pub(crate) fn around(turns: usize) -> Vec<Self> {
        let turn = |i: usize| std::f32::consts::TAU * i as f32 / turns as f32;
        (0..turns).flat_map(|i| [false, true].map(|mirrored| Self { turn: turn(i), mirrored })).collect()
    }
}

/// The middle of the plate as a picture.
pub(crate) fn picture(plate: &Plate, pose: Pose) -> Picture {
    let mut picture = [[[0.0]; PICTURE]; PICTURE];
    sample(plate, pose, &mut picture);
    picture
}

/// The upper left corners of the pictures that are turned by further eighths of a circle. As in the paper, the centre
/// of the galaxy is at the same place of each: four of them are the corners of one picture, four those of the picture
/// turned by 45 degrees.
pub(crate) fn views(plate: &Plate, pose: Pose) -> [View; VIEWS] {
    std::array::from_fn(|i| {
        let turn = pose.turn + std::f32::consts::TAU * i as f32 / VIEWS as f32;
        let mut view = [[[0.0]; VIEW]; VIEW];
        sample(plate, Pose { turn, ..pose }, &mut view);
        view
    })
}

/// The upper left part of the picture of 32x32 in this pose, between pixels by straight lines.
fn sample<const N: usize>(plate: &Plate, pose: Pose, to: &mut Volume<N, N, 1>) {
    let (sin, cos) = pose.turn.sin_cos();
    let (middle, centre) = ((PICTURE as f32 - 1.0) / 2.0, (PLATE as f32 - 1.0) / 2.0);
    for (y, row) in to.iter_mut().enumerate() {
        for (x, [pixel]) in row.iter_mut().enumerate() {
            let (right, down) = (x as f32 - middle, y as f32 - middle);
            let right = if pose.mirrored { -right } else { right };
            let (x, y) = (centre + cos * right - sin * down, centre + sin * right + cos * down);
            // The corners are 15.5 * sqrt(2) = 21.9 from the middle, and the plate's edge 23.5.
            let (left, top) = (x as usize, y as usize);
            let (x, y) = (x - left as f32, y - top as f32);
            let line = |row: usize| (1.0 - x) * plate[row][left][0] + x * plate[row][left + 1][0];
            *pixel = (1.0 - y) * line(top) + y * line(top + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plate whose pixels all differ.
    fn plate() -> Plate {
        std::array::from_fn(|y| std::array::from_fn(|x| [(y * PLATE + x) as f32 / 1e3]))
    }

    fn close(a: &[f32], b: &[f32]) {
        assert_eq!(a.len(), b.len());
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-3), "{a:?} and {b:?}");
    }

    #[test]
    fn an_upright_picture_is_the_middle_of_the_plate() {
        let (plate, upright) = (plate(), Pose { turn: 0.0, mirrored: false });
        let (shown, margin) = (picture(&plate, upright), (PLATE - PICTURE) / 2);
        for (y, row) in shown.iter().enumerate() {
            close(row.as_flattened(), plate[y + margin][margin..margin + PICTURE].as_flattened());
        }
        let mirrored = picture(&plate, Pose { mirrored: true, ..upright });
        for (row, mirror) in shown.iter().zip(&mirrored) {
            let mut mirror = *mirror;
            mirror.reverse();
            close(row.as_flattened(), mirror.as_flattened());
        }
    }

    #[test]
    fn every_second_view_is_a_corner_of_the_picture() {
        let plate = plate();
        for mirrored in [false, true] {
            let pose = Pose { turn: 0.3, mirrored };
            let mut picture = picture(&plate, pose);
            for view in views(&plate, pose).iter().step_by(2) {
                for (row, whole) in view.iter().zip(&picture) {
                    close(row.as_flattened(), whole[..VIEW].as_flattened());
                }
                // A quarter turn, which a mirror turns around.
                let from = |y: usize, x: usize| if mirrored { (PICTURE - 1 - x, y) } else { (x, PICTURE - 1 - y) };
                picture = std::array::from_fn(|y| {
                    std::array::from_fn(|x| {
                        let (y, x) = from(y, x);
                        picture[y][x]
                    })
                });
            }
        }
    }

    #[test]
    fn poses_go_all_around() {
        let poses = Pose::around(4);
        assert_eq!(poses.len(), 8);
        assert_eq!(poses.iter().filter(|pose| pose.mirrored).count(), 4);
        assert!((poses[6].turn - 0.75 * std::f32::consts::TAU).abs() < 1e-6);
    }
}
