//! Recurrent layers as PyTorch's documentation defines them, in f64, one step and one number at a time.

use super::Cell;

/// The tensors as files hold them: `[gates * hidden, inputs]`, `[gates * hidden, hidden]`, `[gates * hidden]` twice.
pub(super) type Tensors<'a> = [&'a [f64]; 4];

/// A state, and an LSTM's memory.
pub(super) type Pair = (Vec<f64>, Vec<f64>);

/// The states behind all steps of one sample, from the first on.
pub(super) fn forward(cell: Cell, inputs: usize, start: Pair, x: &[f64], tensors: Tensors<'_>) -> Vec<Pair> {
    let [weight_ih, weight_hh, bias_ih, bias_hh] = tensors;
    let (mut h, mut c) = start;
    let hidden = h.len();
    let mut states = Vec::new();
    for x in x.chunks(inputs) {
        let dot = |w: &[f64], x: &[f64]| w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
        let of_input = |row: usize| dot(&weight_ih[row * inputs..][..inputs], x) + bias_ih[row];
        let of_state = |row: usize| dot(&weight_hh[row * hidden..][..hidden], &h) + bias_hh[row];
        let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
        let both = |gate: usize, j: usize| of_input(gate * hidden + j) + of_state(gate * hidden + j);
        let step = |j: usize| match cell {
            Cell::Rnn => [both(0, j).tanh(), 0.0],
            Cell::Lstm => {
                let memory = sigmoid(both(1, j)) * c[j] + sigmoid(both(0, j)) * both(2, j).tanh();
                [sigmoid(both(3, j)) * memory.tanh(), memory]
            }
            Cell::Gru => {
                let (r, z) = (sigmoid(both(0, j)), sigmoid(both(1, j)));
                let n = (of_input(2 * hidden + j) + r * of_state(2 * hidden + j)).tanh();
                [(1.0 - z) * n + z * h[j], 0.0]
            }
        };
        let next: Vec<[f64; 2]> = (0..hidden).map(step).collect();
        (h, c) = next.into_iter().map(|[h, c]| (h, c)).unzip();
        states.push((h.clone(), c.clone()));
    }
    states
}
