//! Python and the tools of `tests/requirements.txt`, which `./test` installs into `.venv`.

use crate::workspace;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A tool of `.venv`, else the one on the path; `None` where there is neither, which is an error only where CI is set.
///
/// # Panics
/// Where CI is set and the tool is missing.
pub fn tool(name: &str) -> Option<PathBuf> {
    let installed = workspace().join(".venv/bin").join(name);
    let works = |path: &PathBuf| {
        let run = Command::new(path).arg("--version").output();
        run.is_ok_and(|run| run.status.success())
    };
    let found = [installed, PathBuf::from(name)].into_iter().find(works);
    assert!(
        found.is_some() || std::env::var_os("CI").is_none(),
        "{name} of tests/requirements.txt is not installed"
    );
    if found.is_none() {
        eprintln!("{name}: not installed (tests/requirements.txt); skipped");
    }
    found
}

/// What a program printed that ran in a folder.
///
/// # Panics
/// Where it cannot be started or fails.
pub fn printed(program: &Path, folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    // An older interpreter reads files by the locale.
    command.current_dir(folder).args(arguments).env("PYTHONUTF8", "1");
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let (out, error) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success(),
        "{} {arguments:?}\n{out}\n{error}",
        program.display()
    );
    out.into_owned()
}
