//! The script as steps: each is one `SELECT` with a name, and reads the steps before it.

use crate::emit::operators::Sql;

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    pub name: String,
    /// What it does, a line each
    pub says: Vec<String>,
    pub body: String,
    /// Read more than once, so it is computed once.
    pub kept: bool,
}

impl Step {
    pub fn new(name: impl Into<String>, says: impl Into<String>, body: String) -> Self {
        Step {
            name: name.into(),
            says: vec![says.into()],
            body,
            kept: false,
        }
    }
    pub fn kept(self) -> Self {
        self.kept_if(true)
    }
    pub fn kept_if(mut self, kept: bool) -> Self {
        self.kept = kept;
        self
    }
}

/// Every line one level further in.
pub(super) fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!("    {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A branch of a `CASE`, one level in; a value of several lines stands below.
pub(super) fn when(condition: &str, value: &str) -> String {
    let branch = match (condition.contains('\n'), value.contains('\n')) {
        (_, false) => format!("WHEN {condition} THEN {value}"),
        (false, true) => format!("WHEN {condition}\n    THEN\n{}", indented(&indented(value))),
        (true, true) => format!(
            "WHEN\n{}\n    THEN\n{}",
            indented(condition),
            indented(&indented(value))
        ),
    };
    indented(&branch)
}

/// `SELECT` with a column a line, and what follows.
pub(super) fn select<S: AsRef<str>>(columns: &[S], tail: &str) -> String {
    if let [only] = columns
        && !only.as_ref().contains('\n')
    {
        return format!("SELECT {}\n{tail}", only.as_ref()).trim_end().to_owned();
    }
    let columns: Vec<String> = columns.iter().map(|c| indented(c.as_ref())).collect();
    format!("SELECT\n{}\n{tail}", columns.join(",\n")).trim_end().to_owned()
}

/// `SELECT`s one after another.
pub(super) fn union(selects: &[String]) -> String {
    selects.join("\nUNION ALL\n")
}

/// A subquery in parentheses.
pub(super) fn inner(query: &str, name: &str) -> String {
    format!("(\n{}\n) AS {name}", indented(query))
}

/// A comment of any text, which ends with its line.
pub(super) fn comment(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| format!("-- {}", line.trim()).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// All steps as one view. An engine that keeps no step of a view gets a view for each, and a table for what is read more
/// than once.
pub(super) fn write(sql: &Sql, name: &str, steps: &[Step]) -> String {
    match sql.materialized {
        Some(materialized) => {
            let with: Vec<String> = steps
                .iter()
                .map(|step| {
                    let word = if step.kept { materialized } else { "AS" };
                    let says = comment(&step.says.join("\n"));
                    format!("{says}\n{} {word} (\n{}\n)", step.name, indented(&step.body))
                })
                .collect();
            let last = steps.last().map_or("", |step| step.name.as_str());
            format!(
                "{} {name} AS\nWITH\n{}\n\nSELECT * FROM {last};\n",
                sql.view,
                with.join(",\n\n")
            )
        }
        None => {
            let mut text = String::new();
            for step in steps {
                let says = comment(&step.says.join("\n"));
                text += &match step.kept {
                    // Twice: in a session that ran another scheme, a view may hide the table of its name.
                    true => format!(
                        "{says}\nDROP TABLE IF EXISTS {0};\nDROP TABLE IF EXISTS {0};\nCREATE TABLE {0} USING PARQUET AS\n{1};\n\n",
                        step.name, step.body
                    ),
                    false => format!("{says}\n{} {} AS\n{};\n\n", sql.view, step.name, step.body),
                };
            }
            let last = steps.last().map_or("", |step| step.name.as_str());
            text + &format!("{} {name} AS\nSELECT * FROM {last};\n", sql.view)
        }
    }
}
