//! Symbols with their numbers, on the terminal or in files.

use super::args::PaintArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use crate::ground::printable;
use crate::symbol::terminal::{self, Cells};
use crate::symbol::{Caption, Symbol, png, svg, svg_with_caption};
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use terminal_size::{Height, Width};

/// A symbol and what is printed beside it.
pub(super) struct SymbolView<'a> {
    /// The line above it: which PC, which product.
    pub title: &'a str,
    /// The text that the symbol encodes.
    pub text: &'a str,
    /// The number in labelled groups; `None` for a packet, which nobody could
    /// type.
    pub caption: Option<Caption>,
}

/// Shows symbols, each in a file of its own or one after the other on the
/// terminal. Returns [`Exit::Usage`] if the terminal is too small for one of
/// them.
pub(super) fn show(
    views: &[SymbolView<'_>],
    args: &PaintArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let target = args.output.as_deref().map(OutputFile::of).transpose()?;
    let mut exit = Exit::Done;
    for (index, view) in views.iter().enumerate() {
        let symbol = Symbol::encode(view.text)?;
        console.line(view.title);
        match &target {
            Some(target) => {
                let file = numbered(target.file, index, views.len());
                write_file(&file, target.format, view, &symbol, args.module)?;
                console.line(&console.text_with(
                    "paint-written",
                    &[("file", file.display().to_string().into())],
                ));
            }
            None if paint(&symbol, args.compact, console) => {}
            None => exit = Exit::Usage,
        }
        if let Some(caption) = &view.caption {
            console.line("");
            print_caption(caption, console);
        }
        console.line("");
        if args.output.is_none() && index + 1 < views.len() {
            wait_for_enter(console);
        }
    }
    Ok(exit)
}

/// Waits on a terminal, where the next symbol would scroll this one away before
/// anyone could photograph it.
fn wait_for_enter(console: &Console) {
    if !console.is_json && std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        console.note(&console.text("paint-next"));
        // Any line goes on, and so does the end of the input.
        let _ = std::io::stdin().lock().skip_until(b'\n');
    }
}

/// Prints the number in labelled groups, so that it can always be typed
/// instead.
pub(super) fn print_caption(caption: &Caption, console: &Console) {
    for line in caption.lines(caption.columns()) {
        console.line(&line);
    }
}

/// Paints on the terminal; `false` if it is too small. The number is printed
/// either way.
pub(super) fn paint(symbol: &Symbol, compact: bool, console: &Console) -> bool {
    if console.is_json {
        return true;
    }
    let cells = if compact {
        Cells::HalfBlocks
    } else {
        Cells::Spaces
    };
    if std::io::stdout().is_terminal()
        && let Some((Width(columns), Height(rows))) = terminal_size::terminal_size()
        && let Err(error) = terminal::fits(symbol, cells, columns.into(), rows.into())
    {
        console.warn(&error);
        return false;
    }
    console.paint(&terminal::paint(symbol, cells));
    true
}

/// A file to write, in the format that its name asks for.
struct OutputFile<'a> {
    file: &'a Path,
    format: ImageFormat,
}

#[derive(Clone, Copy)]
enum ImageFormat {
    Png,
    Svg,
}

impl<'a> OutputFile<'a> {
    fn of(file: &'a Path) -> Result<Self, CliError> {
        let extension = file
            .extension()
            .map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        let format = match extension.as_deref() {
            Some("png") => ImageFormat::Png,
            Some("svg") => ImageFormat::Svg,
            _ => {
                return Err(CliError::UnknownImageFormat {
                    file: printable(&file.display().to_string()),
                });
            }
        };
        Ok(Self { file, format })
    }
}

fn write_file(
    file: &Path,
    format: ImageFormat,
    view: &SymbolView<'_>,
    symbol: &Symbol,
    module: u32,
) -> Result<(), Failure> {
    let bytes = match format {
        ImageFormat::Png => png(symbol, module)?,
        ImageFormat::Svg => match &view.caption {
            Some(caption) => svg_with_caption(symbol, Some(view.title), caption),
            None => svg(symbol, Some(view.title)),
        }
        .into_bytes(),
    };
    std::fs::write(file, bytes).map_err(|error| CliError::unwritable(file, &error).into())
}

/// `iid.png` for one, `iid-1.png`, `iid-2.png` for several.
fn numbered(output: &Path, index: usize, count: usize) -> PathBuf {
    if count == 1 {
        return output.to_owned();
    }
    let stem = output.file_stem().unwrap_or_default().to_string_lossy();
    let mut name = format!("{stem}-{}", index + 1);
    if let Some(extension) = output.extension() {
        name.push('.');
        name.push_str(&extension.to_string_lossy());
    }
    output.with_file_name(name)
}
