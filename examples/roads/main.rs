//! Roads in aerial pictures (Mnih and Hinton, 2010): a network sees 64x64 pixels and says for the 16x16 in their
//! middle where a road is; a second one sees 64x64 of what the first one says, and mends it.
//!
//!     cargo run --release --example roads
//!
//! "Learning to detect roads in high-resolution aerial images": patches of 64x64 and maps of 16x16, patches turned at
//! random, a second network whose input is the first one's predictions, and the break-even point of precision and
//! recall with a slack of three pixels. The first layers here are convolutions, those of the paper fully connected;
//! the countryside is drawn by `town.rs`.

#[path = "../common/check.rs"]
mod check;
mod measure;
#[path = "../common/outcome.rs"]
mod outcome;
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/random.rs"]
mod random;
mod town;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use cnn::{Adam, BinaryCrossEntropyWithLogits, Network, Sample as _, Schedule, Trainer, Volume, network};

use measure::{Part, SLACK, break_even};
use random::Random;
use town::{Map, Picture, SIDE, Town};

network! {
    /// Roads in the middle of a patch of a picture.
    pub struct Detector: 64x64x3 =>
        conv(16, 8, s4, nobias) bn relu conv(32, 3, nobias) bn relu pool(3, s2)
        fc(256) relu fc(256);

    /// Roads in the middle of a patch of a map of roads: closes gaps, takes away blots.
    pub struct Mender: 64x64x1 =>
        conv(16, 8, s4, nobias) bn relu conv(32, 3, nobias) bn relu pool(3, s2)
        fc(256) relu fc(256);
}

const PATCH: usize = 64;
const TILE: usize = 16;
/// Context on each side of a tile.
const MARGIN: usize = (PATCH - TILE) / 2;
/// The detector's maps reach as far as there is context; the mender's no further than where all its context is theirs.
const DETECTED: Part = Part { from: MARGIN, to: SIDE - MARGIN };
const MENDED: Part = Part { from: 2 * MARGIN, to: SIDE - 2 * MARGIN };

const HELP: &str = "\
Finds roads in pictures from the air: a network that sees patches of a picture, and one that mends its maps; beside how
near a pixel's colour is to that of roads.

cargo run --release --example roads -- [OPTIONS]

  --towns N    pictures to learn from for each of the two networks (default 8)
  --test N     pictures to test on (default 6)
  --steps N    training steps of 32 patches for each network (default 800)
  --seed N     where all random numbers come from (default 1)
  --save FILE  where a test picture, its roads and both maps are drawn (default: roads.png in the system's temporary
               folder)
  --help       print this";

type Tile = [f32; TILE * TILE];

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    let mut random = Random::new(options.seed);
    let mut towns = |count: usize| -> Vec<Town> { (0..count).map(|_| Town::random(&mut random)).collect() };
    // The mender learns from what the detector says about pictures that it has not learnt.
    let (first, second, test) = (towns(options.towns), towns(options.towns), towns(options.test));
    println!("{}", Detector::summary());
    println!(
        "break-even of precision and recall on {} pictures, with a slack of {SLACK} pixels and none:\n",
        test.len()
    );
    let report = |name: &str, maps: &[Box<Map>], start: Instant| {
        let points = [SLACK, 0].map(|slack| 100.0 * score(maps, &test, slack));
        let seconds = start.elapsed().as_secs_f32();
        println!("{name:18}  {:5.1} %  {:5.1} %   ({seconds:.1} s)", points[0], points[1]);
    };

    let start = Instant::now();
    let colour = road_colour(&first);
    report("colour", &test.iter().map(|town| likeness(&town.picture, colour)).collect::<Vec<_>>(), start);

    let start = Instant::now();
    let pictures: Vec<_> = first.iter().map(|town| (&*town.picture, &*town.roads)).collect();
    let mut detector = train(Detector::new(options.seed), &pictures, Part { from: 0, to: SIDE }, &options);
    let detected: Vec<_> = test.iter().map(|town| map(&mut detector, &town.picture, DETECTED)).collect();
    report("network", &detected, start);

    let start = Instant::now();
    let maps: Vec<_> = second.iter().map(|town| map(&mut detector, &town.picture, DETECTED)).collect();
    let maps: Vec<_> = maps.iter().zip(&second).map(|(map, town)| (&**map, &*town.roads)).collect();
    let mut mender = train(Mender::new(options.seed), &maps, DETECTED, &options);
    let mended: Vec<_> = detected.iter().map(|detected| map(&mut mender, detected, MENDED)).collect();
    report("and post-processed", &mended, start);

    save(&test[0], &detected[0], &mended[0], &options)
}

