//! Galaxies by the formulas that astronomers fit to real ones, and what volunteers would answer about them.
//!
//! It knows nothing of networks.

use cnn::Volume;

use crate::random::Random;

/// Rows and columns of a photographic plate. A picture of 32x32 turned by any angle lies within it.
pub(crate) const PLATE: usize = 48;
pub(crate) type Plate = Volume<PLATE, PLATE, 1>;

/// The questions of the Galaxy Zoo about shape, in short. Volunteers first say whether a galaxy is smooth; what they
/// are asked then depends on it. Shares of answers add up to the share of those who were asked.
pub(crate) const QUESTIONS: [&str; ANSWERS] = [
    "smooth",
    "disc",
    "smooth: round",
    "smooth: between",
    "smooth: cigar",
    "disc: edge-on",
    "disc: face-on",
    "face-on: arms",
    "face-on: none",
    "arms: tight",
    "arms: loose",
    "arms: two",
    "arms: more",
];
pub(crate) const ANSWERS: usize = 13;
pub(crate) type Answers = [f32; ANSWERS];

/// A galaxy is a bulge and a disc with arms. Lengths are in pixels, angles in radians.
#[derive(Clone, Debug)]
pub(crate) struct Galaxy {
    /// The bulge's share of the light; the disc has the rest.
    bulge: f32,
    /// Half of the bulge's light comes from within this radius.
    bulge_radius: f32,
    /// The bulge's short axis by its long one.
    bulge_axes: f32,
    /// Within which the disc loses all but 1/e of its brightness.
    disc_radius: f32,
    /// The disc's inclination: 1 face-on, 0 edge-on.
    cos_tilt: f32,
    /// Number of arms, how much they stand out (0 to 1), the angle between an arm and a circle, and how they turn (1,
    /// -1).
    arms: usize,
    contrast: f32,
    pitch: f32,
    sense: f32,
    /// Where the arms begin, and the direction of the long axis on the sky.
    phase: f32,
    direction: f32,
}

impl Galaxy {
    pub(crate) fn random(random: &mut Random) -> Self {
        let is_elliptical = random.below(3) == 0;
        let bulge = if is_elliptical { random.between(0.6, 1.0) } else { random.between(0.05, 0.65) };
        let disc_radius = random.between(4.0, 6.5);
        Self {
            bulge,
            bulge_radius: if is_elliptical { random.between(3.0, 6.0) } else { disc_radius * random.between(0.2, 0.5) },
            bulge_axes: if is_elliptical { random.between(0.3, 1.0) } else { random.between(0.7, 1.0) },
            disc_radius,
            // Discs that point anywhere in space alike have inclinations whose cosines are equally likely.
            cos_tilt: random.between(0.0, 1.0),
            arms: [2, 2, 3, 4][random.below(4)],
            contrast: random.between(0.0, 0.95),
            pitch: random.between(10.0_f32, 35.0).to_radians(),
            sense: [1.0, -1.0][random.below(2)],
            phase: random.between(0.0, std::f32::consts::TAU),
            direction: random.between(0.0, std::f32::consts::TAU),
        }
    }

    /// The disc's apparent short axis by its long one: discs are a seventh as thick as wide (Hubble, 1926:
    /// q^2 = (1 - q0^2) cos^2 i + q0^2).
    fn disc_axes(&self) -> f32 {
        let thickness = 0.15_f32.powi(2);
        ((1.0 - thickness) * self.cos_tilt.powi(2) + thickness).sqrt()
    }

    /// Light at a place whose origin is the galaxy's centre. All the light on the sky adds up to 1.
    pub(crate) fn light(&self, x: f32, y: f32) -> f32 {
        let (sin, cos) = self.direction.sin_cos();
        let (along, across) = (cos * x + sin * y, cos * y - sin * x);

        // de Vaucouleurs (1948): I = I_e exp(-7.669 ((r / r_e)^(1/4) - 1)), whose integral is 22.67 r_e^2 q I_e.
        let r = along.hypot(across / self.bulge_axes);
        let bulge = (-7.669 * ((r / self.bulge_radius).powf(0.25) - 1.0)).exp()
            / (22.67 * self.bulge_radius.powi(2) * self.bulge_axes);

        // Freeman (1970): I = I_0 exp(-r / h), whose integral is 2 pi h^2 q I_0; times waves along logarithmic spirals
        // r = r_0 exp(angle tan(pitch)), which fade towards the centre.
        let axes = self.disc_axes();
        let (r, angle) = (along.hypot(across / axes), (across / axes).atan2(along));
        let scaled = r / self.disc_radius;
        let turned = angle - self.sense * scaled.max(1e-3).ln() / self.pitch.tan() - self.phase;
        let wave = 1.0 + self.contrast * scaled / (scaled + 0.3) * (self.arms as f32 * turned).cos();
        let disc = wave * (-scaled).exp() / (std::f32::consts::TAU * self.disc_radius.powi(2) * axes);
        self.bulge * bulge + (1.0 - self.bulge) * disc
    }

    /// The share of volunteers who give each answer: all of them where a matter is plain, some where it is on the
    /// border.
    pub(crate) fn answers(&self) -> Answers {
        let smooth = step(self.bulge, 0.5, 0.75);
        let disc = 1.0 - smooth;
        let (round, cigar) = (step(self.bulge_axes, 0.7, 0.9), 1.0 - step(self.bulge_axes, 0.4, 0.6));
        let face = disc * step(self.disc_axes(), 0.25, 0.4);
        let arms = face * step(self.contrast, 0.2, 0.6);
        let tight = 1.0 - step(self.pitch.to_degrees(), 15.0, 27.0);
        let two = if self.arms == 2 { arms } else { 0.0 };
        [
            smooth,
            disc,
            smooth * round,
            smooth * (1.0 - round - cigar),
            smooth * cigar,
            disc - face,
            face,
            arms,
            face - arms,
            arms * tight,
            arms * (1.0 - tight),
            two,
            arms - two,
        ]
    }

