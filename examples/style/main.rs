//! Style transfer (Gatys, Ecker, Bethge, *Image style transfer using convolutional neural networks*, 2016): a picture
//! is sought whose activations are those of one picture (its content) and whose channels go together as those of
//! another (its style).
//!
//!     cargo run --release --example style
//!
//! The network has random filters that never learn. Ustyuzhaninov et al. (*Texture synthesis using shallow
//! convolutional networks with random filters*, 2016) and He, Wang, Hopcroft (*A powerful generative model using random
//! weights for the deep image representation*, 2016) found that these carry style and content as well: Gram matrices of
//! many random features still tell textures apart. VGG's own learnt theirs from a million photographs, and there are
//! none here to learn from.

#[path = "../common/outcome.rs"]
mod outcome;
#[path = "../common/picture.rs"]
mod picture;
#[path = "../common/random.rs"]
mod random;
#[path = "../common/sheet.rs"]
mod sheet;

mod losses;
mod paintings;
#[cfg(test)]
mod tests;
mod transfer;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cnn::{Sample, Volume, data, network};

use paintings::Picture;
use random::Random;

network! {
    /// Layers as in VGG, with average pooling, which the paper prefers. Its heads: three of style, from as fine as the
    /// picture to coarse, and one of content.
    pub struct Filters: 64x64x3 =>
        #[frozen] conv(64, 3, same) relu @fine
        avg(2)
        #[frozen] conv(64, 3, same) relu @middle
        avg(2)
        #[frozen] conv(64, 3, same) relu @coarse
        => { fine: @fine, middle: @middle, coarse: @coarse, content: @middle };
}

const HELP: &str = "\
Paints pictures with the content of one (a piece of clothing) and the style of others (patterns made by formulas).

cargo run --release --example style -- [OPTIONS]

  --steps N      steps of Adam (default 250)
  --content W    weight of the content loss beside a style loss of weight 1 (default 1e-6: it is a sum, style is not)
  --picture N    which of the 500 test pictures is the content, from 0 (default 0, a boot)
  --seed N       where filters, patterns and noise come from (default 1)
  --save FILE    where to draw contents, styles and results (default: style.png in the system's temporary folder)
  --help         print this";

/// The styles, in order.
const STYLES: [&str; 3] = ["swirls", "mosaic", "hatching"];

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments()? else {
        println!("{HELP}");
        return Ok(());
    };
    println!("{}", Filters::summary());
    let mut net = Filters::new(options.seed);
    let mut random = Random::new(options.seed);
    let content = content(options.picture)?;
    let styles = paintings::styles(&mut random);
    let mut noise = Picture::zeroed_box();
    paintings::noise(&mut noise, &mut random);
    let targets: Vec<_> = styles.iter().map(|style| transfer::target(&mut net, &content, style)).collect();
    let mut pictures = transfer::start(STYLES.len(), &mut random);

    println!("{:>8}  {:>12}  {:>12}  (means of {} pictures)", "steps", "content loss", "style loss", pictures.len());
    let measure = transfer::measure(options.content, 1.0);
    let shown_every = (options.steps / 8).max(1);
    transfer::paint(&mut net, &mut pictures, &targets, &measure, options.steps, |step, net, pictures| {
        if step % shown_every == 0 || step == options.steps {
            let [mut content, mut style] = [0.0; 2];
            for (picture, target) in pictures.iter().zip(&targets) {
                let losses = transfer::both(net, picture, target);
                content += losses[0] / pictures.len() as f32;
                style += losses[1] / pictures.len() as f32;
            }
            println!("{step:>8}  {content:>12.0}  {style:>12.5}");
        }
    });

    // What holds only for the filters that it was painted for is no style.
    let mut others = Filters::new(options.seed.wrapping_add(1));
    println!(
        "\n{:>8}  {:>18}  {:>12}  {:>12}  {:>26}",
        "style", "picture", "content loss", "style loss", "style loss, other filters"
    );
    for (i, name) in STYLES.into_iter().enumerate() {
        let other_target = transfer::target(&mut others, &content, &styles[i]);
        let rows =
            [("content itself", &*content), ("style itself", &styles[i]), ("noise", &*noise), ("result", &pictures[i])];
        for (row, picture) in rows {
            let [content, style] = transfer::both(&mut net, picture, &targets[i]);
            let [_, other] = transfer::both(&mut others, picture, &other_target);
            println!("{name:>8}  {row:>18}  {content:>12.0}  {style:>12.5}  {other:>26.5}");
        }
    }
    draw(&options.save, &content, &styles, &pictures)?;
    println!("\ncontent, styles and results are drawn in {}", options.save.display());
    Ok(())
}

/// A test picture of clothes, enlarged.
fn content(number: usize) -> Result<Box<Picture>, String> {
    let (_, test) = data::fashion();
    let count = test.len();
    let large = test.resize::<64, 64>();
    let grey = large.inputs().get(number).ok_or(format!("`--picture` is a number below {count}, found {number}"))?;
    let mut picture = Picture::zeroed_box();
    for (pixel, [grey]) in picture.as_flattened_mut().iter_mut().zip(grey.as_flattened()) {
        *pixel = [transfer::seen(*grey); 3];
    }
    Ok(picture)
}

/// Draws a row for each style: content, style, result.
fn draw(path: &Path, content: &Picture, styles: &[Picture], results: &[Picture]) -> std::io::Result<()> {
    const CELL: usize = 64 * 3 + 8;
    let mut drawing = <Volume<{ 3 * CELL + 8 }, { 3 * CELL + 8 }, 3>>::zeroed_box();
    drawing.as_flattened_mut().fill([1.0; 3]);
    for (row, (style, result)) in styles.iter().zip(results).enumerate() {
        for (column, picture) in [content, style, result].into_iter().enumerate() {
            sheet::draw(&mut drawing, &transfer::shown(picture), [row * CELL + 8, column * CELL + 8], 3);
        }
    }
    picture::save(path, &drawing)
}

struct Options {
    steps: usize,
    content: f32,
    picture: usize,
    seed: u64,
    save: PathBuf,
}

impl Options {
    /// What the command line asks for; `None` if it asks for help.
    fn from_arguments() -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;
        let save = std::env::temp_dir().join("style.png");
        let mut options = Self { steps: 250, content: 1e-6, picture: 0, seed: 1, save };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("steps") => options.steps = arguments.value()?.parse()?,
                Long("content") => options.content = arguments.value()?.parse_with(weight)?,
                Long("picture") => options.picture = arguments.value()?.parse()?,
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                _ => return Err(argument.unexpected()),
            }
        }
        Ok(Some(options))
    }
}

fn weight(text: &str) -> Result<f32, String> {
    let weight = text.parse().ok().filter(|weight: &f32| (0.0..=1.0).contains(weight));
    weight.ok_or("expected a weight of 0 to 1".to_owned())
}
