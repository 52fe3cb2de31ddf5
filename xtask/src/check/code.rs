//! Rust with comments and strings blanked out, so that a rule does not trip over a word in a sentence.

/// The same text, line by line, with only what the compiler reads as code.
pub(crate) fn only(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let blanked = blank_length(rest, out.chars().next_back());
        if blanked > 0 {
            let (skipped, after) = rest.split_at(blanked);
            out.extend(skipped.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = after;
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// How many bytes at the start of `rest` are comment or literal.
fn blank_length(rest: &str, before: Option<char>) -> usize {
    let inside_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    if rest.starts_with('\'') {
        return character(rest);
    }
    if inside_word { 0 } else { raw_string(rest) }
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// `'x'` and `'\n'`, but not the lifetime `'a`.
fn character(rest: &str) -> usize {
    let mut inner = rest.chars().skip(1);
    match (inner.next(), inner.next()) {
        (Some('\\'), _) => quoted(rest, '\''),
        (Some(c), Some('\'')) => c.len_utf8() + 2,
        _ => 0,
    }
}

/// `r"…"`, `r#"…"#`, `br"…"`.
fn raw_string(rest: &str) -> usize {
    let start = if rest.starts_with("br") { 2 } else { 1 };
    if !rest.starts_with('r') && !rest.starts_with("br") {
        return 0;
    }
    let hashes = rest[start..].bytes().take_while(|byte| *byte == b'#').count();
    let open = start + hashes;
    if !rest[open..].starts_with('"') {
        return 0;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    rest[open + 1..].find(&close).map_or(rest.len(), |at| open + 1 + at + close.len())
}

/// Whether the code names this word, not as a part of another.
pub(crate) fn names(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(part) && !code[at + word.len()..].starts_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_blanked_and_lines_stay() {
        let text = "let a = \"tokio\"; // tokio\n/* tokio\n/* x */ */ let b = 'a'; let c: &'a str = r#\"to\"kio\"#;\n";
        let code = only(text);
        assert!(!code.contains("tokio") && !code.contains("kio"), "{code}");
        assert_eq!(code.lines().count(), text.lines().count());
        assert!(code.contains("&'a str ="), "{code}");
        assert_eq!(only("'\"' x '\\'' y"), "    x      y");
    }

    #[test]
    fn a_word_is_found_whole_only() {
        assert!(names("use sqlx::PgPool;", "sqlx"));
        assert!(!names("let my_sqlx2 = 1;", "sqlx"));
    }
}
