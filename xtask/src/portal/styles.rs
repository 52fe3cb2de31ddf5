//! One stylesheet from several, with the hashed names of what it refers to.

use super::{assets::Name, text};
use crate::error::Error;
use std::path::PathBuf;

/// Joins the files in their order: what comes later wins.
pub(crate) fn join(files: &[PathBuf]) -> Result<String, Error> {
    let mut joined = String::new();
    for file in files {
        let content = text(file)?;
        // Only at the very start of a stylesheet does it mean anything, and UTF-8 is served as such.
        let content = content.replacen("@charset \"UTF-8\";", "", 1).replacen("@charset \"utf-8\";", "", 1);
        joined.push_str(content.trim());
        joined.push('\n');
    }
    Ok(joined)
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
