//! Runs the built `anlan` in folders made for one test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // tests
#![allow(dead_code)] // each test file uses its part

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A temporary folder; the command runs in it.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, text) in files {
            folder.write(path, text.as_bytes());
        }
        folder
    }
    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }
    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }
    /// Runs `anlan` here with a clean locale.
    pub fn anlan(&self, arguments: &[&str]) -> Ran {
        self.anlan_with(arguments, &[], None)
    }
    /// Gives a line to a shell that finds `anlan`.
    pub fn shell(&self, line: &str) -> Ran {
        let own = Path::new(env!("CARGO_BIN_EXE_anlan")).parent().unwrap().to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(own).chain(std::env::split_paths(&path));
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).current_dir(self.0.path());
        shell.env("PATH", std::env::join_paths(paths).unwrap());
        clean(&mut shell);
        Ran::of(shell.stdin(Stdio::null()).output().unwrap())
    }
    /// Leaves nothing in the folder but these files, and `anlan.toml`.
    pub fn reset(&self, files: &[(&str, &str)]) {
        for entry in fs::read_dir(self.0.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() && path.file_name().is_some_and(|name| name != "anlan.toml") {
                fs::remove_file(path).unwrap();
            }
        }
        for (path, text) in files {
            self.write(path, text.as_bytes());
        }
    }
    /// Runs it in a folder below.
    pub fn anlan_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        Ran::of(
            command(&self.path(folder), arguments)
                .stdin(Stdio::null())
                .output()
                .unwrap(),
        )
    }
    pub fn anlan_with(&self, arguments: &[&str], environment: &[(&str, &str)], input: Option<&str>) -> Ran {
        let mut child = command(self.0.path(), arguments)
            .envs(environment.iter().copied())
            .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        if let (Some(input), Some(mut stdin)) = (input, child.stdin.take()) {
            stdin.write_all(input.as_bytes()).unwrap();
        }
        Ran::of(child.wait_with_output().unwrap())
    }
}

/// The folder of the repository.
pub fn repository() -> PathBuf {
    let cli = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    cli.ancestors().nth(2).unwrap().to_owned()
}

/// A path in `policies/`.
pub fn policy(path: &str) -> String {
    repository().join("policies").join(path).to_str().unwrap().to_owned()
}

pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anlan"));
    command.args(arguments).current_dir(folder);
    clean(&mut command);
    command
}

fn clean(command: &mut Command) {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"] {
        command.env_remove(name);
    }
}

/// What a run answered.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Ran {
            code: output.status.code().expect("ended by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
    /// Fails with everything that the run said unless it ended with `code`.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }
    /// Fails unless standard output holds every text.
    #[track_caller]
    pub fn says(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(
                self.out.contains(text),
                "{text:?} is missing on standard output: {self:#?}"
            );
        }
        self
    }
    /// Fails unless standard error holds every text.
    #[track_caller]
    pub fn complains(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(
                self.err.contains(text),
                "{text:?} is missing on standard error: {self:#?}"
            );
        }
        self
    }
}
