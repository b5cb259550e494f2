//! How good detections are: precision, recall and average precision.

use crate::boxes::{Rect, Scored};

/// For all detections of one class in all scenes, from the surest to the least sure, whether each is right.
///
/// It is if its IoU with an object of the scene that no surer detection has found is at least 0.5. `found` and `truth`
/// have an entry for each scene.
pub(crate) fn judge(found: &[Vec<Scored>], truth: &[Vec<Rect>]) -> Vec<(f32, bool)> {
    let mut judged: Vec<(f32, bool)> = Vec::new();
    for (found, truth) in found.iter().zip(truth) {
        let mut found = found.clone();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut is_taken = vec![false; truth.len()];
        for detection in found {
            let ious = truth.iter().map(|object| object.iou(&detection.rect)).enumerate();
            // As PASCAL VOC has it: the nearest object alone counts, taken or not.
            let nearest = ious.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, iou)| *iou >= 0.5);
            let is_right = nearest.is_some_and(|(object, _)| !std::mem::replace(&mut is_taken[object], true));
            judged.push((detection.score, is_right));
        }
    }
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    judged
}

/// The area under precision over recall, where the precision at a recall is the highest at this recall or above
/// (PASCAL VOC since 2010). `objects` is how many there are to find; 0 if there are none.
pub(crate) fn average_precision(judged: &[(f32, bool)], objects: usize) -> f32 {
    let mut right = 0;
    let mut steps: Vec<(bool, f32)> = Vec::new();
    for (count, (_, is_right)) in judged.iter().enumerate() {
        right += usize::from(*is_right);
        steps.push((*is_right, right as f32 / (count + 1) as f32));
    }
    // Each right detection is a step of recall; from the end, the highest precision so far.
    let (mut highest, mut area) = (0.0_f32, 0.0);
    for (is_right, precision) in steps.into_iter().rev() {
        highest = highest.max(precision);
        area += if is_right { highest } else { 0.0 };
    }
    area / objects.max(1) as f32
}

/// Precision and recall of the detections whose score is at least `least`.
pub(crate) fn precision_and_recall(judged: &[(f32, bool)], objects: usize, least: f32) -> [f32; 2] {
    let taken = judged.iter().filter(|(score, _)| *score >= least);
    let right = taken.clone().filter(|(_, is_right)| *is_right).count() as f32;
    [right / taken.count().max(1) as f32, right / objects.max(1) as f32]
}
