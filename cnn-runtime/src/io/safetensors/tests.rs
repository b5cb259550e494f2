use std::collections::HashMap;

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::*;
use crate::network::{Init, Layout};

const CONV: TensorInfo = TensorInfo {
    name: "conv1.weight",
    shape: &[3, 2, 1, 2],
    offset: 0,
    kind: TensorKind::Parameter,
    init: Init::Constant(0.0),
    layout: Layout::Conv { groups: 1 },
    rate: 1.0,
};

const fn vector(name: &'static str, offset: usize, kind: TensorKind) -> TensorInfo {
    TensorInfo { name, shape: &[3], offset, kind, layout: Layout::Plain, ..CONV }
}

const FC: TensorInfo = TensorInfo {
    name: "fc1.weight",
    shape: &[2, 6],
    offset: 18,
    layout: Layout::Fc { height: 1, width: 2, channels: 3 },
    ..CONV
};

const TENSORS: &[TensorInfo] = &[
    CONV,
    vector("bn1.weight", 12, TensorKind::Parameter),
    vector("bn1.bias", 15, TensorKind::Parameter),
    FC,
    vector("bn1.running_mean", 0, TensorKind::State),
    vector("bn1.running_var", 3, TensorKind::State),
];

type Buffers = ([f32; 30], [f32; 6]);

/// Different in every place.
fn buffers() -> Buffers {
    (std::array::from_fn(|i| i as f32), std::array::from_fn(|i| -1.0 - i as f32))
}

fn bytes() -> Vec<u8> {
    let (parameters, state) = buffers();
    to_bytes(TENSORS, &parameters, &state, &[("network", "Small"), ("epoch", "3"), ("note", "a \"quoted\" \u{1}é")])
}

/// A file with these tensors and values of zero.
fn file(tensors: &[(&str, Dtype, &[usize])]) -> Vec<u8> {
    let mut start = 0;
    let mut header = Map::new();
    for &(name, dtype, shape) in tensors {
        let end = start + shape.iter().product::<usize>() * dtype.bitsize() / 8;
        let entry = json!({ "dtype": dtype.to_string(), "shape": shape, "data_offsets": [start, end] });
        header.insert(name.to_owned(), entry);
        start = end;
    }
    with_header(&Value::Object(header).to_string(), start)
}

fn with_header(header: &str, data: usize) -> Vec<u8> {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.bytes());
    bytes.resize(bytes.len() + data, 0);
    bytes
}