    /// A photograph: the galaxy and a few stars of our own before it, blurred by the air, with the noise of counted
    /// photons and of the sky, its brightness compressed as in the pictures of the Sloan survey (Lupton et al., 2004:
    /// asinh).
    pub(crate) fn photograph(&self, random: &mut Random) -> Plate {
        let centre = (PLATE as f32 - 1.0) / 2.0;
        let (at_x, at_y) = (centre + random.between(-0.5, 0.5), centre + random.between(-0.5, 0.5));
        let mut sky = [[0.0; PLATE]; PLATE];
        for (y, row) in sky.iter_mut().enumerate() {
            for (x, light) in row.iter_mut().enumerate() {
                *light = self.light(x as f32 - at_x, y as f32 - at_y);
            }
        }
        for _ in 0..random.below(4) {
            sky[random.below(PLATE)][random.below(PLATE)] += random.between(0.005, 0.05);
        }
        let exposure = random.between(8_000.0, 24_000.0);
        let mut plate = [[[0.0]; PLATE]; PLATE];
        for (y, row) in plate.iter_mut().enumerate() {
            for (x, [pixel]) in row.iter_mut().enumerate() {
                let photons = exposure * blurred(&sky, y, x);
                let counted = photons + (photons + 0.4).sqrt() * random.normal();
                *pixel = (counted / 6.0).asinh() / 4.0;
            }
        }
        plate
    }
}

/// The mean of a pixel and its neighbours with the weights 1 2 1 in both directions; beyond the edge is what lies on
/// it.
fn blurred(sky: &[[f32; PLATE]; PLATE], y: usize, x: usize) -> f32 {
    let around = |at: usize| [(at.saturating_sub(1), 0.25), (at, 0.5), ((at + 1).min(PLATE - 1), 0.25)];
    let rows = around(y).into_iter();
    rows.flat_map(|(y, down)| around(x).map(|(x, right)| down * right * sky[y][x])).sum()
}

/// From 0 at `low` to 1 at `high` along a smooth curve.
fn step(x: f32, low: f32, high: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn galaxies() -> Vec<Galaxy> {
        let mut random = Random::new(1);
        (0..200).map(|_| Galaxy::random(&mut random)).collect()
    }

    #[test]
    fn answers_add_up_along_the_tree() {
        for galaxy in galaxies() {
            let [smooth, disc, round, between, cigar, edge, face, arms, none, tight, loose, two, more] =
                galaxy.answers();
            let sums = [
                (smooth + disc, 1.0),
                (round + between + cigar, smooth),
                (edge + face, disc),
                (arms + none, face),
                (tight + loose, arms),
                (two + more, arms),
            ];
            assert!(sums.iter().all(|(sum, whole)| (sum - whole).abs() < 1e-6), "{galaxy:?}: {sums:?}");
            assert!(galaxy.answers().iter().all(|share| (-1e-6..=1.0).contains(share)), "{galaxy:?}");
        }
    }

    #[test]
    fn light_adds_up_to_one() {
        // Over a plane wide enough for nearly all of it, the steep centre in small steps.
        for galaxy in galaxies().into_iter().take(6) {
            let mut sum = 0.0;
            for (reach, fine) in [(8.0_f32, 0.05_f32), (160.0, 0.5)] {
                let steps = (2.0 * reach / fine) as i32;
                let place = |i: i32| (i as f32 + 0.5) * fine - reach;
                for (x, y) in (0..steps).flat_map(|i| (0..steps).map(move |j| (place(i), place(j)))) {
                    if fine < 0.1 || x.abs().max(y.abs()) > 8.0 {
                        sum += f64::from(galaxy.light(x, y) * fine * fine);
                    }
                }
            }
            assert!((0.96..1.03).contains(&sum), "{sum} of {galaxy:?}");
        }
    }

    #[test]
    fn half_of_a_bulge_is_within_its_radius() {
        let round = Galaxy { bulge: 1.0, bulge_axes: 1.0, ..galaxies()[0].clone() };
        let mut inside = 0.0;
        let fine = round.bulge_radius / 400.0;
        for (x, y) in (0..800).flat_map(|i| (0..800).map(move |j| (i as f32 - 399.5, j as f32 - 399.5))) {
            if x.hypot(y) < 400.0 {
                inside += f64::from(round.light(x * fine, y * fine) * fine * fine);
            }
        }
        assert!((inside - 0.5).abs() < 0.01, "{inside}");
    }

    #[test]
    fn arms_lie_on_logarithmic_spirals() {
        let disc = Galaxy { bulge: 0.0, cos_tilt: 1.0, arms: 2, contrast: 0.9, ..galaxies()[0].clone() };
        // Of all angles at a radius, the brightest is where the spiral through the phase says; the other arm is
        // opposite.
        for radius in [3.0_f32, 5.0, 8.0] {
            let expected =
                disc.phase + disc.direction + disc.sense * (radius / disc.disc_radius).ln() / disc.pitch.tan();
            let at = |angle: f32| disc.light(radius * angle.cos(), radius * angle.sin());
            let brightest = (0..3600).map(|i| at(i as f32 * std::f32::consts::TAU / 3600.0)).fold(0.0, f32::max);
            for arm in [expected, expected + std::f32::consts::PI] {
                assert!(at(arm) > 0.999 * brightest && at(arm + 1.57) < 0.5 * brightest, "radius {radius}");
            }
        }
    }
}
