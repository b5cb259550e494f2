//! The networks: one that learns from whole sentences, and two parts of it that write them word by word.

use cnn::{Adam, Clip, Network, PixelCrossEntropy, Result, Sample, Schedule, SoftmaxCrossEntropy, Trainer, network};

use crate::random::Random;
use crate::scene::{LONGEST, Picture, STOP, Scene, Sentence, Thing};
use crate::search;
use crate::weights;

network! {
    let words = 17;
    let hidden = 96;

    /// Finds out what there is in a picture, and where.
    block trunk() {
        conv(24, 4, s2, p1) relu
        conv(32, 4, s2, p1) relu
        conv(64, 4, s2, p1) relu
    }

    /// What the state of the LSTM begins with.
    block eye() { trunk fc(192) relu fc(2 * hidden) }

    /// Which of 32 things is the only one in a picture.
    pub struct Classifier: 32x32x3 => trunk gmax fc(32);

    /// Scores of the next word after every word of a sentence about a picture.
    pub struct Captioner: (picture: 32x32x3, sentence: 11) =>
        @picture eye @seen => { next: @sentence embed(words, 32) lstm(hidden, from = @seen) score: conv(words, 1) };

    /// The picture's part of it.
    pub struct Eye: 32x32x3 => eye;

    /// One step of the LSTM: the logarithms of the next word's probabilities, and the state then.
    pub struct Step: (word: 1, state: 192) =>
        @word embed(words, 32) lstm(hidden, from = @state, state)
        => { next: slice(0, hidden) score: fc(words) logsoftmax, state: id };
}

type State = [f32; 192];

/// What does not count in the loss: the places behind the end of a sentence.
const NOTHING: u8 = 255;

/// Scenes of a step.
const BATCH: usize = 64;

/// Trains a classifier on scenes of one thing, and then a captioner with its trunk on all scenes to learn from, each of
/// them made for it. Both papers begin with a network that has learnt to classify, on ImageNet.
pub(crate) fn learn(steps: usize, seed: u64, random: &mut Random) -> Result<Captioner> {
    let classifier = classify(steps.div_ceil(4), seed, random);
    let mut captioner = Captioner::new(seed);
    for info in Classifier::TENSORS.iter().filter(|info| info.name.starts_with("trunk1.")) {
        captioner.set_tensor(&format!("eye1.{}", info.name), &classifier.tensor(info.name)?.values)?;
    }
    remember(&mut captioner)?;

    let loss = CaptionerLoss { next: PixelCrossEntropy::new().ignore(NOTHING.into()) };
    let mut trainer = Trainer::new(captioner, loss, Adam::new(5e-4))
        .schedule(Schedule::OneCycle { peak: 5e-3, warm: 0.2 })
        .clip(Clip::Norm(1.0))
        .total_steps(steps as u64);
    let mut inputs = <Captioner as Network>::Input::zeroed_vec(BATCH);
    let mut targets = [CaptionerTarget { next: [[NOTHING]; LONGEST] }; BATCH];
    for step in 1..=steps {
        for (input, target) in inputs.iter_mut().zip(&mut targets) {
            let scene = Scene::any_that_is_new(false, random);
            let picture = scene.picture(random);
            let sentences = scene.sentences();
            let (sentence, next) = lesson(&sentences[random.below(sentences.len())]);
            CaptionerInput { picture: &picture, sentence: &sentence }.join_into(input);
            *target = CaptionerTarget { next };
        }
        let loss = trainer.step(&inputs, &targets);
        if step % steps.div_ceil(6) == 0 || step == steps {
            println!("the whole,     step {step:5}: {loss:.3} nats a word");
        }
    }
    Ok(trainer.into_net())
}

fn classify(steps: usize, seed: u64, random: &mut Random) -> Classifier {
    let mut trainer = Trainer::new(Classifier::new(seed), SoftmaxCrossEntropy, Adam::new(5e-4))
        .schedule(Schedule::OneCycle { peak: 5e-3, warm: 0.2 })
        .total_steps(steps as u64);
    for step in 1..=steps {
        let things = [(); BATCH].map(|()| Thing::any(random));
        let pictures: Vec<Picture> = things.iter().map(|thing| Scene::of(*thing).picture(random)).collect();
        let numbers = things.map(Thing::number);
        let loss = trainer.step(&pictures, &numbers);
        if step == steps {
            println!("the CNN alone, step {step:5}: {loss:.3} nats a thing");
        }
    }
    trainer.into_net()
}

