//! Traffic signs, and photographs of them: from an angle, in bad light, blurred, half hidden.
//!
//! It knows nothing of networks.

use std::f32::consts::FRAC_1_SQRT_2;

use cnn::Volume;

use crate::random::Random;

pub(crate) const SIZE: usize = 32;
pub(crate) type Picture = Volume<SIZE, SIZE, 3>;
type Colour = [f32; 3];

const RED: Colour = [0.75, 0.08, 0.10];
const WHITE: Colour = [0.92, 0.92, 0.90];
const YELLOW: Colour = [0.95, 0.75, 0.05];
const BLUE: Colour = [0.05, 0.25, 0.70];
const BLACK: Colour = [0.06, 0.06, 0.06];

#[derive(Clone, Copy)]
enum Shape {
    Circle,
    Triangle,
    /// A triangle that stands on its tip.
    Yield,
    Octagon,
    Diamond,
}

impl Shape {
    /// How far out a place is, 1 on the edge. The sign's middle is the origin; x points right, y down.
    fn depth(self, x: f32, y: f32) -> f32 {
        match self {
            Self::Circle => x.hypot(y),
            // The distances from three sides, of which the middle has 1/2.
            Self::Triangle => (2.0 * y).max(1.732 * x.abs() - y),
            Self::Yield => Self::Triangle.depth(x, -y),
            Self::Octagon => x.abs().max(y.abs()).max((x.abs() + y.abs()) * FRAC_1_SQRT_2),
            Self::Diamond => x.abs() + y.abs(),
        }
    }
}

/// What a kind of sign looks like: its rim, its face, and what is painted on that.
pub(crate) struct Sign {
    pub(crate) name: &'static str,
    shape: Shape,
    rim: Colour,
    face: Colour,
    ink: Colour,
    glyph: &'static [&'static str],
}

pub(crate) const SIGNS: [Sign; 16] = [
    limit("30", &["### ###", "  # # #", "### # #", "  # # #", "### ###"]),
    limit("50", &["### ###", "#   # #", "### # #", "  # # #", "### ###"]),
    limit("60", &["### ###", "#   # #", "### # #", "# # # #", "### ###"]),
    limit("80", &["### ###", "# # # #", "### # #", "# # # #", "### ###"]),
    limit("no vehicles", &[" ", " "]),
    Sign { name: "no entry", shape: Shape::Circle, rim: RED, face: RED, ink: WHITE, glyph: &[" ", "#", " "] },
    danger("danger", &[" # ", " # ", " # ", "   ", " # "]),
    danger("crossroads", &["#   #", " # # ", "  #  ", " # # ", "#   #"]),
    danger("bend left", &["##  ", " #  ", " ## ", "  # ", "  # "]),
    danger("bend right", &["  ##", "  # ", " ## ", " #  ", " #  "]),
    Sign { name: "give way", shape: Shape::Yield, rim: RED, face: WHITE, ink: WHITE, glyph: &[" "] },
    Sign { name: "stop", shape: Shape::Octagon, rim: RED, face: RED, ink: WHITE, glyph: STOP },
    Sign { name: "main road", shape: Shape::Diamond, rim: WHITE, face: YELLOW, ink: YELLOW, glyph: &[" "] },
    arrow("ahead", &["  #  ", " ### ", "# # #", "  #  ", "  #  "]),
    arrow("left", &["  #  ", " #   ", "#####", " #   ", "  #  "]),
    arrow("right", &["  #  ", "   # ", "#####", "   # ", "  #  "]),
];

const STOP: &[&str] = &["### ### ### ###", "#    #  # # # #", "###  #  # # ###", "  #  #  # # #  ", "###  #  ### #  "];

