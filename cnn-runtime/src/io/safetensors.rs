//! Safetensors files: a network's tensors under their names, in PyTorch's order.
//!
//! Networks have `save`, `load` and their like, which call these functions with the network's `TENSORS`. Files hold
//! 32-bit floats; other floating-point types are converted when read. What is written depends on the tensors and the
//! metadata alone, bit for bit.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use safetensors::{Dtype, SafeTensorError, SafeTensors};
use serde_json::{Map, Value, json};

use super::atomic::write_whole;
use crate::error::{Error, Result, TensorProblem};
use crate::network::{TensorInfo, TensorKind};
use crate::tensor::{nearest, pack, unpack};

/// What stands for the path in errors about bytes in memory.
const IN_MEMORY: &str = "<bytes>";

/// Bytes that state the length of the header.
const PREFIX: usize = size_of::<u64>();

/// The longest header that the format allows.
const MAX_HEADER: u64 = 100_000_000;

/// Tensors that the network does not have which an error lists: a header has room for a million.
const UNKNOWN: usize = 20;

/// What every header begins with.
const HEADER_BEGIN: u8 = b'{';

/// Writes the tensors to a file, which is replaced as a whole or not at all.
///
/// `parameters` and `state` are the network's flat buffers; `metadata` are keys and texts to keep in the file.
///
/// # Errors
/// If the file cannot be written.
pub fn save(
    path: impl AsRef<Path>,
    tensors: &[TensorInfo],
    parameters: &[f32],
    state: &[f32],
    metadata: &[(&str, &str)],
) -> Result<()> {
    write_whole(path.as_ref(), |file| write(file, tensors, parameters, state, metadata))
}

/// The bytes of the file that [`save`] would write.
pub fn to_bytes(tensors: &[TensorInfo], parameters: &[f32], state: &[f32], metadata: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    match write(&mut bytes, tensors, parameters, state, metadata) {
        Ok(()) => bytes,
        Err(error) => unreachable!("writing to memory does not fail: {error}"),
    }
}

/// Reads the tensors from a file into `parameters` and `state`, the network's flat buffers.
///
/// PyTorch's `num_batches_tracked` is passed over.
///
/// # Errors
/// If the file cannot be read, is not a safetensors file, or does not hold exactly the tensors of the network, each in
/// its shape. Nothing is loaded then.
pub fn load(path: impl AsRef<Path>, tensors: &[TensorInfo], parameters: &mut [f32], state: &mut [f32]) -> Result<()> {
    let path = path.as_ref();
    let bytes = read(path)?;
    decode(path, &bytes, tensors, parameters, state)
}

/// Reads the tensors from the bytes of a file, such as weights that a program holds with `include_bytes!`.
///
/// # Errors
/// As [`load`].
pub fn from_bytes(bytes: &[u8], tensors: &[TensorInfo], parameters: &mut [f32], state: &mut [f32]) -> Result<()> {
    decode(Path::new(IN_MEMORY), bytes, tensors, parameters, state)
}

/// The header is written here and not by the crate because that keeps metadata in a hash map, whose order differs from
/// run to run.
fn write(
    out: &mut impl Write,
    tensors: &[TensorInfo],
    parameters: &[f32],
    state: &[f32],
    metadata: &[(&str, &str)],
) -> io::Result<()> {
    let mut header = Map::new();
    if !metadata.is_empty() {
        let metadata = metadata.iter().map(|&(key, text)| (key.to_owned(), Value::from(text)));
        header.insert("__metadata__".to_owned(), Value::Object(metadata.collect()));
    }
    let mut start = 0;
    for info in tensors {
        let end = start + info.len() * size_of::<f32>();
        let entry = json!({ "dtype": "F32", "shape": info.shape, "data_offsets": [start, end] });
        header.insert(info.name.to_owned(), entry);
        start = end;
    }
    let mut header = Value::Object(header).to_string().into_bytes();
    // Readers may map the file: the values start at a multiple of eight.
    header.resize(header.len().next_multiple_of(PREFIX), b' ');

    out.write_all(&(header.len() as u64).to_le_bytes())?;
    out.write_all(&header)?;
    for info in tensors {
        let memory = match info.kind {
            TensorKind::Parameter => parameters,
            TensorKind::State => state,
        };
        let bytes: Vec<u8> = unpack(info, memory).into_iter().flat_map(f32::to_le_bytes).collect();
        out.write_all(&bytes)?;
    }
    Ok(())
}

