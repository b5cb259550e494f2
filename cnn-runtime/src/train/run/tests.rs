//! The loop on a network written by hand: two scores, each a weighted sum of three inputs.

use super::*;
use crate::metrics::argmax;
use crate::model::Model;
use crate::network::{Init, LayerInfo, Layout, Passes, TapInfo, TensorInfo, TensorKind};
use crate::optim::{Adam, Clip, Sgd};
use crate::pass::{Exchange, Pass, Prepare};
use crate::train::Schedule;
use crate::{MeanSquaredError, SoftmaxCrossEntropy};

struct Linear(Model<Self>);

impl Linear {
    fn zeroed() -> Self {
        Self(Model::zeroed())
    }
}

impl Network for Linear {
    type Input = [f32; 3];
    type Output = [f32; 2];
    const NAME: &'static str = "Linear";
    const PARAMS: usize = 6;
    const MACS: u64 = 6;
    const LAYERS: &'static [LayerInfo] = &[];
    const TENSORS: &'static [TensorInfo] = &[TensorInfo {
        name: "fc1.weight",
        shape: &[2, 3],
        offset: 0,
        kind: TensorKind::Parameter,
        init: Init::Constant(0.0),
        layout: Layout::Plain,
        rate: 1.0,
    }];
    const INFER_BYTES: usize = 0;
    const TRAIN_BYTES: usize = 0;
    const TAPS: &'static [TapInfo] = &[];

    fn model(&self) -> &Model<Self> {
        &self.0
    }

    fn model_mut(&mut self) -> &mut Model<Self> {
        &mut self.0
    }
}

impl Passes for Linear {
    const STAGES: usize = 1;
    const EXCHANGE: usize = 0;
    const RECORD: usize = 0;
    const RESULTS: usize = 0;
    const WHOLE_PARAMS: usize = 0;
    const STATE: usize = 0;
    const INFER_FLOATS: usize = 0;
    const TRAIN_FLOATS: usize = 0;
    const INFER_SCRATCH: usize = 0;
    const TRAIN_SCRATCH: usize = 0;
    const INFER_DERIVED: usize = 0;
    const TRAIN_DERIVED: usize = 0;
    const PREPARED: usize = 0;

