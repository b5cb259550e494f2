//! Looks for the likeliest sentence. It knows nothing of networks: how likely a word is says whoever calls.

use crate::scene::{STOP, Sentence};

/// A sentence so far, the logarithm of its probability, and what its writer has in mind.
#[derive(Clone)]
struct Draft<S> {
    words: Sentence,
    score: f32,
    state: S,
}

/// Beam search: of all drafts of the same length, the `width` likeliest are kept. With a width of 1 it is greedy.
///
/// `next` says for a state and a word the logarithms of probabilities of all words that may follow, and the state then.
/// A sentence ends with `STOP` (which the result leaves out), or after `longest` words.
pub(crate) fn beam<S: Clone>(
    start: S,
    width: usize,
    longest: usize,
    mut next: impl FnMut(&S, usize) -> (Vec<f32>, S),
) -> Sentence {
    let mut drafts = vec![Draft { words: Vec::new(), score: 0.0, state: start }];
    let mut done: Option<Draft<S>> = None;
    for _ in 0..longest {
        let mut longer = Vec::new();
        for Draft { words, score, state } in &drafts {
            let (scores, state) = next(state, words.last().copied().unwrap_or(STOP));
            longer.extend(scores.iter().enumerate().map(|(word, more)| Draft {
                words: [&words[..], &[word]].concat(),
                score: score + more,
                state: state.clone(),
            }));
        }
        longer.sort_by(|a, b| b.score.total_cmp(&a.score));
        longer.truncate(width);
        drafts.clear();
        for draft in longer {
            if draft.words.last() != Some(&STOP) {
                drafts.push(draft);
            } else if done.as_ref().is_none_or(|done| draft.score > done.score) {
                done = Some(draft);
            }
        }
        // What is added is never above zero, so no draft can become likelier than it is.
        let best = drafts.first().map_or(f32::NEG_INFINITY, |draft| draft.score);
        if done.as_ref().is_some_and(|done| done.score >= best) {
            break;
        }
    }
    let mut words = done.or(drafts.into_iter().next()).map_or(Vec::new(), |draft| draft.words);
    words.retain(|&word| word != STOP);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Probabilities of four words that depend on all words so far.
    fn next(history: &Sentence, word: usize) -> (Vec<f32>, Sentence) {
        let state = [&history[..], &[word]].concat();
        let seed = state.iter().fold(7, |seed, &word| seed * 5 + word as u64 + 1);
        let mut random = Random::new(seed);
        let weights = [(); 4].map(|()| 1.0 + random.below(1_000) as f32);
        let sum: f32 = weights.iter().sum();
        (weights.iter().map(|weight| (weight / sum).ln()).collect(), state)
    }

    /// Every sentence of at most `left` more words, with its score.
    fn all(state: &Sentence, word: usize, left: usize) -> Vec<(f32, Sentence)> {
        if left == 0 {
            return vec![(0.0, Vec::new())];
        }
        let (scores, state) = next(state, word);
        let rest = |word| if word == STOP { vec![(0.0, Vec::new())] } else { all(&state, word, left - 1) };
        let join = |word: usize, (score, words): (f32, Sentence)| {
            let begin = if word == STOP { vec![] } else { vec![word] };
            (scores[word] + score, [begin, words].concat())
        };
        (0..4)
            .flat_map(|word| rest(word).into_iter().map(move |tail| (word, tail)))
            .map(|(w, tail)| join(w, tail))
            .collect()
    }

    #[test]
    fn the_widest_beam_finds_what_trying_everything_finds() {
        for first in 0..30 {
            let start = vec![first];
            let best = all(&start, STOP, 4).into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).expect("sentences");
            assert_eq!(beam(start, 256, 4, next), best.1);
        }
    }

    #[test]
    fn a_beam_of_one_takes_the_likeliest_word_each_time() {
        for first in 0..30 {
            let (mut state, mut word, mut expected) = (vec![first], STOP, Vec::new());
            for _ in 0..4 {
                let (scores, after) = next(&state, word);
                (state, word) = (after, cnn::argmax(&scores));
                if word == STOP {
                    break;
                }
                expected.push(word);
            }
            assert_eq!(beam(vec![first], 1, 4, next), expected);
        }
    }

    #[test]
    fn a_wider_beam_finds_a_sentence_that_begins_with_a_less_likely_word() {
        // 0.6 * 0.5 = 0.3 for the greedy way, 0.4 * 0.9 = 0.36 for the other.
        let next = |state: &usize, word: usize| {
            let p: [f32; 4] = match (*state, word) {
                (0, _) => [0.0, 0.6, 0.4, 0.0],
                (_, 1) => [0.5, 0.0, 0.0, 0.5],
                (_, 2) => [0.9, 0.1, 0.0, 0.0],
                _ => [1.0, 0.0, 0.0, 0.0],
            };
            (p.iter().map(|p| p.ln()).collect(), state + 1)
        };
        assert_eq!((beam(0, 1, 4, next), beam(0, 2, 4, next)), (vec![1], vec![2]));
    }
}
