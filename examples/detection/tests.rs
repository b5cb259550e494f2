//! The parts against worked cases and slow, obvious references; the whole against chance.

use cnn::data;
use cnn::{Loss, Sample};

use crate::anchors::{Label, anchors, labels, lesson};
use crate::boxes::{Rect, Scored, suppress};
use crate::detector::Detector;
use crate::losses::{Boxes, HandedDown, Objectness};
use crate::precision::{average_precision, judge, precision_and_recall};
use crate::random::Random;
use crate::roi::{Features, POOLED, Region, pool, unpool};
use crate::scenes::{SIDE, scenes};
use crate::{Options, Quality, TEST, train};

fn random_rect(random: &mut Random) -> Rect {
    let [left, top] = [(); 2].map(|()| random.between(0.0, 40.0));
    Rect::between([left, top], [left + random.between(4.0, 24.0), top + random.between(4.0, 24.0)])
}

#[test]
fn iou_is_what_counting_pixels_gives() {
    let rect = |left: usize, top: usize, right: usize, bottom: usize| {
        Rect::between([left as f32, top as f32], [right as f32, bottom as f32])
    };
    let mut random = Random::of(1, 0);
    for _ in 0..200 {
        let [a, b] = [(); 2].map(|()| {
            let [left, top, width, height] = [(); 4].map(|()| random.below(10));
            [left, top, left + width + 1, top + height + 1]
        });
        let has =
            |[left, top, right, bottom]: [usize; 4], x, y| (left..right).contains(&x) && (top..bottom).contains(&y);
        let pixels = || (0..20).flat_map(|y| (0..20).map(move |x| (x, y)));
        let both = pixels().filter(|&(x, y)| has(a, x, y) && has(b, x, y)).count();
        let either = pixels().filter(|&(x, y)| has(a, x, y) || has(b, x, y)).count();
        let found = rect(a[0], a[1], a[2], a[3]).iou(&rect(b[0], b[1], b[2], b[3]));
        assert!((found - both as f32 / either as f32).abs() < 1e-6);
    }
}

#[test]
fn a_box_is_where_it_is_seen() {
    let mut random = Random::of(2, 0);
    for _ in 0..100 {
        let [anchor, rect] = [(); 2].map(|()| random_rect(&mut random));
        let again = anchor.moved(rect.seen_from(&anchor));
        assert!(again.sides().iter().zip(rect.sides()).all(|(a, b)| (a - b).abs() < 1e-3), "{again:?} {rect:?}");
    }
    // By hand: half an anchor's width to the right, twice as high.
    let [anchor, rect] = [Rect { x: 10.0, y: 10.0, w: 8.0, h: 4.0 }, Rect { x: 14.0, y: 10.0, w: 8.0, h: 8.0 }];
    assert_eq!(rect.seen_from(&anchor), [0.5, 0.0, 0.0, 2.0_f32.ln()]);
}

#[test]
fn suppression_keeps_what_no_surer_kept_box_covers() {
    let mut random = Random::of(3, 0);
    for _ in 0..50 {
        let boxes: Vec<Scored> =
            (0..40).map(|_| Scored { rect: random_rect(&mut random), score: random.normal() }).collect();
        let kept = suppress(boxes.clone(), 0.3, usize::MAX);
        // A box is kept if and only if no kept box that is surer shares too much with it: that determines them.
        for candidate in &boxes {
            let is_kept = kept.iter().any(|kept| kept.score == candidate.score);
            let is_covered =
                kept.iter().any(|kept| kept.score > candidate.score && kept.rect.iou(&candidate.rect) > 0.3);
            assert_eq!(is_kept, !is_covered);
        }
        assert!(kept.is_sorted_by(|a, b| a.score > b.score));
        let first = suppress(boxes, 0.3, 3);
        assert!(first.iter().zip(&kept).all(|(a, b)| a.score == b.score) && first.len() == 3);
    }
}

#[test]
fn anchors_lie_as_the_outputs_do() {
    let anchors = anchors();
    assert_eq!(anchors.len(), 16 * 16 * 9);
    // Row 2, column 3: the middle of the pixels 12 to 15 and 8 to 11; the second kind has size 14 and ratio 1.5.
    let anchor = anchors[(2 * 16 + 3) * 9 + 1];
    assert_eq!((anchor.x, anchor.y), (14.0, 10.0));
    assert!((anchor.h / anchor.w - 1.5).abs() < 1e-5 && (anchor.h * anchor.w - 196.0).abs() < 1e-3);
}

