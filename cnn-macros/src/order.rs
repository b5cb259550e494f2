//! In which order files list the numbers that flow, where it is not the order in which they lie.

use std::fmt;
use std::rc::Rc;

use crate::net::Layout;
use crate::shape::Shape;

/// The volumes whose numbers these are, one behind the other. They lie pixel by pixel, and files list them channel by
/// channel of every volume. A volume is its own; a flattened vector has the volume before; vectors side by side have
/// all of theirs.
#[derive(Clone, Debug)]
pub struct Order(Rc<[Shape]>);

impl Order {
    /// Of a volume, or of a vector that is listed as it lies.
    pub fn of(shape: Shape) -> Self {
        Self(Rc::new([shape]))
    }

    /// Of vectors side by side.
    pub fn side_by_side<'a>(orders: impl Iterator<Item = &'a Self>) -> Self {
        Self(simple(orders.flat_map(|order| order.0.iter().copied())).into())
    }

    /// Whether files list a vector's numbers as they lie.
    pub fn is_plain(&self) -> bool {
        matches!(simple(self.0.iter().copied())[..], [Shape { is_vector: true, .. }])
    }

    /// The volumes and vectors.
    pub fn parts(&self) -> &[Shape] {
        &self.0
    }

    /// How weights lie that have an input for each of the numbers.
    pub fn layout(&self) -> Layout {
        match *self.0 {
            [Shape { height, width, channels, .. }] => Layout::Fc { height, width, channels },
            _ => Layout::Parts(self.0.clone()),
        }
    }
}

/// Two are the same if files list the same numbers first, second, and so on.
impl PartialEq for Order {
    fn eq(&self, other: &Self) -> bool {
        simple(self.0.iter().copied()) == simple(other.0.iter().copied())
    }
}

/// With a vector for each run of numbers that files list as they lie.
fn simple(parts: impl Iterator<Item = Shape>) -> Vec<Shape> {
    let mut list: Vec<Shape> = Vec::new();
    for part in parts {
        let is_plain = part.height * part.width == 1 || part.channels == 1;
        match list.last_mut() {
            Some(last) if last.is_vector && is_plain => last.channels += part.len(),
            _ if is_plain => list.push(Shape::vector(part.len())),
            _ => list.push(Shape::volume(part.height, part.width, part.channels)),
        }
    }
    list
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&parts.join(" | "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_side_by_side_keep_the_orders_of_their_volumes() {
        let (volume, vector) = (Order::of(Shape::volume(2, 3, 4)), Order::of(Shape::vector(5)));
        assert!(!volume.is_plain() && vector.is_plain());
        for plain in [Shape::volume(2, 3, 1), Shape::volume(1, 1, 6), Shape::vector(6)] {
            assert!(Order::of(plain).is_plain() && Order::of(plain) == Order::of(Shape::vector(6)), "{plain}");
        }
        let joined = Order::side_by_side([&vector, &vector, &volume, &vector].into_iter());
        assert_eq!(joined.to_string(), "10 | 2x3x4 | 5");
        assert!(!joined.is_plain());
        assert_eq!(
            Order::side_by_side([&vector, &vector].into_iter()).layout(),
            Layout::Fc { height: 1, width: 1, channels: 10 }
        );
        assert_eq!(Order::side_by_side([&volume].into_iter()), volume);
        assert_ne!(volume, Order::of(Shape::vector(24)));
        assert_ne!(volume, Order::of(Shape::volume(3, 2, 4)));
    }
}
