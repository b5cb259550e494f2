//! Sequences that go on from a state that is given.

use std::path::Path;

use cnn::{MeanSquaredError, Network, Sample};
use cnn_tests::check::Random;
use cnn_tests::{check_declared, declare};

declare! { STATES;
    struct RnnFrom: (word: 4x1x3, start: 5) => @word rnn(5, from = @start) fc(3);
    struct LstmFrom: (word: 4x1x3, start: 10) => @word lstm(5, from = @start) fc(3);
    struct GruFrom: (word: 4x1x3, start: 5) => @word gru(5, from = @start) fc(3);
    struct FromPixel: (word: 3x1x2, start: 1x1x8) => @word lstm(4, last, from = @start) fc(3);
    struct FromPadded: (word: 3x1x2, start: 1x1x4) =>
        cat[@word gru(4, from = @start) fc(3) | @start conv(2, 3, p1) fc(2)] fc(3);
    struct StateOut: (word: 4x1x3, start: 10) => @word lstm(5, state, from = @start) tanh;
    struct StateOutOfGru: (word: 4x1x3, start: 5) => @word gru(5, state, from = @start) => { next: fc(3), state: id };
    struct StepOfLstm: (word: 1x1x3, start: 10) =>
        @word lstm(5, from = @start, state) => { next: slice(0, 5) fc(4), state: id };
    struct Encoder: (left: 6x1x3, right: 4x1x2) => @left lstm(5, state) @end => { next: @right lstm(5, from = @end) fc(3) };
    struct Decoder: (left: 6x1x3, right: 4x1x2) =>
        @left gru(6, last) @end fc(5) tanh @start => { next: @right gru(5, from = @start) fc(3), end: @end };
    struct Stacked: (word: 5x1x3, start: 16) =>
        cat[@start slice(0, 8) @low | @start slice(8, 16) @high | @word lstm(4, from = @low) gru(8, from = @high, last)] fc(3);
    struct FromPicture: (picture: 6x6x2, words: 4x1x3) =>
        @picture conv(4, 3) relu fc(6) tanh @seen => { next: @words rnn(6, from = @seen) fc(3) };
    struct TwiceFromOne: 5x1x3 =>
        gru(4, last) @a fc(8) reshape(2x1x4) cat[gru(4, from = @a) fc(2) | rnn(4, from = @a) fc(2)] fc(3);
    struct SequenceIsState: 4 => fc(4) reshape(1x1x4) @a cat[gru(4, from = @a) fc(2) | tanh fc(3)] fc(3);
    struct SequenceIsStateLast: 4 => fc(4) reshape(1x1x4) @a cat[tanh fc(3) | gru(4, from = @a) fc(2)] fc(3);
    struct InputIsBoth: (both: 1x1x4) => @both rnn(4, from = @both, last) fc(3);
    struct Rounds: (word: 4x1x3, start: 5) => @word 3 * { gru(5, from = @start) tanh } fc(3);
    struct ManySamples: (word: 3x1x2, start: 34) => @word lstm(17, from = @start) fc(3);
}

#[test]
fn states() {
    check_declared!(STATES:
        RnnFrom, LstmFrom, GruFrom, FromPixel, FromPadded, StateOut, StateOutOfGru, StepOfLstm, Encoder, Decoder, Stacked,
        FromPicture, TwiceFromOne, SequenceIsState, SequenceIsStateLast, InputIsBoth, Rounds, ManySamples);
}

cnn::network! {
    struct LstmWhole: 7x1x3 => lstm(16, state);
    struct LstmStep: (word: 1x1x3, start: 32) => @word lstm(16, state, from = @start);
    struct GruWhole: 7x1x3 => gru(16, last);
    struct GruStep: (word: 1x1x3, start: 16) => @word gru(16, last, from = @start);
    struct RnnWhole: 7x1x3 => rnn(16, last);
    struct RnnStep: (word: 1x1x3, start: 16) => @word rnn(16, last, from = @start);
    struct Learning: (word: 4x1x3, start: 3) => @start fc(5) tanh @a => { next: @word gru(5, from = @a) fc(3) };
    struct Frozen: (word: 4x1x3, start: 3) =>
        @start fc(5) tanh @a => { next: @word #[frozen] gru(5, from = @a) #[frozen] fc(3) };
}

/// As many calls of a network of one step as there are steps give what one call of all steps gives, with weights out of
/// one file.
fn steps_give_the_whole<Whole: Network, Step: Network>(
    name: &str,
    mut whole: Whole,
    load: fn(&Path) -> cnn::Result<Step>,
) {
    let file = std::env::temp_dir().join(format!("cnn-{name}-{}.safetensors", std::process::id()));
    whole.model().save(&file).expect("the file is written");
    let mut step = load(&file).expect("the same tensors");
    std::fs::remove_file(&file).expect("the file goes away");
    let mut random = Random::new(3);
    let mut sequence = Whole::Input::zeroed_vec(1);
    sequence[0].flat_mut().fill_with(|| random.normal() as f32);
    let expected = whole.model_mut().forward(&sequence[0]).flat().to_vec();
    let mut state = vec![0.0; expected.len()];
    for word in sequence[0].flat().chunks(3) {
        let mut sample = Step::Input::zeroed_vec(1);
        sample[0].flat_mut()[..3].copy_from_slice(word);
        sample[0].flat_mut()[3..].copy_from_slice(&state);
        state.copy_from_slice(step.model_mut().forward(&sample[0]).flat());
    }
    let largest = expected.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
    assert!(largest > 0.01, "{expected:?}");
    for (found, expected) in state.iter().zip(&expected) {
        assert!((found - expected).abs() <= 2e-6 * largest, "{name}: {found}, of all steps {expected}");
    }
}

#[test]
fn a_network_of_one_step_goes_on_where_it_was() {
    steps_give_the_whole("lstm", LstmWhole::new(7), |path| LstmStep::load(path));
    steps_give_the_whole("gru", GruWhole::new(7), |path| GruStep::load(path));
    steps_give_the_whole("rnn", RnnWhole::new(7), |path| RnnStep::load(path));
}

#[test]
fn gradients_go_through_what_is_frozen_to_the_state() {
    let samples = vec![[0.25; 15], [-0.5; 15]];
    let targets = vec![[1.0; 3], [0.0; 3]];
    let [mut learning, mut frozen] = [(); 2].map(|()| vec![0.0; Learning::PARAMS]);
    Learning::new(5).gradients(&samples, &targets, &MeanSquaredError, &mut learning);
    Frozen::new(5).gradients(&samples, &targets, &MeanSquaredError, &mut frozen);
    let of_start = |gradients: &[f32]| Learning::unpack("fc1.weight", gradients).expect("a tensor of both").values;
    assert!(of_start(&learning).iter().all(|d| *d != 0.0));
    assert_eq!(of_start(&learning), of_start(&frozen));
}