#[test]
fn labels_follow_the_papers_rule() {
    let (_, truths) = scenes(&data::digits().0, 4, 0..20);
    let anchors = anchors();
    let mut random = Random::of(4, 0);
    for truth in truths {
        let objects: Vec<Rect> = truth.iter().map(|(rect, _)| *rect).collect();
        let labels = labels(&anchors, &objects);
        let inside = |anchor: &Rect| anchor.sides().iter().all(|at| (0.0..=SIDE as f32).contains(at));
        for (anchor, label) in anchors.iter().zip(&labels) {
            let highest = objects.iter().map(|object| object.iou(anchor)).fold(0.0, f32::max);
            match label {
                Label::Ground => assert!(highest < 0.3 && inside(anchor)),
                Label::Neither => assert!(!inside(anchor) || (0.3..0.7).contains(&highest)),
                Label::Object(object) => {
                    let iou = objects[*object].iou(anchor);
                    let best =
                        anchors.iter().filter(|anchor| inside(anchor)).map(|anchor| objects[*object].iou(anchor));
                    assert!(inside(anchor) && (iou >= 0.7 || iou == best.fold(0.0, f32::max)));
                }
            }
        }
        // Every object has an anchor.
        assert!((0..objects.len()).all(|object| labels.contains(&Label::Object(object))));

        let lesson = lesson(&anchors, &objects, &mut random);
        let positive = lesson.objectness.iter().filter(|(_, is_object)| *is_object).count();
        assert_eq!((lesson.objectness.len(), lesson.boxes.len()), (64, positive));
        assert!((1..=32).contains(&positive));
    }
}

/// The library's gradient check is its own; this is the same by differences of the loss itself.
fn check_gradient<O: Sample, T>(loss: &impl Loss<O, T>, output: &O, target: &T) {
    let [mut d, mut unused] = [*output; 2];
    d.flat_mut().fill(f32::NAN);
    loss.evaluate(output, target, &mut d);
    for i in 0..output.flat().len() {
        let mut at = |by: f32| {
            let mut moved = *output;
            moved.flat_mut()[i] += by;
            loss.evaluate(&moved, target, &mut unused)
        };
        let expected = (at(0.01) - at(-0.01)) / 0.02;
        assert!((d.flat()[i] - expected).abs() < 2e-3, "d_output[{i}] = {}, expected {expected}", d.flat()[i]);
    }
}

#[test]
fn losses_have_their_gradients_and_what_is_not_drawn_costs_nothing() {
    check_gradient(&Objectness, &[0.3, -2.0, 1.0, 4.0], &vec![(0, true), (3, false)]);
    check_gradient(&Objectness, &[0.3, -2.0], &vec![]);
    let boxes = vec![(1, [0.0, 1.0, -1.0, 0.5])];
    check_gradient(&Boxes(1.0 / 9.0), &[7.0, 7.0, 7.0, 7.0, 0.05, 0.97, 1.0, -3.0], &boxes);
    // By hand, with the bend at 1/9: squares below it (9 e^2 / 2), absolute errors less 1/18 above it.
    let loss = Boxes(1.0 / 9.0).evaluate(&[0.0, 0.0, 0.0, 0.0, 0.1, 1.0, 1.0, 0.5], &boxes, &mut [0.0; 8]);
    assert!((loss - (4.5 * 0.01 + 2.0 - 1.0 / 18.0)).abs() < 1e-5, "{loss}");
    let mut d = [0.0; 2];
    assert_eq!((HandedDown.evaluate(&[1.0, 2.0], &Box::new([3.0, 4.0]), &mut d), d), (0.0, [3.0, 4.0]));
}