/// Trains a network on patches from anywhere in a part of the pictures, turned and mirrored at random.
fn train<N, const C: usize>(net: N, pairs: &[(&Volume<SIDE, SIDE, C>, &Map)], part: Part, options: &Options) -> N
where
    N: Network<Input = Volume<PATCH, PATCH, C>, Output = Tile>,
{
    const BATCH: usize = 32;
    let mut random = Random::new(options.seed ^ 0x70ad);
    let mut trainer = Trainer::new(net, BinaryCrossEntropyWithLogits, Adam::new(2e-3))
        .schedule(Schedule::Cosine { min: 0.0 })
        .total_steps(options.steps as u64);
    let (mut patches, mut tiles) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
    for _ in 0..options.steps {
        patches.clear();
        tiles.clear();
        for _ in 0..BATCH {
            let (picture, roads) = pairs[random.below(pairs.len())];
            let mut anywhere = || part.from + random.below(part.to - part.from - PATCH + 1);
            let (top, left) = (anywhere(), anywhere());
            let pose = random.below(8);
            let tile: Volume<TILE, TILE, 1> = posed(roads, top + MARGIN, left + MARGIN, pose);
            patches.push(posed(picture, top, left, pose));
            tiles.push(std::array::from_fn(|i| tile[i / TILE][i % TILE][0]));
        }
        trainer.step(&patches, &tiles);
    }
    trainer.into_net()
}

/// A square of a picture in one of the eight ways to lay it on itself.
fn posed<const N: usize, const C: usize>(
    picture: &Volume<SIDE, SIDE, C>,
    top: usize,
    left: usize,
    pose: usize,
) -> Volume<N, N, C> {
    std::array::from_fn(|y| {
        std::array::from_fn(|x| {
            let (y, x) = if pose & 1 > 0 { (x, y) } else { (y, x) };
            let y = if pose & 2 > 0 { N - 1 - y } else { y };
            let x = if pose & 4 > 0 { N - 1 - x } else { x };
            picture[top + y][left + x]
        })
    })
}

/// How probable a network finds a road at each pixel of a part, tile by tile; 0 elsewhere.
fn map<N, const C: usize>(net: &mut N, picture: &Volume<SIDE, SIDE, C>, part: Part) -> Box<Map>
where
    N: Network<Input = Volume<PATCH, PATCH, C>, Output = Tile>,
{
    let corners = || (part.from..part.to).step_by(TILE);
    let places: Vec<(usize, usize)> = corners().flat_map(|y| corners().map(move |x| (y, x))).collect();
    let patches: Vec<_> = places.iter().map(|(y, x)| posed(picture, y - MARGIN, x - MARGIN, 0)).collect();
    let mut tiles = vec![[0.0; TILE * TILE]; patches.len()];
    net.model_mut().forward_batch(&patches, &mut tiles);
    let mut map = Map::zeroed_box();
    for ((top, left), tile) in places.into_iter().zip(&tiles) {
        for (i, logit) in tile.iter().enumerate() {
            map[top + i / TILE][left + i % TILE] = [1.0 / (1.0 + (-logit).exp())];
        }
    }
    map
}

/// The break-even point over all test pictures, of the part that every method has a map of.
fn score(maps: &[Box<Map>], test: &[Town], slack: usize) -> f32 {
    break_even(maps.iter().zip(test).map(|(map, town)| (&**map, &*town.roads)), MENDED, slack)
}

/// The mean colour of roads.
fn road_colour(towns: &[Town]) -> [f32; 3] {
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for town in towns {
        for (pixel, [road]) in town.picture.as_flattened().iter().zip(town.roads.as_flattened()) {
            sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += road * value);
            count += road;
        }
    }
    sum.map(|sum| sum / count)
}

