//! Anchors: the boxes that proposals start from, and which of them a step learns from (section 3.1 of the paper).

use crate::boxes::{Rect, Scored, suppress};
use crate::random::Random;
use crate::scenes::SIDE;

/// Pixels from one place of the feature map to the next.
pub(crate) const STRIDE: usize = 4;
/// Rows and columns of the feature map.
pub(crate) const CELLS: usize = SIDE / STRIDE;
/// Roots of the anchors' areas, and their heights over their widths. The paper has 128, 256 and 512 pixels and 1:2, 1:1
/// and 2:1 for photographs; digits are 14 to 34 pixels high, and higher than wide.
const SIZES: [f32; 3] = [14.0, 19.0, 26.0];
const RATIOS: [f32; 3] = [1.0, 1.5, 2.25];
/// Anchors of a scene that a step learns from (256 in the paper): half of them positive, where there are so many.
const SAMPLED: usize = 64;

/// All anchors, in the order of the network's outputs: by row, by column, by kind.
pub(crate) fn anchors() -> Vec<Rect> {
    let middle = |cell: usize| ((cell * STRIDE) as f32) + 0.5 * STRIDE as f32;
    let places = (0..CELLS).flat_map(|row| (0..CELLS).map(move |column| (middle(column), middle(row))));
    let kinds =
        || SIZES.iter().flat_map(|size| RATIOS.iter().map(move |ratio| (size / ratio.sqrt(), size * ratio.sqrt())));
    places.flat_map(|(x, y)| kinds().map(move |(w, h)| Rect { x, y, w, h })).collect()
}

/// Whether an anchor shows an object (and which: its number), shows none, or is neither and teaches nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Label {
    Object(usize),
    Ground,
    Neither,
}

/// The paper's rule. An anchor is positive if its IoU with an object is 0.7 or more, or if no anchor has a higher one
/// with this object; it is negative if its IoU with every object is below 0.3. Anchors across the border do not count.
pub(crate) fn labels(anchors: &[Rect], objects: &[Rect]) -> Vec<Label> {
    let is_inside = |anchor: &Rect| anchor.sides().iter().all(|at| (0.0..=SIDE as f32).contains(at));
    let ious: Vec<Option<Vec<f32>>> = anchors
        .iter()
        .map(|anchor| is_inside(anchor).then(|| objects.iter().map(|object| object.iou(anchor)).collect()))
        .collect();
    let best_of = |object: usize| ious.iter().flatten().map(|ious| ious[object]).fold(0.0, f32::max);
    let bests: Vec<f32> = (0..objects.len()).map(best_of).collect();
    let label = |ious: &Option<Vec<f32>>| {
        let Some(ious) = ious else { return Label::Neither };
        let Some(nearest) = (0..objects.len()).max_by(|&a, &b| ious[a].total_cmp(&ious[b])) else {
            return Label::Ground;
        };
        if let Some(object) = (0..objects.len()).find(|&object| ious[object] > 0.0 && ious[object] == bests[object]) {
            Label::Object(if ious[nearest] >= 0.7 { nearest } else { object })
        } else if ious[nearest] >= 0.7 {
            Label::Object(nearest)
        } else if ious[nearest] < 0.3 {
            Label::Ground
        } else {
            Label::Neither
        }
    };
    ious.iter().map(label).collect()
}

/// What a step learns from one scene: anchors with an object or without one, and where the objects lie.
#[derive(Default)]
pub(crate) struct Lesson {
    /// Anchors and whether they show an object.
    pub(crate) objectness: Vec<(usize, bool)>,
    /// Anchors with an object, and how its box is seen from them.
    pub(crate) boxes: Vec<(usize, [f32; 4])>,
}

/// Draws the anchors that count from the labelled ones: positive and negative ones in equal numbers if there are enough
/// positive ones, more negative ones if not.
pub(crate) fn lesson(anchors: &[Rect], objects: &[Rect], random: &mut Random) -> Lesson {
    let labels = labels(anchors, objects);
    let mut order: Vec<usize> = (0..anchors.len()).collect();
    for i in (1..order.len()).rev() {
        order.swap(i, random.below(i + 1));
    }
    let mut lesson = Lesson::default();
    for &anchor in &order {
        if let Label::Object(object) = labels[anchor]
            && lesson.boxes.len() < SAMPLED / 2
        {
            lesson.objectness.push((anchor, true));
            lesson.boxes.push((anchor, objects[object].seen_from(&anchors[anchor])));
        }
    }
    let ground = order.iter().filter(|&&anchor| labels[anchor] == Label::Ground);
    let missing = SAMPLED - lesson.boxes.len();
    lesson.objectness.extend(ground.take(missing).map(|&anchor| (anchor, false)));
    lesson
}

/// The network's proposals: the anchors that it finds most like objects, moved as it says, without those that say the
/// same. As in the paper, boxes that share more than 0.7 are one.
pub(crate) fn proposals(anchors: &[Rect], objectness: &[f32], boxes: &[f32], keep: usize) -> Vec<Scored> {
    let mut order: Vec<usize> = (0..anchors.len()).collect();
    order.sort_by(|&a, &b| objectness[b].total_cmp(&objectness[a]));
    let moved = order.iter().take(10 * keep).map(|&anchor| {
        let t = std::array::from_fn(|i| boxes[4 * anchor + i]);
        Scored { rect: anchors[anchor].moved(t).clipped(SIDE as f32), score: objectness[anchor] }
    });
    // What lies outside of the scene, or is no larger than a place of the feature map, is none.
    let seen = moved.filter(|proposal| proposal.rect.w.min(proposal.rect.h) >= STRIDE as f32);
    suppress(seen.collect(), 0.7, keep)
}
