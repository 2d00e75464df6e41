//! The tools of `tests/node`, which `./test` installs.

use crate::workspace;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder with the tools, or `None` where they are not installed, which is an error only where CI is set.
///
/// # Panics
/// Where CI is set and the tools are missing.
pub fn tools() -> Option<PathBuf> {
    let folder = workspace().join("tests/node");
    let installed = folder.join("node_modules/typescript").exists();
    assert!(
        installed || std::env::var_os("CI").is_none(),
        "the tools of tests/node are not installed"
    );
    if !installed {
        eprintln!("tests/node: not installed (npm ci --prefix tests/node); skipped");
    }
    installed.then_some(folder)
}

/// Runs node with such arguments in a folder.
///
/// # Panics
/// Where it cannot be started.
pub fn node(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("node");
    command.current_dir(folder).args(arguments);
    command.output().unwrap_or_else(|error| panic!("node: {error}"))
}

/// What a run printed.
///
/// # Panics
/// Where it failed.
pub fn printed(output: &Output) -> String {
    let (out, error) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}\n{error}");
    out.into_owned()
}