    fn derive(_training: bool, _prepare: &mut Prepare<'_>) {}

    fn infer(pass: &mut Pass<'_>) {
        for (input, output) in pass.inputs.chunks(3).zip(pass.outputs.chunks_mut(2)).take(pass.samples) {
            for (weights, output) in pass.parameters.chunks(3).zip(output) {
                *output = weights.iter().zip(input).map(|(w, x)| w * x).sum();
            }
        }
    }

    fn prepare(_prepare: &mut Prepare<'_>) {}

    fn forward(_stage: usize, pass: &mut Pass<'_>) {
        Self::infer(pass);
    }

    fn combine_forward(_stage: usize, _exchange: &mut Exchange<'_>) {}

    fn backward(_stage: usize, pass: &mut Pass<'_>) {
        for (input, d_output) in pass.inputs.chunks(3).zip(pass.d_outputs.chunks(2)).take(pass.samples) {
            for (d_weights, d) in pass.gradients.chunks_mut(3).zip(d_output) {
                d_weights.iter_mut().zip(input).for_each(|(d_weight, x)| *d_weight += d * x);
            }
        }
    }

    fn combine_backward(_stage: usize, _exchange: &mut Exchange<'_>) {}
}

/// Points of which the first input says the class, with a bias as the last input.
fn points(samples: usize) -> Dataset<[f32; 3], u8> {
    let inputs: Vec<_> = (0..samples).map(|i| [(i as f32 * 1.7).sin(), (i as f32 * 0.9).cos(), 1.0]).collect();
    let targets = inputs.iter().map(|input| u8::from(input[0] > 0.2)).collect();
    Dataset::new(inputs, targets).expect("as many targets as inputs")
}

fn trainer(rate: f32) -> Trainer<Linear, SoftmaxCrossEntropy, Sgd> {
    Trainer::new(Linear::zeroed(), SoftmaxCrossEntropy, Sgd::new(rate).momentum(0.9))
}

#[test]
fn a_step_is_forward_backward_and_update() {
    let mut trainer = Trainer::new(Linear::zeroed(), SoftmaxCrossEntropy, Sgd::new(0.5));
    let loss = trainer.step(&[[1.0, 2.0, 0.0], [0.0, 0.0, 4.0]], &[1, 0]);
    assert_eq!(loss, 2.0_f32.ln());
    // Both scores are equal, so the gradient for the scores is one half up and one half down, over two samples.
    assert_eq!(trainer.net().model().parameters(), [-0.125, -0.25, 0.5, 0.125, 0.25, -0.5]);
    trainer.step(&[[0.0; 3]], &[0]);
    assert_eq!(trainer.optimizer().steps(), 2);
    assert_eq!(trainer.into_net().model().parameters()[2], 0.5);
}

#[test]
fn schedule_and_clipping_act_on_every_step() {
    let optimizer = Sgd::new(0.5);
    let schedule = Schedule::Step { every: 1, factor: 0.0 };
    let net = Linear::zeroed();
    let mut trainer = Trainer::new(net, SoftmaxCrossEntropy, optimizer).schedule(schedule).clip(Clip::Value(0.125));
    for _ in 0..2 {
        trainer.step(&[[1.0, 2.0, 0.1]], &[1_usize]);
        let expected = [-0.0625, -0.0625, -0.025, 0.0625, 0.0625, 0.025];
        assert_eq!(trainer.net().model().parameters(), expected);
    }
}

#[test]
fn a_loss_that_is_no_number_changes_nothing() {
    let mut trainer = trainer(0.1);
    trainer.step(&[[1.0, 2.0, 0.0]], &[1]);
    let before = trainer.net().model().parameters().to_vec();
    assert!(trainer.step(&[[f32::NAN, 0.0, 0.0]], &[1]).is_nan());
    assert_eq!(trainer.net().model().parameters(), before);
}

#[test]
#[should_panic(expected = "depends on `Trainer::total_steps`")]
fn a_schedule_with_an_end_needs_to_know_it() {
    trainer(0.1).schedule(Schedule::Cosine { min: 0.0 }).step(&[[0.0; 3]], &[1]);
}

#[test]
#[should_panic(expected = "a step needs one target for each input, found 2 inputs and 1 targets")]
fn a_step_with_a_target_too_few_says_both_numbers() {
    trainer(0.1).step(&[[0.0; 3]; 2], &[1]);
}

#[test]
#[should_panic(expected = "forward_batch needs one output for each input, found 2 inputs and 3 outputs")]
fn a_batch_with_an_output_too_many_says_both_numbers() {
    Linear::zeroed().0.forward_batch(&[[0.0; 3]; 2], &mut [[0.0; 2]; 3]);
}

#[test]
#[should_panic(expected = "gradients need one float for each of the network's 6 parameters, found 5 floats")]
fn gradients_of_another_length_say_both_numbers() {
    Linear::zeroed().0.gradients(&[[0.0; 3]], &[1], &SoftmaxCrossEntropy, &mut [0.0; 5]);
}

#[test]
fn a_run_learns_and_reports() {
    let (train, test) = (points(500), points(101));
    let mut trainer = trainer(0.1).schedule(Schedule::Cosine { min: 0.0 });
    let report = trainer.fit(&train, &test, Fit::epochs(20).batch(32).quiet()).expect("a run");
    assert_eq!(report.epochs.len(), 20);
    assert!(!report.stopped_early && !report.restored_best);
    let (first, last) = (&report.epochs[0], report.last_epoch());
    assert!(last.train_loss < 0.7 * first.train_loss, "{report}");
    assert!(last.accuracy.expect("classes") > 0.93, "{report}");
    assert!(last.rate < 0.01 * first.rate, "{report}");
    let tested = trainer.evaluate(&test);
    assert_eq!((Some(tested.loss), tested.accuracy), (Some(last.test_loss), last.accuracy));
    let hits = test.inputs().iter().zip(test.targets()).filter(|(input, target)| {
        let mut output = [[0.0; 2]];
        trainer.net_mut().model_mut().forward_batch(std::slice::from_ref(*input), &mut output);
        argmax(&output[0]) == usize::from(**target)
    });
    assert_eq!(tested.accuracy, Some(hits.count() as f32 / 101.0));
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let run = |seed| {
        let mut trainer = Trainer::new(Linear::zeroed(), SoftmaxCrossEntropy, Adam::new(0.01));
        let fit = Fit::epochs(3).batch(7).seed(seed).quiet();
        trainer.fit(&points(100), &points(10), fit).expect("a run");
        trainer.net().model().parameters().to_vec()
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn early_stop_restores_the_best_and_a_checkpoint_holds_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("best");
    // A rate at which the loss goes up and down.
    let mut trainer = trainer(30.0);
    let fit = Fit::epochs(50).batch(10).early_stop(3).checkpoint(&path).quiet();
    let test = points(101);
    let report = trainer.fit(&points(200), &test, fit).expect("a run");
    assert!(report.stopped_early && report.restored_best, "{report}");
    assert_eq!(report.epochs.len(), report.best + 1 + 3, "{report}");
    let tested = trainer.evaluate(&test);
    assert_eq!((tested.loss, tested.accuracy), (report.best_epoch().test_loss, report.best_epoch().accuracy));
    assert_ne!(tested.loss, report.last_epoch().test_loss);
    let saved = folder.path().join("restored");
    trainer.net().model().save(&saved).expect("saved");
    let read = |path| std::fs::read(path).expect("a file");
    assert_eq!(read(path), read(saved));
}

#[test]
fn a_run_may_be_left_to_its_patience() {
    let fit = Fit::epochs(usize::MAX).batch(10).early_stop(3).quiet();
    let report = trainer(30.0).fit(&points(200), &points(101), fit).expect("a run");
    assert!(report.stopped_early, "{report}");
}

#[test]
fn divergence_is_an_error_that_says_where() {
    let inputs = vec![[1.0, 0.0, 0.0]; 5];
    let train = Dataset::new(inputs.clone(), vec![[1e3, 0.0]; 5]).expect("a data set");
    let mut trainer = Trainer::new(Linear::zeroed(), MeanSquaredError, Sgd::new(1e18));
    let error = trainer.fit(&train, &train, Fit::epochs(3).batch(2).quiet()).expect_err("divergence");
    let message = "training diverged: the training loss is inf in epoch 1, step 2;";
    assert!(error.to_string().starts_with(message), "{error}");
    assert!(trainer.net().model().parameters().iter().all(|p| p.is_finite()));
}

#[test]
fn targets_are_checked_before_training() {
    let bad = Dataset::new(vec![[0.0; 3]; 2], vec![1_i64, -1]).expect("a data set");
    let good = Dataset::new(vec![[0.0; 3]], vec![1_i64]).expect("a data set");
    let mut trainer = trainer(0.1);
    let error = trainer.fit(&good, &bad, Fit::epochs(1).quiet()).expect_err("a bad target");
    let message = "cannot train: the target of sample 1 of the test set is class -1, but the classes are 0 to 1: \
                   the network has 2 outputs";
    assert_eq!(error.to_string(), message);
    assert_eq!(trainer.optimizer().steps(), 0);
}

#[test]
fn a_loss_without_hits_has_no_accuracy() {
    let data = Dataset::new(vec![[1.0, 0.0, 0.0]; 3], vec![[0.5, -0.5]; 3]).expect("a data set");
    let mut trainer = Trainer::new(Linear::zeroed(), MeanSquaredError, Sgd::new(0.1));
    assert_eq!(trainer.evaluate(&data).accuracy, None);
    assert_eq!(trainer.evaluate(&data).loss, 0.25);
    let report = trainer.fit(&data, &data, Fit::epochs(2).quiet()).expect("a run");
    assert!(report.last_epoch().test_loss < 0.25);
}

#[test]
fn an_evaluation_of_nothing_has_no_loss() {
    let evaluation = trainer(0.1).evaluate(&points(0));
    assert!(evaluation.loss.is_nan() && evaluation.accuracy.is_none());
}
