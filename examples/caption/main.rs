//! Vinyals, Toshev, Bengio, Erhan, *Show and tell: a neural image caption generator*, and Karpathy, Fei-Fei, *Deep
//! visual-semantic alignments for generating image descriptions*, 2015: a convolutional network looks at a picture, and
//! a recurrent one writes a sentence about it, word by word.
//!
//!     cargo run --release --example caption
//!
//! The LSTM gives the probability of each word from the words before it and the picture, log p(S | I) = sum over t of
//! log p(S_t | I, S_0 .. S_t-1) (Vinyals et al., equation 2), and learns from whole sentences, each word from the right
//! ones before it. It then writes by itself: it reads each word that it has written before it writes the next, the
//! likeliest one each time or by beam search. The picture is what the LSTM's state begins with; Vinyals et al. show it
//! to the LSTM as if it were a word before the first. As in both papers, the convolutions have learnt to classify
//! before.

#[path = "../common/check.rs"]
mod check;
#[path = "../common/outcome.rs"]
mod outcome;
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/random.rs"]
mod random;
mod scene;
mod score;
mod search;
#[path = "../common/weights.rs"]
mod weights;
mod writer;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use cnn::{Sample, Volume, data};

use random::Random;
use scene::{Picture, SIDE, Scene, Sentence, to_text};
use score::{Hits, bleu};
use writer::{Captioner, Writer, learn};

const HELP: &str = "\
Learns to write sentences about pictures: one or two shapes, how large they are, of which colour, and where.

cargo run --release --example caption -- [OPTIONS]

  --steps N    steps of training, each on 64 scenes that are made for it (default 900); before them, the CNN alone learns
               to classify for a quarter as many
  --width N    sentences that beam search keeps (default 3)
  --test N     scenes of each kind to test on (default 500)
  --seed N     where all random numbers come from (default 1)
  --save FILE  where to write a picture of some scenes (default: caption.png in the system's temporary folder)
  --help       print this";

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    println!("{}", Captioner::summary());
    let mut random = Random::new(options.seed);

    let start = Instant::now();
    let captioner = learn(options.steps, options.seed, &mut random)?;
    println!("learnt in {:.1} s\n", start.elapsed().as_secs_f32());
    let mut writer = Writer::of(&captioner)?;

    let mut random = Random::new(!options.seed);
    let known: Vec<_> = (0..options.test).map(|_| scene(false, &mut random)).collect();
    let new: Vec<_> = (0..options.test).map(|_| scene(true, &mut random)).collect();
    let usual = most_frequent(&mut random);
    println!("{:28}  exact  BLEU-4  sizes  colours  kinds  places", "");
    for (about, scenes) in [("pairs seen in training", &known), ("pairs never seen in training", &new)] {
        println!("{about}");
        let references: Vec<Vec<Sentence>> = scenes.iter().map(|(scene, _)| scene.sentences()).collect();
        let mut write = |width: usize| -> Vec<Sentence> {
            scenes.iter().map(|(_, picture)| writer.write(picture, width)).collect()
        };
        let (greedy, beam) = (write(1), write(options.width));
        let mut others = greedy.clone();
        others.rotate_left(1);
        row("the most frequent sentence", &vec![usual.clone(); scenes.len()], &references);
        row("greedy, of another picture", &others, &references);
        row("greedy", &greedy, &references);
        row(&format!("beam search, {} wide", options.width), &beam, &references);
    }

    println!("\nsome of the latter:\n");
    for (i, (scene, picture)) in new.iter().take(SHOWN).enumerate() {
        let (written, truths) = (writer.write(picture, options.width), scene.sentences());
        let verdict =
            if truths.contains(&written) { "right".to_owned() } else { format!("it is {}", to_text(&truths[0])) };
        println!("{}  {}   ({verdict})", i + 1, to_text(&written));
    }
    if let Some((_, picture)) = new.first() {
        println!("\nthe first of them, without its colours:\n{}", data::to_text(picture));
    }
    save(&options.save, new.iter().map(|(_, picture)| picture))?;
    println!("all of them, in rows of {ACROSS}: {}", options.save.display());
    Ok(())
}

