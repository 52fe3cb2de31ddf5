//! Files and functions that a reader can hold in the head.

use super::{File, Finding};

const LONGEST_FILE: usize = 700;
const LONGEST_FUNCTION: usize = 70;

/// Measures every Rust file.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let lines = file.text.lines().count();
        if lines > LONGEST_FILE {
            let rule = format!("{lines} lines; a file has at most {LONGEST_FILE}");
            findings.push(Finding::new(&file.path, lines, rule));
        }
        let long = functions(&file.code).into_iter().filter(|function| function.lines > LONGEST_FUNCTION);
        findings.extend(long.map(|function| {
            let rule = format!(
                "`{}` has {} lines; a function has at most {LONGEST_FUNCTION}",
                function.name, function.lines
            );
            Finding::new(&file.path, function.line, rule)
        }));
    }
    findings
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The line of its `fn`.
    pub(crate) line: usize,
    /// From `fn` to the closing brace.
    pub(crate) lines: usize,
    /// The text between the braces.
    pub(crate) body: &'a str,
}

/// Every function in code without comments and strings, nested ones too.
pub(crate) fn functions(code: &str) -> Vec<Function<'_>> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let starts = code.match_indices("fn ").filter(|(at, _)| !code[..*at].ends_with(word));
    starts
        .filter_map(|(at, _)| {
            let rest = &code[at + 3..];
            let name = &rest[..rest.find(|c| !word(c))?];
            let (open, close) = body(rest).filter(|_| !name.is_empty())?;
            Some(Function {
                name,
                line: code[..at].matches('\n').count() + 1,
                lines: rest[..close].lines().count(),
                body: &rest[open..close],
            })
        })
        .collect()
}

/// From the opening brace to behind its closing one; none for a function of a trait, which ends with `;`.
fn body(rest: &str) -> Option<(usize, usize)> {
    let mut open = None;
    let (mut braces, mut brackets) = (0_i32, 0_i32);
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if open.is_none() && brackets == 0 => return None,
            '{' => {
                open = open.or(Some(at));
                braces += 1;
            }
            '}' => {
                braces -= 1;
                if braces == 0 {
                    return open.map(|open| (open, at + 1));
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function_of(lines: usize) -> String {
        format!("//! one\n\nfn long() {{\n{}}}\n", "    step();\n".repeat(lines - 2))
    }

    #[test]
    fn a_long_function_and_a_long_file_are_found() {
        assert!(check(&[File::new("a.rs", function_of(70))]).is_empty());
        let findings = check(&[File::new("a.rs", function_of(71))]);
        assert_eq!(findings, [Finding::new("a.rs", 3, "`long` has 71 lines; a function has at most 70")]);
        let file = "const A: u8 = 1;\n".repeat(701);
        assert_eq!(check(&[File::new("a.rs", file)]).len(), 1);
    }

    #[test]
    fn functions_of_a_trait_and_types_of_functions_have_no_body() {
        let code = "trait T { fn a(x: [u8; 2]); fn b() { if x { y } } } type F = fn (u8);";
        let found = functions(code);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name, found[0].body), ("b", "{ if x { y } }"));
    }
}
