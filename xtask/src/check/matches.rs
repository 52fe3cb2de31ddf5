//! No `_ =>` where events are folded: the compiler is to list what a new event must visit.

use super::{File, Finding, lengths::functions};

const PLACES: &[&str] = &["backend/src/rules/", "backend/src/projections/"];
const FUNCTIONS: &[&str] = &["fold", "evolve", "decide"];

/// Checks the functions that decide, evolve and fold.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| PLACES.iter().any(|place| file.path.starts_with(place))) {
        for function in functions(&file.code).iter().filter(|function| folds(function.name)) {
            for (index, line) in function.body.lines().enumerate() {
                if line.trim_start().starts_with("_ =>") || line.contains("{ _ =>") || line.contains(", _ =>")
                {
                    let rule = format!("`_ =>` in `{}`: name every event", function.name);
                    findings.push(Finding::new(&file.path, function.line + index, rule));
                }
            }
        }
    }
    findings
}

fn folds(name: &str) -> bool {
    FUNCTIONS
        .iter()
        .any(|start| name.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str =
        "//! x\nfn evolve(e: E) {\n    match e {\n        E::A => 1,\n        _ => 2,\n    }\n}\n";

    #[test]
    fn a_fold_that_swallows_events_is_found() {
        let findings = check(&[File::new("backend/src/rules/entry.rs", CODE)]);
        assert_eq!(
            findings,
            [Finding::new("backend/src/rules/entry.rs", 5, "`_ =>` in `evolve`: name every event")]
        );
        let other = CODE.replace("evolve", "weekday");
        assert!(check(&[File::new("backend/src/rules/entry.rs", other)]).is_empty());
        assert!(check(&[File::new("backend/src/http/entry.rs", CODE)]).is_empty());
    }
}
