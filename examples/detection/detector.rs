//! The whole detector: proposals, then what stands in each; both trained at once over shared features.

use cnn::{AdamW, Network, Optimizer, Sample, Schedule, SoftmaxCrossEntropy, Trainer};
use rayon::prelude::*;

use crate::anchors::{Lesson, anchors, lesson, proposals};
use crate::boxes::{Rect, Scored, suppress};
use crate::losses::{Boxes, HandedDown, Objectness};
use crate::networks::{
    Proposer, ProposerLoss, ProposerOutput, ProposerTarget, Reader, ReaderLoss, ReaderOutput, ReaderTarget,
};
use crate::random::Random;
use crate::roi::{Features, Region, pool, unpool};
use crate::scenes::{Picture, SIDE, Truth};
use crate::softmax::softmax;

/// Proposals of a scene that are read: 300 in the paper.
pub(crate) const PROPOSALS: usize = 30;
/// Regions of a scene that a step reads, half of them digits where there are so many.
const REGIONS: usize = 16;
/// The class of what is no digit.
const GROUND: usize = 10;

type Outputs = Vec<<Proposer as Network>::Output>;
type RegionTarget = ReaderTarget<usize, Vec<(usize, [f32; 4])>>;

/// Faster R-CNN: two networks that share the first one's features.
pub(crate) struct Detector {
    proposer: Trainer<Proposer, ProposerLoss<HandedDown, Objectness, Boxes>, AdamW>,
    reader: Reader,
    optimizer: AdamW,
    schedule: Schedule,
    steps: u64,
    anchors: Vec<Rect>,
}

/// What the detector finds in one scene.
pub(crate) struct Found {
    /// Where something is, whatever it may be.
    pub(crate) proposals: Vec<Scored>,
    /// The anchors that the proposals started from, left where they were: what proposals gain by being moved.
    pub(crate) unmoved: Vec<Scored>,
    /// For each of the ten digits, where it is.
    pub(crate) digits: [Vec<Scored>; 10],
}

impl Detector {
    /// An untrained detector, for so many steps of training.
    pub(crate) fn new(seed: u64, steps: u64) -> Self {
        let (optimizer, schedule) = (AdamW::new(3e-4), Schedule::OneCycle { peak: 5e-3, warm: 0.2 });
        let loss = ProposerLoss { features: HandedDown, objectness: Objectness, boxes: Boxes(1.0 / 9.0) };
        let proposer = Trainer::new(Proposer::new(seed), loss, optimizer.clone());
        let proposer = proposer.schedule(schedule.clone()).total_steps(steps);
        let mut detector =
            Self { proposer, reader: Reader::new(!seed), optimizer, schedule, steps, anchors: anchors() };
        detector.optimizer.reserve(Reader::PARAMS);
        detector
    }

    /// One step on a batch of scenes: the paper's approximate joint training (section 3.2). Proposals count as given
    /// regions, so no gradient flows through where they are. Returns the losses of the proposals and of what is read in
    /// them.
    pub(crate) fn step(&mut self, pictures: &[Picture], truths: &[Truth], seed: u64) -> [f32; 2] {
        let mut outputs: Outputs = Sample::zeroed_vec(pictures.len());
        self.proposer.net_mut().forward_batch(pictures, &mut outputs);

        // The second stage, on regions of the features that the first has just found.
        let draw = |(scene, (output, truth))| {
            let heads = ProposerOutput::of(output);
            let found = proposals(&self.anchors, heads.objectness.flat(), heads.boxes.flat(), PROPOSALS);
            let drawn = regions(&found, truth, &mut Random::of(seed, scene));
            drawn.into_iter().map(move |(rect, target)| ((scene, rect), target)).collect()
        };
        let drawn: Vec<Vec<_>> = outputs.par_iter().zip(truths).enumerate().map(draw).collect();
        let (drawn, targets): (Vec<(usize, Rect)>, Vec<RegionTarget>) = drawn.into_iter().flatten().unzip();
        let regions = pool_all(&outputs, &drawn);
        let mut gradients = vec![0.0; Reader::PARAMS];
        let mut d_regions: Vec<Region> = Sample::zeroed_vec(regions.len());
        let loss = ReaderLoss { class: SoftmaxCrossEntropy, boxes: Boxes(1.0) };
        let read = self.reader.gradients_with_inputs(&regions, &targets, &loss, &mut gradients, &mut d_regions);
        let rate = self.schedule.rate(self.optimizer.rate(), self.optimizer.steps(), self.steps);
        self.optimizer.step(self.reader.parameters_mut(), &gradients, rate);

        // What that means for the features; the trainer takes the mean over the scenes, which this gradient is already.
        let mut d_features: Vec<Box<Features>> = outputs.iter().map(|_| Features::zeroed_box()).collect();
        for ((scene, rect), d_region) in drawn.iter().zip(&mut d_regions) {
            d_region.flat_mut().iter_mut().for_each(|d| *d *= pictures.len() as f32);
            unpool(ProposerOutput::of(&outputs[*scene]).features, rect, d_region, &mut d_features[*scene]);
        }

        // The first stage, and the trunk of both.
        let teach = |(scene, (truth, features)): (usize, (&Truth, Box<Features>))| {
            let objects: Vec<Rect> = truth.iter().map(|(rect, _)| *rect).collect();
            let Lesson { objectness, boxes } = lesson(&self.anchors, &objects, &mut Random::of(!seed, scene));
            ProposerTarget { features, objectness, boxes }
        };
        let targets: Vec<_> = truths.par_iter().zip(d_features).enumerate().map(teach).collect();
        [self.proposer.step(pictures, &targets), read]
    }

