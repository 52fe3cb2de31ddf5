//! Fills the names of the built files into a page: `{{css}}`, `{{wasm}}`, `{{logo.svg}}`.

use super::assets::Name;
use crate::error::Error;

/// Replaces every placeholder; one that nothing answers is an error.
pub(crate) fn fill(template: &str, names: &[Name]) -> Result<String, Error> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((placeholder, after)) = after.split_once("}}") else { break };
        let Some((_, name)) = names.iter().find(|(known, _)| known == placeholder.trim()) else {
            let known: Vec<_> = names.iter().map(|(known, _)| known.as_str()).collect();
            return Err(Error::said(format!(
                "no file answers the placeholder {{{{{placeholder}}}}} of the portal; known are {}",
                known.join(", ")
            )));
        };
        filled.push_str(before);
        filled.push_str(name);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_names_and_an_unknown_one_is_told() {
        let names = [("css".to_owned(), "portal.1.css".to_owned())];
        assert_eq!(fill("<a {{css}}> {{ css }}", &names).expect("filled"), "<a portal.1.css> portal.1.css");
        assert_eq!(fill("no end {{css", &names).expect("as it is"), "no end {{css");
        let refused = fill("{{logo.svg}}", &names).expect_err("unknown");
        assert!(refused.to_string().contains("logo.svg"), "{refused}");
    }
}
