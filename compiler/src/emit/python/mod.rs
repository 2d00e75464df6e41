//! Python 3.9 and later, standard library only: one package with the scheme's rules as plain functions.
//!
//! `claim.py`, `scheme.py`, `vocabulary.py` and `rules.py` are written from the program; the other modules are the same
//! for every scheme and stand beside this file.

mod facts;
mod rules;
mod scheme;

use super::cases::json;
use super::names::{Case, NameRule, Renamer, package};
use super::program::Program;
use super::{File, Input};
use anlan_lang::diag::Finding;

/// Words that no identifier may be, and names that the modules use themselves.
const NAMES: NameRule = NameRule {
    reserved: &[
        "and",
        "as",
        "assert",
        "async",
        "await",
        "break",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "else",
        "except",
        "finally",
        "for",
        "from",
        "global",
        "if",
        "import",
        "in",
        "is",
        "lambda",
        "nonlocal",
        "not",
        "or",
        "pass",
        "raise",
        "return",
        "try",
        "while",
        "with",
        "yield",
        "None",
        "True",
        "False",
        "match",
        "case",
        "type",
        "count",
        "index",
        "assumed",
        "inputs",
        "claim_",
        "tests",
        // Local variables of the rules
        "bound",
        "least",
        "less",
        "most",
        "steps",
        "value",
        //
        // Built-in names, which the linter would have nobody shadow
        "abs",
        "aiter",
        "all",
        "anext",
        "any",
        "ascii",
        "bin",
        "bool",
        "breakpoint",
        "bytearray",
        "bytes",
        "callable",
        "chr",
        "classmethod",
        "compile",
        "complex",
        "copyright",
        "credits",
        "delattr",
        "dict",
        "dir",
        "divmod",
        "enumerate",
        "eval",
        "exec",
        "exit",
        "filter",
        "float",
        "format",
        "frozenset",
        "getattr",
        "globals",
        "hasattr",
        "hash",
        "help",
        "hex",
        "id",
        "input",
        "int",
        "isinstance",
        "issubclass",
        "iter",
        "len",
        "license",
        "list",
        "locals",
        "map",
        "max",
        "memoryview",
        "min",
        "next",
        "object",
        "oct",
        "open",
        "ord",
        "pow",
        "print",
        "property",
        "quit",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "setattr",
        "slice",
        "sorted",
        "staticmethod",
        "str",
        "sum",
        "super",
        "tuple",
        "vars",
        "zip",
    ],
    case: Case::Snake,
};

/// Modules of the standard library, of Python 3.9 to 3.14: the package stands first on the path, and would be imported
/// in their stead. So would the package's own tests and settings of the interpreter.
const TAKEN: &[&str] = &[
    "abc",
    "aifc",
    "annotationlib",
    "antigravity",
    "argparse",
    "array",
    "ast",
    "asynchat",
    "asyncio",
    "asyncore",
    "atexit",
    "audioop",
    "base64",
    "bdb",
    "binascii",
    "binhex",
    "bisect",
    "build",
    "builtins",
    "bz2",
    "calendar",
    "cgi",
    "cgitb",
    "chunk",
    "cmath",
    "cmd",
    "code",
    "codecs",
    "codeop",
    "collections",
    "colorsys",
    "compileall",
    "compression",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "copyreg",
    "crypt",
    "csv",
    "ctypes",
    "curses",
    "dataclasses",
    "datetime",
    "dbm",
    "decimal",
    "difflib",
    "dis",
    "distutils",
    "doctest",
    "email",
    "encodings",
    "ensurepip",
    "enum",
    "errno",
    "faulthandler",
    "fcntl",
    "filecmp",
    "fileinput",
    "fnmatch",
    "formatter",
    "fractions",
    "ftplib",
    "functools",
    "gc",
    "genericpath",
    "getopt",
    "getpass",
    "gettext",
    "glob",
    "graphlib",
    "grp",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "http",
    "idlelib",
    "imaplib",
    "imghdr",
    "imp",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "json",
    "keyword",
    "lib2to3",
    "linecache",
    "locale",
    "logging",
    "lzma",
    "macpath",
    "mailbox",
    "mailcap",
    "marshal",
    "math",
    "mimetypes",
    "mmap",
    "modulefinder",
    "msilib",
    "msvcrt",
    "multiprocessing",
    "netrc",
    "nis",
    "nntplib",
    "nt",
    "ntpath",
    "nturl2path",
    "numbers",
    "opcode",
    "operator",
    "optparse",
    "os",
    "ossaudiodev",
    "parser",
    "pathlib",
    "pdb",
    "pickle",
    "pickletools",
    "pipes",
    "pkgutil",
    "platform",
    "plistlib",
    "poplib",
    "posix",
    "posixpath",
    "pprint",
    "profile",
    "pstats",
    "pty",
    "pwd",
    "py_compile",
    "pyclbr",
    "pydoc",
    "pydoc_data",
    "pyexpat",
    "queue",
    "quopri",
    "random",
    "re",
    "readline",
    "reprlib",
    "resource",
    "rlcompleter",
    "runpy",
    "sched",
    "secrets",
    "select",
    "selectors",
    "shelve",
    "shlex",
    "shutil",
    "signal",
    "site",
    "sitecustomize",
    "smtpd",
    "smtplib",
    "sndhdr",
    "socket",
    "socketserver",
    "spwd",
    "sqlite3",
    "sre_compile",
    "sre_constants",
    "sre_parse",
    "ssl",
    "stat",
    "statistics",
    "string",
    "stringprep",
    "struct",
    "subprocess",
    "sunau",
    "symbol",
    "symtable",
    "sys",
    "sysconfig",
    "syslog",
    "tabnanny",
    "tarfile",
    "telnetlib",
    "tempfile",
    "termios",
    "test",
    "tests",
    "textwrap",
    "this",
    "threading",
    "time",
    "timeit",
    "tkinter",
    "token",
    "tokenize",
    "tomllib",
    "trace",
    "traceback",
    "tracemalloc",
    "tty",
    "turtle",
    "turtledemo",
    "types",
    "typing",
    "unicodedata",
    "unittest",
    "urllib",
    "usercustomize",
    "uu",
    "uuid",
    "venv",
    "warnings",
    "wave",
    "weakref",
    "webbrowser",
    "winreg",
    "winsound",
    "wsgiref",
    "xdrlib",
    "xml",
    "xmlrpc",
    "zipapp",
    "zipfile",
    "zipimport",
    "zlib",
    "zoneinfo",
];

