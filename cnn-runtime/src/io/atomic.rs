//! Files that are there whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file such that `path` never holds a part of it: `write` fills a temporary file in the same folder, which
/// takes the place of `path` once all of it has reached the disk.
///
/// # Errors
/// What `write` or the system reports. The file that `path` named before is then as it was.
pub(crate) fn write_whole(path: &Path, write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>) -> Result<()> {
    replace(path, write).map_err(|source| Error::Write { path: path.to_owned(), source })
}

fn replace(path: &Path, write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        // A temporary file is its owner's secret by default; this one gets what the umask gives to any new file.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let temporary =
        builder.prefix(".").suffix(".part").tempfile_in(folder).map_err(|error| about_folder(folder, &error))?;
    let mut writer = BufWriter::new(temporary.as_file());
    write(&mut writer)?;
    writer.flush()?;
    drop(writer);
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Why no file can be made in a folder. The error of `tempfile` names the temporary file, which is nobody's business.
fn about_folder(folder: &Path, error: &io::Error) -> io::Error {
    match error.kind() {
        kind @ io::ErrorKind::NotFound if !folder.exists() => {
            io::Error::new(kind, format!("the folder `{}` does not exist", folder.display()))
        }
        kind @ io::ErrorKind::NotADirectory => io::Error::new(kind, format!("`{}` is not a folder", folder.display())),
        // `tempfile` gives the path and hides the system's error behind it: the kind is what is left.
        kind => io::Error::new(kind, kind.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("file");
        std::fs::write(&path, "old")?;
        let failed = write_whole(&path, |file| {
            file.write_all(b"half of the ne")?;
            Err(io::Error::other("the power went"))
        });
        let expected = format!("cannot write `{}`: the power went", path.display());
        assert_eq!(failed.map_err(|error| error.to_string()), Err(expected));
        assert_eq!(std::fs::read(&path)?, b"old");
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 1);

        write_whole(&path, |file| file.write_all(b"new")).map_err(io::Error::other)?;
        assert_eq!(std::fs::read(&path)?, b"new");
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let result = write_whole(Path::new("/no/such/folder/file"), |_| Ok(()));
        let expected = "cannot write `/no/such/folder/file`: the folder `/no/such/folder` does not exist";
        assert_eq!(result.map_err(|error| error.to_string()), Err(expected.to_owned()));
    }

    #[test]
    fn a_folder_that_takes_no_files_is_not_called_missing() {
        let path_error = io::Error::new(io::ErrorKind::NotFound, "No such file at path \"/.abc.part\"");
        assert_eq!(about_folder(Path::new("/"), &path_error).to_string(), "entity not found");
    }

    #[test]
    fn no_error_names_the_temporary_file() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("file");
        std::fs::write(&file, "")?;
        for path in [file.join("below"), folder.path().join("x".repeat(300)).join("below"), folder.path().to_owned()] {
            let message = write_whole(&path, |_| Ok(())).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.starts_with("cannot write `") && !message.contains(".part"), "{message}");
        }
        Ok(())
    }
}
