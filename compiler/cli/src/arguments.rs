//! The command line. Help texts stand in the catalogue (`commands.ftl`), see [`crate::help`].

use crate::commands::Command;
use anlan_lang::texts::Language;
use clap::{ArgAction, Args, Parser, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(
    name = "anlan",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    #[arg(long, global = true, value_name = "LANG", value_parser = language, display_order = 900)]
    pub lang: Option<Language>,
    #[arg(short, long, global = true, action = ArgAction::Help, display_order = 901)]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 902)]
    version: Option<bool>,
    #[command(subcommand)]
    pub command: Command,
}

/// `zh` or `en`, as an argument.
pub fn language(text: &str) -> Result<Language, String> {
    text.parse()
}

/// The scheme that a command reads, and what completes it.
#[derive(Debug, Args)]
pub struct SchemeArguments {
    /// A file, or a folder that holds exactly one scheme.
    #[arg(value_name = "SCHEME")]
    pub scheme: PathBuf,
    /// Files with a contract that implements the scheme. Only commands that read claims take more than one.
    #[arg(long, value_name = "FILE")]
    pub contract: Vec<PathBuf>,
}

/// Decisions of authorities that have been taken.
#[derive(Debug, Args)]
pub struct DecisionArguments {
    /// `NAME`, `NAME@KEY`, `NAME=VALUE` or `NAME@KEY=VALUE`
    #[arg(long, value_name = "DECISION")]
    pub decide: Vec<String>,
}

/// The forms of a result that people or programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ResultFormat {
    #[default]
    Human,
    Json,
}
