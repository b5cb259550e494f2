//! Tensors by name, and the way between the order of files and the order of memory.
//!
//! Files hold PyTorch's order; memory holds what the kernels read. [`positions`] is the one statement of how the two
//! correspond: everything that reads, writes or fills a tensor goes through it.

use crate::buffer::LANES;
use crate::error::{Error, Result};
use crate::network::{Layout, TensorInfo, TensorKind};

/// A tensor of a network, in the order of files.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// The layer's name and the tensor's: `conv1.weight`.
    pub name: String,
    /// Its shape, which is PyTorch's: `[out, in / groups, height, width]`.
    pub shape: Vec<usize>,
    /// Its numbers, the last axis of the shape running fastest.
    pub values: Vec<f32>,
}

/// A tensor's floats from `memory`, the flat buffer of parameters (or their gradients) or of state, in file order.
///
/// # Panics
/// If the tensor reaches beyond `memory`.
pub(crate) fn unpack(info: &TensorInfo, memory: &[f32]) -> Vec<f32> {
    let memory = &memory[info.offset..][..info.len()];
    let mut values = Vec::with_capacity(info.len());
    positions(info, |position| values.push(memory[position]));
    values
}

/// Writes a tensor's floats, given in file order, into `memory`, the flat buffer of parameters or of state.
///
/// # Panics
/// If there are not `info.len()` values, or the tensor reaches beyond `memory`.
pub(crate) fn pack(info: &TensorInfo, values: &[f32], memory: &mut [f32]) {
    assert_eq!(values.len(), info.len(), "values of `{}`", info.name);
    let memory = &mut memory[info.offset..][..info.len()];
    let mut values = values.iter();
    positions(info, |position| {
        if let Some(&value) = values.next() {
            memory[position] = value;
        }
    });
}

/// The tensor called `name`, out of the buffers of a network.
///
/// # Errors
/// If there is no such tensor.
pub(crate) fn read(tensors: &[TensorInfo], name: &str, parameters: &[f32], state: &[f32]) -> Result<Tensor> {
    let info = find(tensors, name)?;
    let memory = match info.kind {
        TensorKind::Parameter => parameters,
        TensorKind::State => state,
    };
    Ok(Tensor { name: name.to_owned(), shape: info.shape.to_vec(), values: unpack(info, memory) })
}

/// Sets the tensor called `name` in the buffers of a network; `values` are in file order.
///
/// # Errors
/// If there is no such tensor, or it holds another number of values.
pub(crate) fn write(
    tensors: &[TensorInfo],
    name: &str,
    values: &[f32],
    parameters: &mut [f32],
    state: &mut [f32],
) -> Result<()> {
    let info = find(tensors, name)?;
    if values.len() != info.len() {
        let (name, expected) = (info.name.to_owned(), info.shape.to_vec());
        return Err(Error::TensorLength { name, expected, found: values.len() });
    }
    let memory = match info.kind {
        TensorKind::Parameter => parameters,
        TensorKind::State => state,
    };
    pack(info, values, memory);
    Ok(())
}

/// The row of `tensors` called `name`.
///
/// # Errors
/// If there is none: the error names the one that is spelt most like it.
pub(crate) fn find<'a>(tensors: &'a [TensorInfo], name: &str) -> Result<&'a TensorInfo> {
    tensors.iter().find(|info| info.name == name).ok_or_else(|| Error::UnknownTensor {
        name: name.to_owned(),
        nearest: nearest(name, tensors.iter().map(|info| info.name)).map(str::to_owned),
    })
}

/// Bytes of a name that count when it is compared: the time that takes is in the product of the lengths.
const COMPARED: usize = 256;

/// The candidate with the smallest edit distance to `name`; the first of several.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = &name.as_bytes()[..name.len().min(COMPARED)];
    candidates.into_iter().min_by_key(|candidate| edit_distance(name, candidate.as_bytes()))
}

