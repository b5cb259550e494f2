//! Pictures as PNG files.

use std::io::{Error, Write};
use std::path::Path;

use cnn::Volume;

/// Writes a picture of one (grey) or three (red, green, blue) channels, whose pixels are 0 to 1 and clamped to it, as a
/// PNG file: whole or not at all.
///
/// # Errors
/// If the folder cannot be written to; says which file was wanted.
///
/// # Panics
/// If the picture has another number of channels.
pub(crate) fn save<const H: usize, const W: usize, const C: usize>(
    path: &Path,
    picture: &Volume<H, W, C>,
) -> Result<(), Error> {
    let colour = match C {
        1 => png::ColorType::Grayscale,
        3 => png::ColorType::Rgb,
        _ => panic!("a picture has one or three channels, found {C}"),
    };
    let pixels: Vec<u8> =
        picture.as_flattened().as_flattened().iter().map(|x| (x.clamp(0.0, 1.0) * 255.0).round() as u8).collect();
    let write = || -> Result<(), Error> {
        let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
        let mut encoder = png::Encoder::new(&mut file, W as u32, H as u32);
        encoder.set_color(colour);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&pixels)?;
        file.flush()?;
        file.persist(path)?;
        Ok(())
    };
    // The temporary file's name means nothing to whoever asked for this one.
    write().map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at path ").next().unwrap_or_default();
        Error::new(error.kind(), format!("cannot write `{}`: {reason}", path.display()))
    })
}
