//! What differs, gathered.

/// How far values may be off, relative to the largest of their tensor.
const VALUES: f64 = 1e-4;

/// Everything that is wrong with a network.
#[derive(Debug, Default)]
pub(super) struct Differences(pub(super) Vec<String>);

impl Differences {
    /// Something that must hold exactly.
    pub(super) fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, expected: &T, found: &T) {
        if expected != found {
            self.0.push(format!("{what}: {found:?}, expected {expected:?}"));
        }
    }

    /// Values of one tensor.
    pub(super) fn values(&mut self, what: &str, expected: &[f64], found: &[f32]) {
        if expected.len() != found.len() {
            self.0.push(format!("{what}: {} values, expected {}", found.len(), expected.len()));
            return;
        }
        let largest = expected.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
        let is_near = |i: &usize| (expected[*i] - f64::from(found[*i])).abs() <= VALUES * largest;
        let wrong: Vec<usize> = (0..found.len()).filter(|i| !is_near(i)).collect();
        if let Some(&at) = wrong.first() {
            let (count, len) = (wrong.len(), found.len());
            let (found, expected) = (found[at], expected[at]);
            self.0.push(format!(
                "{what}: {count} of {len} differ; [{at}] is {found}, expected {expected:.7}, the largest {largest:.4}"
            ));
        }
    }
}