/// Insertions, deletions and substitutions of bytes that turn `a` into `b` (Levenshtein, 1966), one row at a time.
fn edit_distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Calls `visit` once for each float of the tensor, in file order, with its position in memory counted from the
/// tensor's offset.
///
/// # Panics
/// If the tensor's shape is none that its layout can have.
pub(crate) fn positions(info: &TensorInfo, visit: impl FnMut(usize)) {
    let shape = info.shape;
    // All inputs are one part, or there are several.
    let one: [[usize; 3]; 1];
    let panels = match info.layout {
        Layout::Plain => return (0..info.len()).for_each(visit),
        Layout::Conv { groups } => {
            one = [[shape[2], shape[3], shape[1]]];
            Panels { groups, outputs: shape[0] / groups, panel: LANES, parts: &one }
        }
        // One panel that holds every output.
        Layout::Depthwise => {
            one = [[shape[2], shape[3], 1]];
            Panels { groups: 1, outputs: shape[0], panel: shape[0], parts: &one }
        }
        Layout::Fc { height, width, channels } => {
            one = [[height, width, channels]];
            Panels::fc(shape, &one)
        }
        Layout::Parts { parts } => Panels::fc(shape, parts),
    };
    assert_eq!(panels.len(), info.len(), "`{}` is {:?} in {:?}", info.name, shape, info.layout);
    panels.positions(visit);
}

/// Weights whose file order is `[groups][outputs][channels][height][width]` and whose memory order is, for each group,
/// panels of `[height][width][channels][panel outputs]`, the last panel as narrow as its outputs. Where inputs have
/// several parts, each has its `[channels][height][width]` in files and `[height][width][channels]` in memory.
struct Panels<'a> {
    groups: usize,
    /// Outputs of one group.
    outputs: usize,
    /// Outputs of a panel.
    panel: usize,
    /// Height, width and channels of each part of the inputs.
    parts: &'a [[usize; 3]],
}

impl<'a> Panels<'a> {
    /// Of a fully connected layer; a tensor of one axis, or of three, is of one output.
    fn fc(shape: &[usize], parts: &'a [[usize; 3]]) -> Self {
        let outputs = if shape.len() == 2 { shape[0] } else { 1 };
        let panels = Self { groups: 1, outputs, panel: LANES, parts };
        if Layout::fc_lies_in_rows(panels.inputs(), outputs) { Self { panel: 1, ..panels } } else { panels }
    }

    /// Floats of all groups.
    fn len(&self) -> usize {
        self.groups * self.outputs * self.inputs()
    }

    /// Inputs of one output.
    fn inputs(&self) -> usize {
        self.parts.iter().map(|part| part.iter().product::<usize>()).sum()
    }