#[test]
fn pooling_takes_the_largest_and_its_gradient_goes_back_there() {
    let mut random = Random::of(5, 0);
    let mut features = Features::zeroed_box();
    features.flat_mut().iter_mut().for_each(|x| *x = random.normal());
    // Ten rows and five columns of features: windows of 2 x 1.
    let rect = Rect::between([8.0, 4.0], [28.0, 44.0]);
    let region = pool(&features, &rect);
    for (row, numbers) in region.iter().enumerate() {
        for (column, numbers) in numbers.iter().enumerate() {
            for (channel, number) in numbers.iter().enumerate() {
                let [a, b] = [0, 1].map(|i| features[1 + 2 * row + i][2 + column][channel]);
                assert_eq!(*number, a.max(b));
            }
        }
    }
    // The directional derivative along the gradient's own regions, for a rectangle that divides into no whole windows.
    let rect = Rect::between([9.0, 3.0], [21.0, 33.0]);
    let mut d_region = Region::zeroed_box();
    d_region.flat_mut().iter_mut().for_each(|d| *d = random.normal());
    let mut d_features = Features::zeroed_box();
    unpool(&features, &rect, &d_region, &mut d_features);
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
    let [pooled, direct] =
        [dot(pool(&features, &rect).flat(), d_region.flat()), dot(features.flat(), d_features.flat())];
    assert!((pooled - direct).abs() < 1e-3, "max pooling picks: its output is linear in what was picked");
    // A region smaller than a place of the feature map, in the corner, still has features.
    let corner = pool(&features, &Rect::between([63.5, 63.5], [64.0, 64.0]));
    assert_eq!(corner, [[features[15][15]; POOLED]; POOLED]);
}

#[test]
fn average_precision_of_a_worked_case() {
    // Right, wrong, right, wrong, right of four objects: precisions 1, 2/3, 3/5 at recalls 1/4, 2/4, 3/4.
    let judged: Vec<(f32, bool)> = [true, false, true, false, true].iter().map(|&is_right| (0.5, is_right)).collect();
    assert!((average_precision(&judged, 4) - (1.0 + 2.0 / 3.0 + 3.0 / 5.0) / 4.0).abs() < 1e-6);
    // A precision that rises again counts from below: wrong, right, right gives 2/3 for both.
    let judged = [(0.9, false), (0.8, true), (0.7, true)];
    assert!((average_precision(&judged, 2) - 2.0 / 3.0).abs() < 1e-6);
    assert_eq!((average_precision(&[], 3), average_precision(&[], 0)), (0.0, 0.0));
    assert_eq!(precision_and_recall(&judged, 4, 0.75), [0.5, 0.25]);
}

#[test]
fn an_object_is_found_once() {
    let rect = Rect::between([0.0, 0.0], [10.0, 10.0]);
    let near = Rect::between([0.0, 0.0], [10.0, 9.0]);
    let far = Rect::between([0.0, 0.0], [10.0, 4.0]);
    let found = [(rect, 0.6), (near, 0.8), (far, 0.9)].map(|(rect, score)| Scored { rect, score });
    // In the second scene there is nothing.
    let judged = judge(&[found.to_vec(), vec![found[0]]], &[vec![rect], vec![]]);
    assert_eq!(judged.iter().filter(|(_, is_right)| *is_right).collect::<Vec<_>>(), [&(0.8, true)]);
    assert_eq!(judged.iter().map(|(score, _)| *score).collect::<Vec<_>>(), [0.9, 0.8, 0.6, 0.6]);
}

#[test]
fn scenes_repeat_and_hold_what_they_say() {
    let digits = data::digits().0;
    let (pictures, truths) = scenes(&digits, 7, 0..30);
    assert_eq!(pictures[10..], scenes(&digits, 7, 10..30).0);
    assert_ne!(pictures, scenes(&digits, 8, 0..30).0);
    for truth in truths {
        assert!((1..=4).contains(&truth.len()));
        for (i, (rect, class)) in truth.iter().enumerate() {
            assert!(*class < 10 && rect.sides().iter().all(|at| (0.0..=SIDE as f32).contains(at)));
            assert!((13.9..34.1).contains(&rect.h) && truth[..i].iter().all(|(other, _)| other.iou(rect) == 0.0));
        }
    }
}

#[test]
fn a_short_run_finds_digits() {
    let (train_digits, test_digits) = data::digits();
    let options = Options { steps: 60, scenes: 60, seed: 3, save: Default::default() };
    let (pictures, truths) = scenes(&test_digits, options.seed ^ TEST, 0..options.scenes);
    let mut detector = Detector::new(options.seed, options.steps);
    let untrained = Quality::of(&detector.detect(&pictures), &truths);
    train(&mut detector, &train_digits, &options);
    let trained = Quality::of(&detector.detect(&pictures), &truths);
    assert!(trained.proposed > untrained.proposed + 0.15);
    assert!(trained.mean_average_precision > untrained.mean_average_precision + 0.03);
}