const fn limit(name: &'static str, glyph: &'static [&'static str]) -> Sign {
    Sign { name, shape: Shape::Circle, rim: RED, face: WHITE, ink: BLACK, glyph }
}

const fn danger(name: &'static str, glyph: &'static [&'static str]) -> Sign {
    Sign { name, shape: Shape::Triangle, rim: RED, face: WHITE, ink: BLACK, glyph }
}

const fn arrow(name: &'static str, glyph: &'static [&'static str]) -> Sign {
    Sign { name, shape: Shape::Circle, rim: BLUE, face: BLUE, ink: WHITE, glyph }
}

impl Sign {
    /// The paint at a place of the sign; none beside it.
    fn paint(&self, x: f32, y: f32) -> Option<Colour> {
        match self.shape.depth(x, y) {
            depth if depth > 1.0 => None,
            depth if depth > 0.75 => Some(self.rim),
            _ if self.has_ink(x, y) => Some(self.ink),
            _ => Some(self.face),
        }
    }

    /// Whether the glyph, which fills the middle of the face, covers a place.
    fn has_ink(&self, x: f32, y: f32) -> bool {
        let (wide, high) = match self.shape {
            Shape::Triangle => (0.32, 0.36),
            Shape::Octagon => (0.62, 0.25),
            _ => (0.55, 0.42),
        };
        let (column, row) = ((x / wide + 1.0) / 2.0, (y / high + 1.0) / 2.0);
        if !(0.0..1.0).contains(&column) || !(0.0..1.0).contains(&row) {
            return false;
        }
        let line = self.glyph[(row * self.glyph.len() as f32) as usize].as_bytes();
        line[(column * line.len() as f32) as usize] == b'#'
    }

    /// A photograph.
    pub(crate) fn photograph(&self, random: &mut Random) -> Picture {
        let view = View::random(random);
        let light = Light::random(random);
        let ground = Ground::random(random);
        let hidden = Cover::random(random);
        let mut picture = [[[0.0; 3]; SIZE]; SIZE];
        for (row, pixels) in picture.iter_mut().enumerate() {
            for (column, pixel) in pixels.iter_mut().enumerate() {
                // Nine rays a pixel; the wider apart, the more blurred is the picture.
                for ray in 0..9 {
                    let x = column as f32 + 0.5 + light.blur * ((ray % 3) as f32 - 1.0);
                    let y = row as f32 + 0.5 + light.blur * ((ray / 3) as f32 - 1.0);
                    let (u, v) = view.to_sign(x, y);
                    let colour = hidden.paint(x, y).or_else(|| self.paint(u, v)).unwrap_or_else(|| ground.paint(x, y));
                    let shade = light.shade(x, y) / 9.0;
                    pixel.iter_mut().zip(colour).for_each(|(sum, paint)| *sum += shade * paint);
                }
                for (value, tint) in pixel.iter_mut().zip(light.tint) {
                    *value = (*value * tint + light.haze + light.noise * random.normal()).clamp(0.0, 1.0);
                }
            }
        }
        picture
    }
}

/// Where a pixel lies on the sign: an affine map divided by a plane, which is perspective.
struct View {
    middle: [f32; 2],
    map: [[f32; 2]; 2],
    tilt: [f32; 2],
}

impl View {
    fn random(random: &mut Random) -> Self {
        let half = SIZE as f32 / 2.0;
        let middle = [half + random.between(-3.0, 3.0), half + random.between(-3.0, 3.0)];
        let (size, wide) = (random.between(11.5, 15.0), random.between(0.75, 1.0));
        let (sin, cos) = random.between(-0.2, 0.2).sin_cos();
        let map = [[cos / size / wide, sin / size / wide], [-sin / size, cos / size]];
        Self { middle, map, tilt: [random.between(-0.012, 0.012), random.between(-0.012, 0.012)] }
    }

    fn to_sign(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (x - self.middle[0], y - self.middle[1]);
        let depth = 1.0 + self.tilt[0] * x + self.tilt[1] * y;
        let [u, v] = self.map.map(|row| (row[0] * x + row[1] * y) / depth);
        (u, v)
    }
}

/// Light, weather and camera.
struct Light {
    tint: Colour,
    haze: f32,
    noise: f32,
    blur: f32,
    /// A shadow's edge, and how much light is left behind it.
    edge: [f32; 3],
    behind: f32,
}

impl Light {
    fn random(random: &mut Random) -> Self {
        // From dusk to glare, each step as likely as a factor.
        let gain = random.between(0.25_f32.ln(), 1.2_f32.ln()).exp();
        let (sin, cos) = random.between(0.0, std::f32::consts::TAU).sin_cos();
        Self {
            tint: [(); 3].map(|()| gain * random.between(0.8, 1.2)),
            haze: random.between(0.0, 0.2),
            noise: random.between(0.005, 0.02),
            blur: random.between(0.33, 1.0),
            edge: [cos, sin, SIZE as f32 / 2.0 * (cos + sin) + random.between(-16.0, 16.0)],
            behind: random.between(0.3, 1.0),
        }
    }

    fn shade(&self, x: f32, y: f32) -> f32 {
        if self.edge[0] * x + self.edge[1] * y > self.edge[2] { self.behind } else { 1.0 }
    }
}

/// What is behind the sign: two colours in stripes of any width and direction: trees, walls, sky.
struct Ground {
    colours: [Colour; 2],
    wave: [f32; 3],
}

impl Ground {
    fn random(random: &mut Random) -> Self {
        let colours = [(); 2].map(|()| [(); 3].map(|()| random.between(0.0, 0.9)));
        let wave = [random.between(-0.4, 0.4), random.between(-0.4, 0.4), random.between(0.0, 6.3)];
        Self { colours, wave }
    }

    fn paint(&self, x: f32, y: f32) -> Colour {
        let share = 0.5 + 0.5 * (self.wave[0] * x + self.wave[1] * y + self.wave[2]).sin();
        std::array::from_fn(|i| share * self.colours[0][i] + (1.0 - share) * self.colours[1][i])
    }
}

/// Something before the sign: a bar such as a pole or a branch, in one of three pictures.
struct Cover {
    colour: Colour,
    edge: [f32; 3],
    half: f32,
}

impl Cover {
    fn random(random: &mut Random) -> Self {
        let (sin, cos) = random.between(0.0, std::f32::consts::TAU).sin_cos();
        Self {
            colour: [(); 3].map(|()| random.between(0.0, 0.7)),
            edge: [cos, sin, SIZE as f32 / 2.0 * (cos + sin) + random.between(-9.0, 9.0)],
            half: if random.below(3) == 0 { random.between(0.5, 2.5) } else { 0.0 },
        }
    }

    fn paint(&self, x: f32, y: f32) -> Option<Colour> {
        ((self.edge[0] * x + self.edge[1] * y - self.edge[2]).abs() < self.half).then_some(self.colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(name: &str) -> &'static Sign {
        SIGNS.iter().find(|sign| sign.name == name).unwrap()
    }

    #[test]
    fn shapes_have_their_corners() {
        for (shape, inside, outside) in [
            (Shape::Circle, [0.7, 0.7], [0.72, 0.72]),
            (Shape::Triangle, [0.0, -0.99], [0.0, 0.51]),
            (Shape::Yield, [0.0, 0.99], [0.0, -0.51]),
            (Shape::Octagon, [0.99, 0.4], [0.8, 0.8]),
            (Shape::Diamond, [0.0, 0.99], [0.51, 0.51]),
        ] {
            assert!(shape.depth(inside[0], inside[1]) < 1.0 && shape.depth(outside[0], outside[1]) > 1.0);
        }
    }

    #[test]
    fn signs_are_painted() {
        let entry = sign("no entry");
        assert_eq!([(0.0, 0.0), (0.0, 0.3), (0.0, 0.9)].map(|(x, y)| entry.paint(x, y)), [WHITE, RED, RED].map(Some));
        assert_eq!(entry.paint(0.8, 0.8), None);
        // 30 and 80 differ in the first digit's left edge alone.
        assert_eq!(sign("30").paint(-0.5, -0.17), Some(WHITE));
        assert_eq!(sign("80").paint(-0.5, -0.17), Some(BLACK));
        assert_eq!(sign("30").paint(0.5, -0.17), Some(BLACK));
    }

    #[test]
    fn every_glyph_is_a_rectangle_and_no_sign_is_another() {
        for (i, sign) in SIGNS.iter().enumerate() {
            assert!(sign.glyph.iter().all(|row| row.len() == sign.glyph[0].len()), "{}", sign.name);
            let places = || (0..1600).map(|i| ((i % 40) as f32 / 20.0 - 1.0, (i / 40) as f32 / 20.0 - 1.0));
            for other in &SIGNS[..i] {
                let differ = places().filter(|&(x, y)| sign.paint(x, y) != other.paint(x, y)).count();
                assert!(differ > 10, "{} and {} differ in {differ} places", sign.name, other.name);
            }
        }
    }
}