    /// Positions in memory, in file order.
    fn positions(&self, mut visit: impl FnMut(usize)) {
        let Self { outputs, panel, parts, .. } = *self;
        for group in 0..self.groups {
            for output in 0..outputs {
                let first = output - output % panel;
                let lanes = panel.min(outputs - first);
                let mut start = (group * outputs + first) * self.inputs() + output % panel;
                for &[height, width, channels] in parts {
                    for channel in 0..channels {
                        for pixel in 0..height * width {
                            visit(start + (pixel * channels + channel) * lanes);
                        }
                    }
                    start += height * width * channels * lanes;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Init;

    fn info(shape: &'static [usize], layout: Layout) -> TensorInfo {
        let (kind, init) = (TensorKind::Parameter, Init::Constant(0.0));
        TensorInfo { name: "conv1.weight", shape, offset: 5, kind, init, layout, rate: 1.0 }
    }

    /// Every layout, with one panel and several, with whole and narrow last panels.
    fn every_layout() -> Vec<TensorInfo> {
        vec![
            info(&[7], Layout::Plain),
            info(&[2, 3, 4], Layout::Plain),
            info(&[], Layout::Plain),
            info(&[5, 3, 2, 4], Layout::Conv { groups: 1 }),
            info(&[16, 3, 3, 3], Layout::Conv { groups: 1 }),
            info(&[37, 2, 1, 3], Layout::Conv { groups: 1 }),
            info(&[8, 3, 2, 2], Layout::Conv { groups: 4 }),
            info(&[54, 2, 3, 1], Layout::Conv { groups: 3 }),
            info(&[64, 1, 1, 1], Layout::Conv { groups: 2 }),
            info(&[20, 1, 3, 5], Layout::Depthwise),
            info(&[3, 1, 1, 1], Layout::Depthwise),
            info(&[10, 24], Layout::Fc { height: 2, width: 3, channels: 4 }),
            info(&[24], Layout::Fc { height: 2, width: 3, channels: 4 }),
            info(&[4, 2, 3], Layout::Fc { height: 2, width: 3, channels: 4 }),
            info(&[33, 12], Layout::Fc { height: 1, width: 1, channels: 12 }),
            info(&[16, 12], Layout::Fc { height: 4, width: 3, channels: 1 }),
            info(&[33, 17], Layout::Parts { parts: &[[1, 1, 5], [2, 3, 2]] }),
            info(&[3, 300], Layout::Parts { parts: &[[7, 6, 7], [1, 1, 2], [1, 2, 2]] }),
            info(&[10], Layout::Parts { parts: &[[2, 2, 2], [1, 1, 2]] }),
        ]
    }

    /// What the file's floats 0, 1, 2, ... look like in memory.
    fn in_memory(info: &TensorInfo) -> Vec<f32> {
        let values: Vec<f32> = (0..info.len()).map(|i| i as f32).collect();
        let mut memory = vec![-1.0; info.offset + info.len() + 3];
        pack(info, &values, &mut memory);
        assert!(memory[..info.offset].iter().chain(&memory[info.offset + info.len()..]).all(|&x| x == -1.0));
        memory[info.offset..][..info.len()].to_vec()
    }

    #[test]
    fn packing_is_a_bijection_and_unpacking_undoes_it() {
        for info in every_layout() {
            let mut written = vec![0; info.len()];
            positions(&info, |position| written[position] += 1);
            assert!(written.iter().all(|&times| times == 1), "{info:?}");

            let values: Vec<f32> = (0..info.len()).map(|i| i as f32).collect();
            let mut memory = vec![-1.0; info.offset + info.len()];
            pack(&info, &values, &mut memory);
            assert_eq!(unpack(&info, &memory), values, "{info:?}");

            let file = unpack(&info, &memory);
            let before = memory.clone();
            pack(&info, &file, &mut memory);
            assert_eq!(memory, before, "{info:?}");
        }
    }

    #[test]
    fn plain_tensors_lie_as_in_the_file() {
        assert_eq!(in_memory(&info(&[2, 3], Layout::Plain)), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
    }

    #[test]
    fn convolutions_lie_in_panels() {
        // Two filters of two channels, 1 x 2: memory is [column][channel][filter].
        let one_panel = in_memory(&info(&[2, 2, 1, 2], Layout::Conv { groups: 1 }));
        assert_eq!(one_panel, [0.0, 4.0, 2.0, 6.0, 1.0, 5.0, 3.0, 7.0]);

        // Filters 0 to 15 side by side for each of two channels, then filters 16 and 17, narrow.
        let two_panels = in_memory(&info(&[18, 2, 1, 1], Layout::Conv { groups: 1 }));
        let (even, odd) = (|i: usize| (2 * i) as f32, |i: usize| (2 * i + 1) as f32);
        let expected: Vec<f32> =
            (0..16).map(even).chain((0..16).map(odd)).chain((16..18).map(even)).chain((16..18).map(odd)).collect();
        assert_eq!(two_panels, expected);
    }

    #[test]
    fn groups_have_panels_of_their_own() {
        // Two groups of two filters of one channel, 1 x 2: in each group [column][filter].
        let grouped = in_memory(&info(&[4, 1, 1, 2], Layout::Conv { groups: 2 }));
        assert_eq!(grouped, [0.0, 2.0, 1.0, 3.0, 4.0, 6.0, 5.0, 7.0]);
    }

    #[test]
    fn depthwise_filters_lie_side_by_side_however_many() {
        let small = in_memory(&info(&[3, 1, 1, 2], Layout::Depthwise));
        assert_eq!(small, [0.0, 2.0, 4.0, 1.0, 3.0, 5.0]);
        let large = in_memory(&info(&[40, 1, 2, 1], Layout::Depthwise));
        assert!(large.iter().enumerate().all(|(i, &x)| x as usize == i % 40 * 2 + i / 40));
    }

    #[test]
    fn fully_connected_inputs_are_reordered_from_channel_first() {
        // One output over 1 x 2 pixels of 3 channels: the file has c0x0 c0x1 c1x0 c1x1 c2x0 c2x1.
        let one = in_memory(&info(&[1, 6], Layout::Fc { height: 1, width: 2, channels: 3 }));
        assert_eq!(one, [0.0, 2.0, 4.0, 1.0, 3.0, 5.0]);
        // Two outputs over a vector of three: transposed.
        let two = in_memory(&info(&[2, 3], Layout::Fc { height: 1, width: 1, channels: 3 }));
        assert_eq!(two, [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
    }

    #[test]
    fn inputs_of_several_parts_are_reordered_part_by_part() {
        // Two outputs over 1 x 2 pixels of 2 channels, and 3 numbers behind them.
        let weights = in_memory(&info(&[2, 7], Layout::Parts { parts: &[[1, 2, 2], [1, 1, 3]] }));
        let of_first = [0, 2, 1, 3, 4, 5, 6];
        assert_eq!(weights, of_first.map(|at| [at as f32, (at + 7) as f32]).concat());
    }

    #[test]
    fn tensors_are_read_and_written_by_name() -> Result<()> {
        let weight = TensorInfo { offset: 1, ..info(&[2, 3], Layout::Fc { height: 1, width: 1, channels: 3 }) };
        let mean = TensorInfo {
            name: "bn1.running_mean",
            shape: &[2],
            offset: 0,
            kind: TensorKind::State,
            layout: Layout::Plain,
            ..weight
        };
        let tensors = [weight, mean];
        let (mut parameters, mut state) = ([0.0; 7], [0.0; 2]);
        write(&tensors, "conv1.weight", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &mut parameters, &mut state)?;
        write(&tensors, "bn1.running_mean", &[7.0, 8.0], &mut parameters, &mut state)?;
        assert_eq!(parameters, [0.0, 1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
        let tensor = read(&tensors, "conv1.weight", &parameters, &state)?;
        assert_eq!((tensor.shape, tensor.values), (vec![2, 3], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
        assert_eq!(read(&tensors, "bn1.running_mean", &parameters, &state)?.values, [7.0, 8.0]);

        let message = |result: Result<()>| result.map_err(|error| error.to_string());
        assert_eq!(
            message(write(&tensors, "conv1.wight", &[], &mut parameters, &mut state)),
            Err("no tensor is called `conv1.wight`; the nearest is `conv1.weight`".to_owned())
        );
        assert_eq!(
            message(write(&tensors, "conv1.weight", &[1.0], &mut parameters, &mut state)),
            Err("`conv1.weight` holds 6 values (2x3), found 1".to_owned())
        );
        assert_eq!(
            message(read(&[], "x", &parameters, &state).map(drop)),
            Err("no tensor is called `x`; the network has none".to_owned())
        );
        Ok(())
    }

    #[test]
    fn edit_distances() {
        for (a, b, distance) in [("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("conv1", "conv2", 1)] {
            let [a, b] = [a, b].map(str::as_bytes);
            assert_eq!((edit_distance(a, b), edit_distance(b, a)), (distance, distance));
        }
        assert_eq!(nearest("conv3.weight", ["fc1.weight", "conv2.weight", "conv1.weight"]), Some("conv2.weight"));
        assert_eq!(nearest(&"conv".repeat(1_000_000), ["fc1", "conv1"]), Some("conv1"));
    }
}