    /// What is in these scenes.
    pub(crate) fn detect(&mut self, pictures: &[Picture]) -> Vec<Found> {
        let mut outputs: Outputs = Sample::zeroed_vec(pictures.len());
        self.proposer.net_mut().forward_batch(pictures, &mut outputs);
        let propose = |output| {
            let heads = ProposerOutput::of(output);
            let objectness = heads.objectness.flat();
            let unmoved = vec![0.0; heads.boxes.flat().len()];
            [heads.boxes.flat(), &unmoved].map(|boxes| proposals(&self.anchors, objectness, boxes, PROPOSALS))
        };
        let proposed: Vec<[Vec<Scored>; 2]> = outputs.par_iter().map(propose).collect();
        let drawn: Vec<(usize, Rect)> = proposed
            .iter()
            .enumerate()
            .flat_map(|(scene, [proposals, _])| proposals.iter().map(move |proposal| (scene, proposal.rect)))
            .collect();
        let regions = pool_all(&outputs, &drawn);
        let mut read: Vec<<Reader as Network>::Output> = Sample::zeroed_vec(regions.len());
        self.reader.forward_batch(&regions, &mut read);

        let found = |[proposals, unmoved]: [Vec<Scored>; 2]| Found { proposals, unmoved, digits: Default::default() };
        let mut found: Vec<Found> = proposed.into_iter().map(found).collect();
        for ((scene, region), read) in drawn.iter().zip(&read) {
            let heads = ReaderOutput::of(read);
            let probabilities = softmax(heads.class);
            for (class, digits) in found[*scene].digits.iter_mut().enumerate() {
                let t = std::array::from_fn(|i| heads.boxes[4 * class + i]);
                let rect = region.moved(t).clipped(SIDE as f32);
                digits.push(Scored { rect, score: probabilities[class] });
            }
        }
        for digits in found.iter_mut().flat_map(|found| &mut found.digits) {
            digits.retain(|digit| digit.score > 0.02);
            *digits = suppress(std::mem::take(digits), 0.3, PROPOSALS);
        }
        found
    }
}

/// The regions of a scene that a step reads, by Fast R-CNN's rule: those that share at least 0.5 with a digit are this
/// digit, all others are ground. The digits' own boxes are among them, so that there are right ones from the start.
fn regions(proposals: &[Scored], truth: &Truth, random: &mut Random) -> Vec<(Rect, RegionTarget)> {
    let mut rects: Vec<Rect> = proposals.iter().map(|proposal| proposal.rect).collect();
    rects.extend(truth.iter().map(|(rect, _)| rect));
    for i in (1..rects.len()).rev() {
        rects.swap(i, random.below(i + 1));
    }
    let targets = rects.into_iter().map(|rect| {
        let nearest = truth.iter().max_by(|a, b| a.0.iou(&rect).total_cmp(&b.0.iou(&rect)));
        match nearest.filter(|(digit, _)| digit.iou(&rect) >= 0.5) {
            Some((digit, class)) => {
                (rect, ReaderTarget { class: *class, boxes: vec![(*class, digit.seen_from(&rect))] })
            }
            None => (rect, ReaderTarget { class: GROUND, boxes: Vec::new() }),
        }
    });
    let (mut chosen, mut ground): (Vec<_>, Vec<_>) = targets.partition(|(_, target)| target.class != GROUND);
    chosen.truncate(REGIONS / 2);
    ground.truncate(REGIONS - chosen.len());
    chosen.append(&mut ground);
    chosen
}

/// Pools regions, each given with the number of its scene.
fn pool_all(outputs: &Outputs, regions: &[(usize, Rect)]) -> Vec<Region> {
    regions.par_iter().map(|(scene, rect)| pool(ProposerOutput::of(&outputs[*scene]).features, rect)).collect()
}
