//! Pictures of a countryside from the air, and where its roads are.
//!
//! It knows nothing of networks. Roofs and yards are as grey as roads, trees hang over roads, and shadows darken
//! them, so that colour alone does not tell.

use cnn::{Sample as _, Volume};

use crate::random::Random;

pub(crate) const SIDE: usize = 240;
pub(crate) type Picture = Volume<SIDE, SIDE, 3>;
/// A number for each pixel: 1 on a road and 0 elsewhere, or how probable a road is.
pub(crate) type Map = Volume<SIDE, SIDE, 1>;
type Colour = [f32; 3];

const ASPHALT: Colour = [0.47, 0.47, 0.48];

/// A picture and its roads, on the heap.
pub(crate) struct Town {
    pub(crate) picture: Box<Picture>,
    pub(crate) roads: Box<Map>,
}

impl Town {
    pub(crate) fn random(random: &mut Random) -> Self {
        let mut town = Self { picture: fields(random), roads: Map::zeroed_box() };
        let mut shadows = vec![[1.0_f32; SIDE]; SIDE];
        let roads = roads(random);
        for road in &roads {
            town.pave(road);
        }
        // Where the sun is: the same for the whole picture.
        let sun = random.between(0.0, std::f32::consts::TAU);
        for _ in 0..120 {
            let road = &roads[random.below(roads.len())];
            town.build(&mut shadows, road, sun, random);
        }
        for _ in 0..170 {
            town.plant(&mut shadows, sun, random);
        }
        let light = random.between(0.75, 1.15);
        for (row, shadows) in town.picture.iter_mut().zip(shadows.iter()) {
            for (pixel, shadow) in row.iter_mut().zip(shadows) {
                pixel.iter_mut().for_each(|value| *value = light * shadow * *value + 0.025 * random.normal());
            }
        }
        town
    }

    fn pave(&mut self, road: &Road) {
        for (y, (row, truth)) in self.picture.iter_mut().zip(self.roads.iter_mut()).enumerate() {
            for (x, (pixel, truth)) in row.iter_mut().zip(truth).enumerate() {
                let across = road.across(x as f32, y as f32);
                if across.abs() < road.half {
                    *truth = [1.0];
                    let is_line = road.half > 3.5 && across.abs() < 0.5;
                    *pixel = if is_line { [0.7; 3] } else { ASPHALT.map(|value| value * road.wear) };
                }
            }
        }
    }

    /// A house or a yard beside a road, along it, not on any road.
    fn build(&mut self, shadows: &mut [[f32; SIDE]], road: &Road, sun: f32, random: &mut Random) {
        const ROOFS: [Colour; 5] =
            [[0.55, 0.27, 0.20], [0.50, 0.50, 0.52], [0.44, 0.45, 0.46], [0.75, 0.74, 0.72], [0.33, 0.30, 0.29]];
        let (long, short) = (random.between(4.0, 14.0), random.between(3.0, 7.0));
        let along = random.between(0.0, 1.0) * 2.0 * SIDE as f32 - 0.5 * SIDE as f32;
        let side = [1.0, -1.0][random.below(2)] * (road.half + short + random.between(2.0, 22.0));
        let (middle, direction) = road.beside(along, side);
        let roof = ROOFS[random.below(ROOFS.len())].map(|value| value * random.between(0.92, 1.08));
        let inside = |x: f32, y: f32| {
            let (x, y) = (x - middle[0], y - middle[1]);
            let (u, v) = (x * direction[0] + y * direction[1], y * direction[0] - x * direction[1]);
            u.abs() < long && v.abs() < short
        };
        if pixels().any(|(y, x)| inside(x as f32, y as f32) && self.roads[y][x][0] > 0.0) {
            return;
        }
        let height = random.between(0.0, 8.0);
        let (down, right) = sun.sin_cos();
        for (y, x) in pixels() {
            let (at_x, at_y) = (x as f32, y as f32);
            if inside(at_x, at_y) {
                self.picture[y][x] = roof;
                shadows[y][x] = 1.0;
            } else if (1..=height as usize).any(|i| inside(at_x - right * i as f32, at_y - down * i as f32)) {
                shadows[y][x] = 0.45;
            }
        }
    }

    /// A tree anywhere, over whatever is there, with a shadow beside it.
    fn plant(&mut self, shadows: &mut [[f32; SIDE]], sun: f32, random: &mut Random) {
        let (at_x, at_y) = (random.between(0.0, SIDE as f32), random.between(0.0, SIDE as f32));
        let radius = random.between(2.0, 6.0);
        let green = [0.14, 0.27, 0.12].map(|value| value * random.between(0.8, 1.3));
        let (down, right) = sun.sin_cos();
        for (y, x) in pixels() {
            let (x_off, y_off) = (x as f32 - at_x, y as f32 - at_y);
            if x_off.hypot(y_off) < radius {
                self.picture[y][x] = green.map(|value| value * random.between(0.7, 1.3));
                shadows[y][x] = 1.0;
            } else if (x_off - right * radius).hypot(y_off - down * radius) < radius {
                shadows[y][x] = shadows[y][x].min(0.5);
            }
        }
    }
}

