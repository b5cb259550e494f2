//! Boxes: how much two share, how one is described by another, and which of many to keep.

/// A rectangle by its middle and its size, in pixels: the x, y, w and h of the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) w: f32,
    pub(crate) h: f32,
}

impl Rect {
    /// The rectangle between two corners.
    pub(crate) fn between([left, top]: [f32; 2], [right, bottom]: [f32; 2]) -> Self {
        Self { x: 0.5 * (left + right), y: 0.5 * (top + bottom), w: right - left, h: bottom - top }
    }

    /// Left, top, right and bottom.
    pub(crate) fn sides(&self) -> [f32; 4] {
        [self.x - 0.5 * self.w, self.y - 0.5 * self.h, self.x + 0.5 * self.w, self.y + 0.5 * self.h]
    }

    /// What of it lies in a square canvas.
    pub(crate) fn clipped(&self, side: f32) -> Self {
        let [left, top, right, bottom] = self.sides().map(|at| at.clamp(0.0, side));
        Self::between([left, top], [right, bottom])
    }

    /// Intersection over union: 1 for the same rectangle, 0 for two that do not touch.
    pub(crate) fn iou(&self, other: &Self) -> f32 {
        let ([l, t, r, b], [left, top, right, bottom]) = (self.sides(), other.sides());
        let shared = (r.min(right) - l.max(left)).max(0.0) * (b.min(bottom) - t.max(top)).max(0.0);
        let union = self.w * self.h + other.w * other.h - shared;
        if union > 0.0 { shared / union } else { 0.0 }
    }

    /// This box seen from an anchor: t_x = (x - x_a) / w_a, t_y = (y - y_a) / h_a, t_w = ln(w / w_a), t_h = ln(h / h_a)
    /// (equation 2 of the paper).
    pub(crate) fn seen_from(&self, anchor: &Self) -> [f32; 4] {
        [
            (self.x - anchor.x) / anchor.w,
            (self.y - anchor.y) / anchor.h,
            (self.w / anchor.w).ln(),
            (self.h / anchor.h).ln(),
        ]
    }

    /// The box that is seen so from this anchor: the inverse of [`seen_from`](Self::seen_from). Sizes grow eightfold at
    /// most, so that what an untrained network says is a box too.
    pub(crate) fn moved(&self, [t_x, t_y, t_w, t_h]: [f32; 4]) -> Self {
        let grow = |t: f32| t.min(8.0_f32.ln()).exp();
        Self { x: self.x + t_x * self.w, y: self.y + t_y * self.h, w: self.w * grow(t_w), h: self.h * grow(t_h) }
    }
}

/// A box and how sure the network is of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    pub(crate) rect: Rect,
    pub(crate) score: f32,
}

/// Non-maximum suppression: takes the boxes from the highest score down, and drops those that share more than `most`
/// (IoU) with one already taken.
pub(crate) fn suppress(mut boxes: Vec<Scored>, most: f32, keep: usize) -> Vec<Scored> {
    boxes.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Scored> = Vec::new();
    for candidate in boxes {
        if kept.len() == keep {
            break;
        }
        if kept.iter().all(|other| other.rect.iou(&candidate.rect) <= most) {
            kept.push(candidate);
        }
    }
    kept
}