const MODULES: [(&str, &str); 8] = [
    ("__main__.py", include_str!("main.py")),
    ("assessment.py", include_str!("assessment.py")),
    ("checking.py", include_str!("checking.py")),
    ("context.py", include_str!("context.py")),
    ("model.py", include_str!("model.py")),
    ("reading.py", include_str!("reading.py")),
    ("settlement.py", include_str!("settlement.py")),
    ("sharing.py", include_str!("sharing.py")),
];

/// The package's own tests; `PACKAGE` stands for its name.
const CASES: &str = include_str!("test_cases.py");

const PROJECT: &str = include_str!("pyproject.toml");

/// Names that one package gives its facts.
struct Names {
    package: String,
    /// Field of each fact
    fields: Vec<String>,
}

impl Names {
    fn of(program: &Program) -> Self {
        let mut fields = Renamer::new(NAMES);
        Names {
            package: package(&program.scheme.title_en, "scheme", &[NAMES.reserved, TAKEN]),
            fields: program.facts.iter().map(|fact| fields.name(&fact.id, "fact")).collect(),
        }
    }
    fn field(&self, fact: usize) -> &str {
        self.fields.get(fact).map_or("", String::as_str)
    }
}

pub(super) fn emit(input: &Input<'_>) -> Result<Vec<File>, Finding> {
    let program = input.program;
    let names = Names::of(program);
    let package = &names.package;
    let mut files: Vec<File> = MODULES
        .iter()
        .map(|(name, text)| File::new(format!("{package}/{name}"), *text))
        .collect();
    files.push(File::new(format!("{package}/__init__.py"), scheme::init(program)));
    files.push(File::new(format!("{package}/claim.py"), facts::claim(program, &names)));
    files.push(File::new(
        format!("{package}/vocabulary.py"),
        facts::vocabulary(program),
    ));
    files.push(File::new(
        format!("{package}/scheme.py"),
        scheme::scheme(program, &names),
    ));
    files.push(File::new(format!("{package}/rules.py"), rules::rules(program, &names)));
    files.push(File::new(format!("{package}/py.typed"), ""));
    files.push(File::new("tests/__init__.py", "\"\"\"The package's own tests.\"\"\"\n"));
    files.push(File::new("tests/test_cases.py", CASES.replace("PACKAGE", package)));
    files.push(File::new("tests/vectors.json", json(program, input.cases())));
    files.push(File::new("pyproject.toml", PROJECT.replace("PACKAGE", package)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// A text as a literal.
fn text(value: &str) -> String {
    let mut literal = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            c if c.is_control() => literal.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Articles as a trace cites them.
fn cited(articles: &[String]) -> String {
    text(&articles.join("、"))
}

/// A comment or docstring holds no line break and does not end early.
fn line_of(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
        .replace("\"\"\"", "'''")
        .replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_called_nothing_that_python_imports() {
        for title in [
            "Class",
            "Import",
            "Tests",
            "json",
            "dataclasses",
            "unittest",
            "re",
            "typing",
        ] {
            let name = package(title, "scheme", &[NAMES.reserved, TAKEN]);
            assert_eq!(name, format!("{}_scheme", title.to_ascii_lowercase()));
        }
    }
}