/// Lets the LSTM keep what it has seen. With biases of zero its forget gates begin at a half, and after eight words,
/// what it knew of the second thing's kind would be 1/256 of what it was (Jozefowicz, Zaremba, Sutskever, *An empirical
/// exploration of recurrent network architectures*, 2015). The gates are in PyTorch's order: i, f, g, o.
fn remember(captioner: &mut Captioner) -> Result<()> {
    let mut bias = captioner.tensor("next.lstm1.bias_ih_l0")?.values;
    let gate = bias.len() / 4;
    bias[gate..2 * gate].fill(3.0);
    captioner.set_tensor("next.lstm1.bias_ih_l0", &bias)
}

/// What is read and what should be written at each step: the words, behind `STOP`; and the words, then `STOP`.
fn lesson(sentence: &[usize]) -> ([f32; LONGEST], [[u8; 1]; LONGEST]) {
    let (mut read, mut next) = ([STOP as f32; LONGEST], [[NOTHING]; LONGEST]);
    for (i, &word) in sentence.iter().enumerate() {
        read[i + 1] = word as f32;
        next[i] = [word as u8];
    }
    next[sentence.len()] = [STOP as u8];
    (read, next)
}

/// Writes sentences about pictures with the weights of a captioner.
pub(crate) struct Writer {
    eye: Eye,
    step: Step,
}

impl Writer {
    /// Copies a captioner's tensors by name; those of the sentence belong to its head `next` there.
    pub(crate) fn of(captioner: &Captioner) -> Result<Self> {
        let (mut eye, mut step) = (Eye::zeroed(), Step::zeroed());
        weights::copy(captioner, &mut eye)?;
        for info in Step::TENSORS {
            let name = format!("next.{}", info.name.trim_start_matches("next."));
            step.set_tensor(info.name, &captioner.tensor(&name)?.values)?;
        }
        Ok(Self { eye, step })
    }

    /// The likeliest sentence that a beam of some width finds.
    pub(crate) fn write(&mut self, picture: &Picture, width: usize) -> Sentence {
        let start: State = *self.eye.forward(picture);
        search::beam(start, width, LONGEST, |state, word| {
            let output = self.step.forward(&StepInput { word: &[word as f32], state }.join());
            let StepOutput { next, state } = StepOutput::of(output);
            (next.to_vec(), *state)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_is_a_sentence_and_what_follows_each_of_its_words() {
        let (read, next) = lesson(&[1, 3, 5, 9]);
        assert_eq!(read, [0.0, 1.0, 3.0, 5.0, 9.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(next.as_flattened(), [1, 3, 5, 9, 0, 255, 255, 255, 255, 255, 255]);
    }

    #[test]
    fn word_by_word_is_the_same_as_the_whole_sentence() {
        let mut captioner = Captioner::new(3);
        let mut writer = Writer::of(&captioner).expect("the same tensors");
        let mut random = Random::new(3);
        let mut picture: Picture = [[[0.0; 3]; 32]; 32];
        picture.as_flattened_mut().as_flattened_mut().fill_with(|| random.below(100) as f32 / 100.0);
        let (read, _) = lesson(&[1, 3, 5, 9, 13, 2, 1, 4, 7, 12]);
        let output = *captioner.forward(&CaptionerInput { picture: &picture, sentence: &read }.join());
        let mut state = *writer.eye.forward(&picture);
        for (word, scores) in read.iter().zip(CaptionerOutput::of(&output).next.as_flattened()) {
            let output = *writer.step.forward(&StepInput { word: &[*word], state: &state }.join());
            let parts = StepOutput::of(&output);
            let sum = scores.iter().map(|score| score.exp()).sum::<f32>().ln();
            for (found, score) in parts.next.iter().zip(scores) {
                assert!((found - (score - sum)).abs() < 1e-5, "{found}, of the whole {}", score - sum);
            }
            state = *parts.state;
        }
    }
}