/// How near each pixel's colour is to that of roads: what a threshold on colour goes by.
fn likeness(picture: &Picture, colour: [f32; 3]) -> Box<Map> {
    let mut map = Map::zeroed_box();
    for (pixel, [score]) in picture.as_flattened().iter().zip(map.as_flattened_mut()) {
        let distance: f32 = pixel.iter().zip(colour).map(|(a, b)| (a - b).powi(2)).sum();
        *score = (-3.0 * distance.sqrt()).exp();
    }
    map
}

/// Draws a picture, its roads, and both maps, side by side.
fn save(town: &Town, detected: &Map, mended: &Map, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    const WIDE: usize = MENDED.to - MENDED.from;
    let mut sheet = Volume::<WIDE, { 4 * WIDE }, 3>::zeroed_box();
    for (y, row) in sheet.iter_mut().enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            let (at_y, at_x) = (MENDED.from + y, MENDED.from + x % WIDE);
            *pixel = match x / WIDE {
                0 => town.picture[at_y][at_x],
                1 => [town.roads[at_y][at_x][0]; 3],
                2 => [detected[at_y][at_x][0]; 3],
                _ => [mended[at_y][at_x][0]; 3],
            };
        }
    }
    picture::save(&options.save, &sheet)?;
    println!(
        "\na test picture, its roads, the network's map and the mended one are drawn in {}",
        options.save.display()
    );
    Ok(())
}

struct Options {
    towns: usize,
    test: usize,
    steps: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("roads.png");
        let mut options = Self { towns: 8, test: 6, steps: 800, seed: 1, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("towns") => options.towns = arguments.value()?.parse()?,
                Long("test") => options.test = arguments.value()?.parse()?,
                Long("steps") => options.steps = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            }
        }
        for (name, value, most) in
            [("--towns", options.towns, 1_000), ("--test", options.test, 1_000), ("--steps", options.steps, 1_000_000)]
        {
            check::count(name, value, most)?;
        }
        Ok(Some(options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poses_are_all_different_and_turn_picture_and_roads_alike() {
        let mut picture = Map::zeroed_box();
        for (i, pixel) in picture.as_flattened_mut().iter_mut().enumerate() {
            *pixel = [i as f32];
        }
        let poses: Vec<Volume<PATCH, PATCH, 1>> = (0..8).map(|pose| posed(&picture, 10, 20, pose)).collect();
        for (i, patch) in poses.iter().enumerate() {
            assert!(poses[..i].iter().all(|other| other != patch));
            // The tile is the middle of the patch.
            let tile: Volume<TILE, TILE, 1> = posed(&picture, 10 + MARGIN, 20 + MARGIN, i);
            for (row, whole) in tile.iter().zip(&patch[MARGIN..]) {
                assert_eq!(row[..], whole[MARGIN..MARGIN + TILE]);
            }
        }
        assert_eq!(poses[0][3][5], [(13 * SIDE + 25) as f32]);
        assert_eq!(poses[1][3][5], [(15 * SIDE + 23) as f32]);
    }

    #[test]
    fn tiles_fill_the_part() {
        let mut net = Mender::zeroed();
        let map = map(&mut net, &Map::zeroed_box(), MENDED);
        for (y, row) in map.iter().enumerate() {
            for (x, [road]) in row.iter().enumerate() {
                let is_inside = [y, x].iter().all(|at| (MENDED.from..MENDED.to).contains(at));
                assert_eq!(*road, if is_inside { 0.5 } else { 0.0 });
            }
        }
    }

    #[test]
    fn finds_roads_better_than_colour_does() {
        let seed = 1;
        let mut random = Random::new(seed);
        let mut towns = |count: usize| -> Vec<Town> { (0..count).map(|_| Town::random(&mut random)).collect() };
        let (learn, test) = (towns(8), towns(5));
        let options = Options { towns: 8, test: 5, steps: 500, seed, save: PathBuf::new() };
        let colour = road_colour(&learn);
        let by_colour: Vec<_> = test.iter().map(|town| likeness(&town.picture, colour)).collect();
        let pairs: Vec<_> = learn.iter().map(|town| (&*town.picture, &*town.roads)).collect();
        let mut net = train(Detector::new(seed), &pairs, Part { from: 0, to: SIDE }, &options);
        let detected: Vec<_> = test.iter().map(|town| map(&mut net, &town.picture, DETECTED)).collect();
        let [colour, network] = [by_colour, detected].map(|maps| score(&maps, &test, SLACK));
        assert!(network > colour + 0.03, "network {network}, colour {colour}");
    }
}
