//! One stylesheet from several, with the hashed names of what it refers to.

use super::{assets::Name, text};
use crate::error::Error;
use std::path::{Path, PathBuf};

/// Joins the files in their order: what comes later wins. What a file imports from `vendor` takes the place of
/// the import.
pub(crate) fn join(files: &[PathBuf], vendor: &Path) -> Result<String, Error> {
    let mut joined = String::new();
    for file in files {
        for line in plain(file)?.lines() {
            match imported(line) {
                Some((name, layer)) => {
                    joined.push_str(&format!("@layer {layer}{{{}}}", plain(&vendor.join(name))?));
                }
                None => joined.push_str(line),
            }
            joined.push('\n');
        }
    }
    Ok(joined)
}

/// A stylesheet without its character set: it means something only at the very start, and UTF-8 is served as such.
fn plain(file: &Path) -> Result<String, Error> {
    let content = text(file)?;
    let content = content.replacen("@charset \"UTF-8\";", "", 1).replacen("@charset \"utf-8\";", "", 1);
    Ok(content.trim().to_owned())
}

/// File and layer of `@import "file" layer(layer);`.
fn imported(line: &str) -> Option<(&str, &str)> {
    line.trim().strip_prefix("@import \"")?.strip_suffix(");")?.split_once("\" layer(")
}

/// Replaces the file names in `url(…)`. A file that is not there is an error, an embedded one is left alone.
pub(crate) fn rewrite_urls(styles: &str, names: &[Name]) -> Result<String, Error> {
    let mut rewritten = String::new();
    let mut rest = styles;
    while let Some((before, after)) = rest.split_once("url(") {
        rewritten.push_str(before);
        rewritten.push_str("url(");
        let quote = after
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''))
            .map_or("", |first| if first == '"' { "\"" } else { "'" });
        let inner = &after[quote.len()..];
        let end = inner.find(if quote.is_empty() { ")" } else { quote }).unwrap_or(inner.len());
        let url = &inner[..end];
        rewritten.push_str(quote);
        rewritten.push_str(&target(url, names)?);
        rest = &inner[end..];
    }
    rewritten.push_str(rest);
    Ok(rewritten)
}

fn target(url: &str, names: &[Name]) -> Result<String, Error> {
    if ["data:", "#", "http:", "https:"].iter().any(|start| url.starts_with(start)) {
        return Ok(url.to_owned());
    }
    let file = url.rsplit('/').next().unwrap_or(url);
    names.iter().find(|(known, _)| known == file).map(|(_, hashed)| hashed.clone()).ok_or_else(|| {
        Error::said(format!(
            "a stylesheet of the portal refers to `{url}`, and frontend/vendor and frontend/assets hold no such file"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_replaced_by_what_it_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let write =
            |name: &str, content: &str| std::fs::write(folder.path().join(name), content).expect("written");
        write("a.css", "@import \"b.css\" layer(x.y);\np{color:red}\n");
        write("b.css", "@charset \"UTF-8\";b{color:blue}\n");
        let joined = join(&[folder.path().join("a.css")], folder.path()).expect("joined");
        assert_eq!(joined, "@layer x.y{b{color:blue}}\np{color:red}\n");
    }

    #[test]
    fn fonts_get_their_hashed_names_and_embedded_pictures_stay() {
        let names = [("inter.woff2".to_owned(), "inter.1.woff2".to_owned())];
        let styles = "a{src:url(./x/inter.woff2)} b{src:url(\"inter.woff2\")} c{src:url('data:a,b(c)')}";
        assert_eq!(
            rewrite_urls(styles, &names).expect("rewritten"),
            "a{src:url(inter.1.woff2)} b{src:url(\"inter.1.woff2\")} c{src:url('data:a,b(c)')}"
        );
        assert!(rewrite_urls("a{src:url(gone.woff2)}", &names).is_err());
    }
}