/// A scene and a picture of it, to learn from or not.
fn scene(is_new: bool, random: &mut Random) -> (Scene, Picture) {
    let scene = Scene::any_that_is_new(is_new, random);
    (scene, scene.picture(random))
}

/// The sentence that is true most often in scenes to learn from.
fn most_frequent(random: &mut Random) -> Sentence {
    let mut counts: HashMap<Sentence, usize> = HashMap::new();
    for _ in 0..20_000 {
        let scene = Scene::any_that_is_new(false, random);
        scene.sentences().into_iter().for_each(|sentence| *counts.entry(sentence).or_default() += 1);
    }
    counts
        .into_iter()
        .max_by_key(|(sentence, count)| (*count, sentence.clone()))
        .map_or(Vec::new(), |(sentence, _)| sentence)
}

/// A line of the table: how good sentences are.
fn row(name: &str, sentences: &[Sentence], references: &[Vec<Sentence>]) {
    let Hits { exact, slots } = Hits::of(sentences, references);
    let [exact, sizes, colours, kinds, places] =
        [exact, slots[0], slots[1], slots[2], slots[3]].map(|share| 100.0 * share);
    let bleu = bleu(sentences, references);
    println!("  {name:26}  {exact:5.1}  {bleu:6.3}  {sizes:5.1}  {colours:7.1}  {kinds:5.1}  {places:6.1}");
}

/// Scenes that are printed, and how many stand side by side in the file.
const SHOWN: usize = 8;
const ACROSS: usize = 4;

/// Writes scenes as one picture, each pixel four times as wide and high.
fn save<'a>(path: &Path, scenes: impl Iterator<Item = &'a Picture>) -> Result<(), std::io::Error> {
    const SCALE: usize = 4;
    const EDGE: usize = SIDE * SCALE;
    let mut sheet = Volume::<{ SHOWN / ACROSS * EDGE }, { ACROSS * EDGE }, 3>::zeroed_box();
    for (i, scene) in scenes.take(SHOWN).enumerate() {
        for (y, row) in sheet[i / ACROSS * EDGE..][..EDGE].iter_mut().enumerate() {
            for (x, pixel) in row[i % ACROSS * EDGE..][..EDGE].iter_mut().enumerate() {
                *pixel = scene[y / SCALE][x / SCALE];
            }
        }
    }
    picture::save(path, &sheet)
}

struct Options {
    steps: usize,
    width: usize,
    test: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("caption.png");
        let mut options = Self { steps: 900, width: 3, test: 500, seed: 1, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            let (name, number, most) = match argument {
                Long("steps") => ("--steps", &mut options.steps, 1_000_000),
                Long("width") => ("--width", &mut options.width, 1_000),
                Long("test") => ("--test", &mut options.test, 10_000),
                Long("seed") => {
                    options.seed = arguments.value()?.parse()?;
                    continue;
                }
                Long("save") => {
                    options.save = arguments.value()?.into();
                    continue;
                }
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected().into()),
            };
            *number = arguments.value()?.parse()?;
            check::count(name, *number, most)?;
        }
        Ok(Some(options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_run_learns_to_look_at_the_picture() {
        let mut random = Random::new(1);
        let captioner = learn(150, 1, &mut random).expect("the same tensors");
        let mut writer = Writer::of(&captioner).expect("the same tensors");
        let scenes: Vec<_> = (0..200).map(|_| scene(false, &mut random)).collect();
        let references: Vec<_> = scenes.iter().map(|(scene, _)| scene.sentences()).collect();
        let mut written: Vec<_> = scenes.iter().map(|(_, picture)| writer.write(picture, 1)).collect();
        let [own, own_bleu] = [Hits::of(&written, &references).slots[1], bleu(&written, &references)];
        written.rotate_left(1);
        let [other, other_bleu] = [Hits::of(&written, &references).slots[1], bleu(&written, &references)];
        assert!(own > 0.5 && other < 0.35, "colours: {own}, and {other} of another picture");
        assert!(own_bleu > 1.5 * other_bleu, "BLEU: {own_bleu}, and {other_bleu} of another picture");
    }
}
