//! Recurrent layers and embeddings, as PyTorch's documentation defines them.

use super::values::Values;

/// A recurrent layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Rnn,
    Lstm,
    Gru,
}

impl Cell {
    /// How many times the state's length weights and biases have.
    pub(super) fn gates(self) -> usize {
        match self {
            Self::Rnn => 1,
            Self::Lstm => 4,
            Self::Gru => 3,
        }
    }
}

/// Which states come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    All,
    Last,
    /// An LSTM's memory behind it.
    LastAndMemory,
}

/// What the rows of a batch make of the state before the first of them, which is zero if there is none. A row's numbers
/// are taken channel by channel. `own` is `[gates * hidden, inputs]`, `[gates * hidden, hidden]` and two vectors of
/// biases.
pub(super) fn run(cell: Cell, input: &Values, start: Option<&Values>, own: &[&[f64]], which: Which) -> Values {
    let [weight_ih, weight_hh, bias_ih, bias_hh] = own else { panic!("four tensors") };
    let (inputs, hidden) = (input.channels * input.width, bias_ih.len() / cell.gates());
    let dot = |w: &[f64], x: &[f64]| w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
    let shape = match which {
        Which::All => [input.height, 1, hidden],
        Which::Last => [1, 1, hidden],
        Which::LastAndMemory => [1, 1, 2 * hidden],
    };
    let mut output = Values::zeros(input.samples, shape);
    for n in 0..input.samples {
        let (mut h, mut c) = (vec![0.0; hidden], vec![0.0; hidden]);
        if let Some(start) = start {
            let (first, second) = start.sample(n).split_at(hidden);
            h.copy_from_slice(first);
            c[..second.len()].copy_from_slice(second);
        }
        for y in 0..input.height {
            let row = (0..input.channels).flat_map(|channel| (0..input.width).map(move |x| (channel, x)));
            let x: Vec<f64> = row.map(|(channel, x)| input.at(n, channel, y, x)).collect();
            // Gate k of both products.
            let [of_input, of_state] =
                [(weight_ih, &x, inputs, bias_ih), (weight_hh, &h, hidden, bias_hh)].map(|(weight, x, len, bias)| {
                    let row = |row: usize| dot(&weight[row * len..][..len], x) + bias[row];
                    (0..bias.len()).map(row).collect::<Vec<f64>>()
                });
            let next = |j: usize| {
                let gate = |k: usize| of_input[k * hidden + j] + of_state[k * hidden + j];
                match cell {
                    Cell::Rnn => (gate(0).tanh(), 0.0),
                    Cell::Lstm => {
                        let memory = sigmoid(gate(1)) * c[j] + sigmoid(gate(0)) * gate(2).tanh();
                        (sigmoid(gate(3)) * memory.tanh(), memory)
                    }
                    Cell::Gru => {
                        let (reset, update) = (sigmoid(gate(0)), sigmoid(gate(1)));
                        let new = (of_input[2 * hidden + j] + reset * of_state[2 * hidden + j]).tanh();
                        ((1.0 - update) * new + update * h[j], 0.0)
                    }
                }
            };
            (h, c) = (0..hidden).map(next).unzip();
            if which == Which::All {
                for (j, h) in h.iter().enumerate() {
                    output.data[(n * hidden + j) * input.height + y] = *h;
                }
            }
        }
        let ends: Vec<f64> = match which {
            Which::All => continue,
            Which::Last => h,
            Which::LastAndMemory => [h, c].concat(),
        };
        output.data[n * ends.len()..][..ends.len()].copy_from_slice(&ends);
    }
    output
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The row of a table for the whole number nearest to each float; zeros where the table has none.
pub(super) fn embed(input: &Values, table: &[f64], size: usize) -> Values {
    Values::from_fn(input.samples, [input.channels, 1, size], |n, c, y, _| {
        let index = input.at(n, y, 0, 0).round();
        if index < 0.0 { 0.0 } else { table.get(index as usize * size + c).copied().unwrap_or(0.0) }
    })
}