/// A file's bytes, unless its first ones show that it is no safetensors file.
fn read(path: &Path) -> Result<Vec<u8>> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    if !about.is_file() {
        return Err(failed(io::Error::other("it is not a file")));
    }
    let mut bytes = Vec::new();
    (&file).take(PREFIX as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    check_header(path, &bytes, about.len())?;
    let rest = about.len().saturating_sub(bytes.len() as u64);
    bytes.try_reserve_exact(usize::try_from(rest).unwrap_or(usize::MAX)).map_err(|_| {
        failed(io::Error::new(io::ErrorKind::OutOfMemory, format!("no memory for its {} bytes", about.len())))
    })?;
    file.take(rest).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Whether the first bytes, the length of the header and more, are those of a safetensors file of `len` bytes.
fn check_header(path: &Path, bytes: &[u8], len: u64) -> Result<()> {
    let Some(prefix) = bytes.first_chunk::<PREFIX>() else {
        return Err(malformed(path, format!("it ends after {} bytes, within the length of its header", bytes.len())));
    };
    let header = u64::from_le_bytes(*prefix);
    if header == 0 || header > MAX_HEADER {
        return Err(malformed(path, "its first 8 bytes should be the length of its header, but make no possible one"));
    }
    if bytes.get(PREFIX).is_some_and(|&byte| byte != HEADER_BEGIN) {
        return Err(malformed(path, "its ninth byte should be the `{` that a header begins with"));
    }
    let needed = PREFIX as u64 + header;
    if len < needed {
        return Err(malformed(path, format!("cut off: {len} of at least {needed} bytes, within its header")));
    }
    Ok(())
}

/// The error of the crate, with numbers if the file is shorter or longer than its header says.
fn refused(path: &Path, bytes: &[u8], error: &SafeTensorError) -> Error {
    let lengths = match error {
        SafeTensorError::MetadataIncompleteBuffer => stated_len(bytes).map(|stated| (bytes.len() as u64, stated)),
        _ => None,
    };
    match lengths {
        Some((found, stated)) if found < stated => malformed(path, format!("cut off: {found} of {stated} bytes")),
        Some((found, stated)) => malformed(path, format!("{found} bytes, but its header describes {stated}")),
        None => malformed(path, error),
    }
}

/// The length of the whole file as its header says it.
fn stated_len(bytes: &[u8]) -> Option<u64> {
    let (prefix, rest) = bytes.split_first_chunk::<PREFIX>()?;
    let header = u64::from_le_bytes(*prefix);
    let entries: Map<String, Value> = serde_json::from_slice(rest.get(..usize::try_from(header).ok()?)?).ok()?;
    let ends = entries.values().filter_map(|entry| entry.get("data_offsets")?.get(1)?.as_u64());
    (PREFIX as u64 + header).checked_add(ends.max().unwrap_or(0))
}

fn malformed(path: &Path, reason: impl ToString) -> Error {
    Error::Malformed { path: path.to_owned(), format: "safetensors", reason: reason.to_string() }
}

/// Checks everything, then loads everything.
fn decode(path: &Path, bytes: &[u8], tensors: &[TensorInfo], parameters: &mut [f32], state: &mut [f32]) -> Result<()> {
    check_header(path, bytes, bytes.len() as u64)?;
    let file = SafeTensors::deserialize(bytes).map_err(|error| refused(path, bytes, &error))?;
    let problems = problems(&file, tensors);
    if !problems.is_empty() {
        return Err(Error::TensorMismatch { path: path.to_owned(), problems });
    }
    for info in tensors {
        let view = file.tensor(info.name).map_err(|error| malformed(path, error))?;
        let memory = match info.kind {
            TensorKind::Parameter => &mut *parameters,
            TensorKind::State => &mut *state,
        };
        if let Some(convert) = conversion(view.dtype()) {
            pack(info, &convert(view.data()), memory);
        }
    }
    Ok(())
}

/// All that keeps the file's tensors from being the network's.
fn problems(file: &SafeTensors<'_>, tensors: &[TensorInfo]) -> Vec<TensorProblem> {
    let mut problems = Vec::new();
    for info in tensors {
        let (name, expected) = (info.name.to_owned(), info.shape.to_vec());
        let Ok(view) = file.tensor(info.name) else {
            problems.push(TensorProblem::Missing { name, expected });
            continue;
        };
        if view.shape() != info.shape {
            problems.push(TensorProblem::Shape { name: name.clone(), expected, found: view.shape().to_vec() });
        }
        if conversion(view.dtype()).is_none() {
            problems.push(TensorProblem::Type { name, found: view.dtype().to_string() });
        }
    }
    let known: HashSet<_> = tensors.iter().map(|info| info.name).collect();
    let mut names = file.names();
    names.retain(|name| !known.contains(name) && name.rsplit('.').next() != Some("num_batches_tracked"));
    names.sort_unstable();
    for &name in names.iter().take(UNKNOWN) {
        let nearest = nearest(name, tensors.iter().map(|info| info.name)).map(str::to_owned);
        problems.push(TensorProblem::Unknown { name: name.to_owned(), nearest });
    }
    if names.len() > UNKNOWN {
        problems.push(TensorProblem::More { count: names.len() - UNKNOWN });
    }
    problems
}

/// Turns the little-endian bytes of a tensor into floats.
type Conversion = fn(&[u8]) -> Vec<f32>;

/// How to read numbers of that type; none if they are no floating-point numbers of 16 bits or more.
fn conversion(dtype: Dtype) -> Option<Conversion> {
    Some(match dtype {
        Dtype::F32 => |bytes| elements(bytes, f32::from_le_bytes),
        Dtype::F64 => |bytes| elements(bytes, |element| f64::from_le_bytes(element) as f32),
        Dtype::F16 => |bytes| elements(bytes, |element| from_half(u16::from_le_bytes(element))),
        // The upper half of an f32.
        Dtype::BF16 => |bytes| elements(bytes, |element| f32::from_bits(u32::from(u16::from_le_bytes(element)) << 16)),
        _ => return None,
    })
}

fn elements<const N: usize>(bytes: &[u8], convert: impl Fn([u8; N]) -> f32) -> Vec<f32> {
    bytes.as_chunks::<N>().0.iter().map(|&element| convert(element)).collect()
}

/// The value of an IEEE 754 half: a sign, 5 bits of exponent (bias 15), 10 of fraction.
fn from_half(bits: u16) -> f32 {
    let (sign, exponent, fraction) = (u32::from(bits >> 15) << 31, u32::from(bits >> 10) & 31, u32::from(bits) & 1023);
    let magnitude = match exponent {
        0 => (fraction as f32 / (1 << 24) as f32).to_bits(), // subnormal: a multiple of 2^-24, exact as f32
        31 => 0x7f80_0000 | fraction << 13,                  // infinite or not a number
        _ => (exponent + 127 - 15) << 23 | fraction << 13,
    };
    f32::from_bits(sign | magnitude)
}

#[cfg(test)]
mod tests;