fn pixels() -> impl Iterator<Item = (usize, usize)> {
    (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (y, x)))
}

/// A road through the whole picture: a line that swings to both sides.
struct Road {
    /// A place on the line, and its direction.
    place: [f32; 2],
    direction: [f32; 2],
    /// How far it swings, how fast and from where on.
    swing: [f32; 3],
    /// Half of its width.
    half: f32,
    wear: f32,
}

impl Road {
    /// How far a place is from the middle of the road, about: swings are gentle.
    fn across(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x - self.place[0], y - self.place[1]);
        let along = x * self.direction[0] + y * self.direction[1];
        y * self.direction[0] - x * self.direction[1] - self.bend(along)
    }

    fn bend(&self, along: f32) -> f32 {
        self.swing[0] * (self.swing[1] * along + self.swing[2]).sin()
    }

    /// The place so far along the road and beside it, and the road's direction.
    fn beside(&self, along: f32, side: f32) -> ([f32; 2], [f32; 2]) {
        let across = side + self.bend(along);
        let [right, down] = self.direction;
        ([self.place[0] + right * along - down * across, self.place[1] + down * along + right * across], self.direction)
    }
}

/// Two or three roads in each of two directions that meet nearly at a right angle.
fn roads(random: &mut Random) -> Vec<Road> {
    let first = random.between(0.0, std::f32::consts::TAU);
    let mut roads = Vec::new();
    for turn in [0.0, std::f32::consts::FRAC_PI_2] {
        for _ in 0..2 + random.below(2) {
            let (down, right) = (first + turn + random.between(-0.25, 0.25)).sin_cos();
            roads.push(Road {
                place: [random.between(0.05, 0.95) * SIDE as f32, random.between(0.05, 0.95) * SIDE as f32],
                direction: [right, down],
                swing: [random.between(0.0, 10.0), random.between(0.01, 0.03), random.between(0.0, 6.3)],
                half: random.between(2.0, 4.5),
                wear: random.between(0.85, 1.15),
            });
        }
    }
    roads
}

/// Fields: every pixel has the crop of the nearest of some places, with furrows.
fn fields(random: &mut Random) -> Box<Picture> {
    const CROPS: [Colour; 5] =
        [[0.33, 0.45, 0.22], [0.42, 0.52, 0.27], [0.55, 0.48, 0.32], [0.47, 0.39, 0.28], [0.52, 0.52, 0.46]];
    let fields: Vec<_> = (0..14)
        .map(|_| {
            let place = [random.between(0.0, SIDE as f32), random.between(0.0, SIDE as f32)];
            let crop = CROPS[random.below(CROPS.len())].map(|value| value * random.between(0.9, 1.1));
            let (down, right) = random.between(0.0, std::f32::consts::TAU).sin_cos();
            (place, crop, [right, down])
        })
        .collect();
    let mut picture = Picture::zeroed_box();
    for (y, x) in pixels() {
        let (at_x, at_y) = (x as f32, y as f32);
        let far = |place: &[f32; 2]| (at_x - place[0]).hypot(at_y - place[1]);
        if let Some((_, crop, along)) = fields.iter().min_by(|a, b| far(&a.0).total_cmp(&far(&b.0))) {
            let furrow = 1.0 + 0.06 * (1.3 * (at_x * along[0] + at_y * along[1])).sin();
            picture[y][x] = crop.map(|value| value * furrow);
        }
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_road_is_as_wide_as_it_says() {
        let road = Road { place: [50.0, 20.0], direction: [0.0, 1.0], swing: [0.0; 3], half: 3.0, wear: 1.0 };
        // It runs down, so what is right of it is at its left side.
        assert_eq!(road.across(52.0, 99.0), -2.0);
        assert_eq!(road.beside(10.0, 4.0).0, [46.0, 30.0]);
        let mut town = Town { picture: Picture::zeroed_box(), roads: Map::zeroed_box() };
        town.pave(&road);
        assert_eq!(town.roads.as_flattened().as_flattened().iter().sum::<f32>(), 5.0 * SIDE as f32);
        assert_eq!([47, 48, 52, 53].map(|x| town.roads[7][x][0]), [0.0, 1.0, 1.0, 0.0]);
    }

    #[test]
    fn towns_have_roads_but_are_none() {
        let mut random = Random::new(2);
        for _ in 0..4 {
            let share = Town::random(&mut random).roads.as_flattened().as_flattened().iter().sum::<f32>();
            let share = share / (SIDE * SIDE) as f32;
            assert!((0.03..0.3).contains(&share), "{share}");
        }
    }
}