/// The message of loading these bytes, and that they left the buffers alone.
fn refusal(bytes: &[u8]) -> String {
    let (mut parameters, mut state) = buffers();
    let result = from_bytes(bytes, TENSORS, &mut parameters, &mut state);
    assert_eq!((parameters, state), buffers(), "refused files load nothing");
    match result {
        Ok(()) => "loaded".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_was_saved_is_loaded() -> Result<()> {
    let folder = tempfile::tempdir().map_err(|source| Error::Write { path: "temporary".into(), source })?;
    let path = folder.path().join("small.safetensors");
    let (parameters, state) = buffers();
    save(&path, TENSORS, &parameters, &state, &[("network", "Small")])?;
    let (mut read_parameters, mut read_state) = ([0.0; 30], [0.0; 6]);
    load(&path, TENSORS, &mut read_parameters, &mut read_state)?;
    assert_eq!((read_parameters, read_state), (parameters, state));

    let in_memory = to_bytes(TENSORS, &parameters, &state, &[("network", "Small")]);
    assert_eq!(std::fs::read(&path).ok(), Some(in_memory));
    Ok(())
}

#[test]
fn the_crate_reads_names_shapes_order_and_metadata() -> Result<(), safetensors::SafeTensorError> {
    let bytes = bytes();
    let file = SafeTensors::deserialize(&bytes)?;
    let (header, about) = SafeTensors::read_metadata(&bytes)?;
    assert_eq!(header % PREFIX, 0);
    let texts = [("network", "Small"), ("epoch", "3"), ("note", "a \"quoted\" \u{1}é")];
    let texts: HashMap<String, String> = texts.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect();
    assert_eq!(about.metadata().as_ref(), Some(&texts));
    for info in TENSORS {
        assert_eq!(file.tensor(info.name)?.shape(), info.shape);
    }
    // In memory [column][channel][filter], in the file [filter][channel][column].
    let values = elements(file.tensor("conv1.weight")?.data(), f32::from_le_bytes);
    assert_eq!(values, [0.0, 6.0, 3.0, 9.0, 1.0, 7.0, 4.0, 10.0, 2.0, 8.0, 5.0, 11.0]);
    Ok(())
}

/// Written by PyTorch, with four types of numbers and a `num_batches_tracked`: `tests/golden/make.py`.
#[test]
fn a_state_dict_of_pytorch_is_loaded() -> Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/state_dict.safetensors");
    let (mut parameters, mut state) = buffers();
    load(path, TENSORS, &mut parameters, &mut state)?;
    let eighths = |range: std::ops::RangeInclusive<i32>| range.map(|i| i as f32 / 8.0).collect::<Vec<_>>();
    assert_eq!(unpack(&CONV, &parameters), eighths(1..=12));
    assert_eq!(parameters[..3], [0.125, 0.625, 1.125]);
    assert_eq!(parameters[12..15], eighths(1..=3));
    assert_eq!(parameters[15..18], [-0.125, -0.25, -0.375]);
    assert_eq!(unpack(&FC, &parameters), eighths(1..=12));
    assert_eq!(state.to_vec(), [eighths(1..=3), eighths(1..=3)].concat());
    Ok(())
}

#[test]
fn everything_that_does_not_fit_is_listed() {
    let bytes = file(&[
        ("conv1.wieght", Dtype::F32, &[3, 2, 1, 2]),
        ("bn1.weight", Dtype::I64, &[3]),
        ("bn1.bias", Dtype::BF16, &[3]),
        ("fc1.weight", Dtype::I8, &[6, 2]),
        ("fc1.bias", Dtype::F32, &[]),
        ("bn1.running_mean", Dtype::F32, &[4]),
        ("bn1.running_var", Dtype::F16, &[3]),
        ("bn1.num_batches_tracked", Dtype::I64, &[]),
    ]);
    assert_eq!(
        refusal(&bytes),
        "the tensors of `<bytes>` do not fit the network:
  `conv1.weight` (3x2x1x2) is missing
  `bn1.weight` should be F32 (or F16, BF16, F64), found I64
  `fc1.weight` should be 2x6, found 6x2
  `fc1.weight` should be F32 (or F16, BF16, F64), found I8
  `bn1.running_mean` should be 3, found 4
  `conv1.wieght` is not in the network; the nearest is `conv1.weight`
  `fc1.bias` is not in the network; the nearest is `bn1.bias`"
    );
}

#[test]
fn an_unknown_name_of_any_length_or_kind_is_shown_safely() {
    let name = "\u{1b}[2J".to_owned() + &"x".repeat(100_000);
    let message = refusal(&file(&[(&name, Dtype::F32, &[])]));
    assert!(message.contains("`\\u{1b}[2Jxxx"), "{}", &message[..500]);
    assert!(message.contains("xxx.. (100004 bytes)` is not in the network; the nearest is `"), "{message}");
}

#[test]
fn of_many_unknown_names_the_first_are_listed() {
    let names: Vec<String> = (0..1_000).map(|i| format!("layer{i:03}.weight")).collect();
    let tensors: Vec<(&str, Dtype, &[usize])> = names.iter().map(|name| (&name[..], Dtype::F32, &[][..])).collect();
    let message = refusal(&file(&tensors));
    assert!(message.contains("`layer019.weight` is not in the network; the nearest is `"), "{message}");
    assert!(
        !message.contains("layer020") && message.ends_with("\n  and 980 more that are not in the network"),
        "{message}"
    );
}

const NO_LENGTH: &str = "its first 8 bytes should be the length of its header, but make no possible one";

#[test]
fn damage_is_named() {
    for (bytes, expected) in [
        (vec![], "it ends after 0 bytes, within the length of its header"),
        (vec![1, 2, 3], "it ends after 3 bytes, within the length of its header"),
        (u64::MAX.to_le_bytes().to_vec(), NO_LENGTH),
        (vec![0; 64], NO_LENGTH),
        (b"hello world".to_vec(), NO_LENGTH),
        (b"P5 640 480 255 and an image".to_vec(), NO_LENGTH),
        (with_header("[]", 0), "its ninth byte should be the `{` that a header begins with"),
        (with_header("{}", 0)[..8].to_vec(), "cut off: 8 of at least 10 bytes, within its header"),
        (with_header("{}", 0)[..9].to_vec(), "cut off: 9 of at least 10 bytes, within its header"),
        (bytes()[..bytes().len() - 1].to_vec(), &format!("cut off: {} of {} bytes", bytes().len() - 1, bytes().len())),
        (with_header("{}", 3), "13 bytes, but its header describes 10"),
        (with_header("{", 0), "invalid JSON in header: EOF while parsing an object at line 1 column 1"),
        (with_header(&format!("{{\"a\":{}", "[".repeat(100_000)), 0), "invalid JSON in header: "),
        (
            with_header(r#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0),
            "overflow computing buffer size from shape and/or element type",
        ),
        (with_header(r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4), "invalid offset for tensor `a`"),
        (
            with_header(r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4),
            "invalid shape, data type, or offset for tensor",
        ),
    ] {
        let message = refusal(&bytes);
        assert!(message.starts_with(&format!("`<bytes>` is not a safetensors file: {expected}")), "{message}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("weights.safetensors");
    let message = |path: &Path| {
        let (mut parameters, mut state) = buffers();
        load(path, TENSORS, &mut parameters, &mut state).map_err(|error| error.to_string())
    };
    let shown = path.display();
    assert!(message(&path).is_err_and(|m| m.starts_with(&format!("cannot read `{shown}`: "))));
    assert_eq!(message(folder.path()), Err(format!("cannot read `{}`: it is not a file", folder.path().display())));

    std::fs::write(&path, [0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, b'{'])?;
    assert_eq!(message(&path), Err(format!("`{shown}` is not a safetensors file: {NO_LENGTH}")));

    std::fs::write(&path, &bytes()[..100])?;
    assert!(message(&path).is_err_and(|m| m.starts_with(&format!("`{shown}` is not a safetensors file: "))));
    Ok(())
}

#[test]
fn no_damage_panics_or_loads_a_part() {
    let whole = bytes();
    let mut random = Pcg64Mcg::seed_from_u64(1);
    let mut below = |limit: usize| (random.next_u64() % limit as u64) as usize;
    for len in 0..whole.len() {
        assert_ne!(refusal(&whole[..len]), "loaded", "cut off after {len} bytes");
    }
    let header = whole.len() - 36 * size_of::<f32>();
    for _ in 0..20_000 {
        let mut damaged = whole.clone();
        for _ in 0..=below(3) {
            damaged[below(header)] ^= 1 << below(8);
        }
        let cut = if below(4) == 0 { below(damaged.len()) } else { damaged.len() };
        // Some flips leave a good file: in the metadata, or twice the same.
        let (mut parameters, mut state) = buffers();
        if from_bytes(&damaged[..cut], TENSORS, &mut parameters, &mut state).is_err() {
            assert_eq!((parameters, state), buffers());
        }
    }
}

#[test]
fn halves_have_their_values() {
    for (bits, value) in [
        (0x0000, 0.0),
        (0x8000, -0.0),
        (0x0001, 2.0_f32.powi(-24)),
        (0x03ff, 1023.0 * 2.0_f32.powi(-24)),
        (0x0400, 2.0_f32.powi(-14)),
        (0x3c00, 1.0),
        (0xc100, -2.5),
        (0x7bff, 65504.0),
        (0x7c00, f32::INFINITY),
        (0xfc00, f32::NEG_INFINITY),
    ] {
        assert_eq!(from_half(bits).to_bits(), f32::to_bits(value), "{bits:#06x}");
    }
    assert!(from_half(0x7e00).is_nan());
}
