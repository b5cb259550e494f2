//! How good sentences are.

use std::collections::HashMap;

use crate::scene::{COLOURS, KINDS, PLACES, SIZES, Sentence};

/// BLEU (Papineni, Roukos, Ward, Zhu, *BLEU: a method for automatic evaluation of machine translation*, 2002): the
/// geometric mean of the shares of n-grams, n from 1 to 4, that the sentences have in common with any of their
/// references, times exp(1 - r / c) if all sentences together have c words, fewer than their nearest references' r.
pub(crate) fn bleu(sentences: &[Sentence], references: &[Vec<Sentence>]) -> f64 {
    let (mut words, mut reference_words) = (0, 0);
    for (sentence, references) in sentences.iter().zip(references) {
        words += sentence.len();
        let nearest = references.iter().map(Vec::len).min_by_key(|len| (len.abs_diff(sentence.len()), *len));
        reference_words += nearest.unwrap_or(0);
    }
    let mean = (1..=4).map(|n| precision(sentences, references, n).ln()).sum::<f64>() / 4.0;
    (mean + (1.0 - reference_words as f64 / words as f64).min(0.0)).exp()
}

/// The share of n-grams that are in a reference too; no n-gram counts more often than there.
fn precision(sentences: &[Sentence], references: &[Vec<Sentence>], n: usize) -> f64 {
    let (mut common, mut all) = (0, 0);
    for (sentence, references) in sentences.iter().zip(references) {
        let references: Vec<_> = references.iter().map(|reference| counts(reference, n)).collect();
        for (gram, count) in counts(sentence, n) {
            let most = references.iter().filter_map(|reference| reference.get(gram)).max();
            common += count.min(most.copied().unwrap_or(0));
            all += count;
        }
    }
    common as f64 / f64::from(all.max(1) as u32)
}

fn counts(sentence: &[usize], n: usize) -> HashMap<&[usize], usize> {
    let mut counts = HashMap::new();
    sentence.windows(n).for_each(|gram| *counts.entry(gram).or_insert(0) += 1);
    counts
}

/// How many sentences are one of their references, and how many of their sizes, colours, kinds and places are right:
/// the same word at the same place as in the reference that is most like it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Hits {
    pub(crate) exact: f64,
    pub(crate) slots: [f64; 4],
}

impl Hits {
    pub(crate) fn of(sentences: &[Sentence], references: &[Vec<Sentence>]) -> Self {
        let (mut exact, mut right, mut all) = (0, [0; 4], [0; 4]);
        for (sentence, references) in sentences.iter().zip(references) {
            exact += usize::from(references.contains(sentence));
            let alike = |reference: &&Sentence| sentence.iter().zip(*reference).filter(|(a, b)| a == b).count();
            let Some(reference) = references.iter().max_by_key(alike) else { continue };
            for (i, word) in reference.iter().enumerate() {
                let slot =
                    [SIZES, COLOURS, KINDS, PLACES].iter().position(|[first, n]| (*first..first + n).contains(word));
                if let Some(slot) = slot {
                    all[slot] += 1;
                    right[slot] += usize::from(sentence.get(i) == Some(word));
                }
            }
        }
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        Self { exact: share(exact, sentences.len()), slots: std::array::from_fn(|i| share(right[i], all[i])) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as numbers of their own.
    fn sentence(text: &str) -> Sentence {
        text.split(' ').map(|word| word.bytes().fold(0, |sum, byte| sum * 256 + usize::from(byte))).collect()
    }

    #[test]
    fn n_grams_count_as_in_the_paper() {
        // The paper's example 2: two of seven.
        let references = [vec![sentence("the cat is on the mat"), sentence("there is a cat on the mat")]];
        let candidate = [sentence("the the the the the the the")];
        assert!((precision(&candidate, &references, 1) - 2.0 / 7.0).abs() < 1e-12);
        assert_eq!(precision(&candidate, &references, 2), 0.0);
        assert_eq!(bleu(&candidate, &references), 0.0);
    }

    #[test]
    fn bleu_of_a_worked_case() {
        // 5 of 5 words, 3 of 4 pairs, 2 of 3 triples, 1 of 2 fours; 5 words instead of 6.
        let references = [vec![sentence("a b c d e f")]];
        let found = bleu(&[sentence("a b c d f")], &references);
        let expected = (1.0_f64 * 0.75 * 2.0 / 3.0 * 0.5).powf(0.25) * (1.0_f64 - 6.0 / 5.0).exp();
        assert!((found - expected).abs() < 1e-12, "{found}, expected {expected}");
        assert!((bleu(&[sentence("a b c d e f")], &references) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn slots_are_compared_with_the_nearest_reference() {
        // "a small red shirt above a large blue boot", and the other way round.
        let references = [vec![vec![1, 3, 5, 9, 15, 1, 4, 7, 12], vec![1, 4, 7, 12, 16, 1, 3, 5, 9]]];
        let right = Hits::of(&[vec![1, 4, 7, 12, 16, 1, 3, 5, 9]], &references);
        assert_eq!(right, Hits { exact: 1.0, slots: [1.0; 4] });
        // "a large green boot below a small red": a wrong colour, and a kind that is missing.
        let wrong = Hits::of(&[vec![1, 4, 6, 12, 16, 1, 3, 5]], &references);
        assert_eq!(wrong, Hits { exact: 0.0, slots: [1.0, 0.5, 0.5, 1.0] });
    }
}
