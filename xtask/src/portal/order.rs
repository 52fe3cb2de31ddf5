//! Puts functions that are alike beside each other. The compiler leaves them in the order in which it came upon
//! them; brotli finds what has been said before best when it has been said just now.

use crate::error::Error;
use std::{convert::Infallible, fs, path::Path};
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{self, Reencode},
};
use wasmparser::{
    BinaryReaderError, CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef,
};

type Answer<T> = Result<T, reencode::Error<Infallible>>;

/// Writes the functions of a file anew, in another order: a twenty-fifth off what is transferred.
pub(crate) fn put_alike_together(file: &Path) -> Result<(), Error> {
    let ordered = ordered(&super::read(file)?).map_err(|error| {
        Error::said(format!("ordering the functions of {} failed: {error}", file.display()))
    })?;
    fs::write(file, ordered).map_err(Error::system(format!("writing {}", file.display())))
}

fn ordered(wasm: &[u8]) -> Answer<Vec<u8>> {
    let mut moved = Moved::plan(wasm)?;
    let mut module = Module::new();
    moved.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}

struct Moved {
    imported: u32,
    /// The old place of each function, in the new order.
    from: Vec<u32>,
    /// The new place of each function, in the old order.
    to: Vec<u32>,
}

impl Moved {
    fn plan(wasm: &[u8]) -> Result<Moved, BinaryReaderError> {
        let (mut imported, mut types, mut shapes) = (0, Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => {
                    types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
                }
                Payload::CodeSectionEntry(body) => shapes.push(shape(&body)?),
                _ => {}
            }
        }
        let mut from: Vec<u32> = (0..).take(shapes.len()).collect();
        from.sort_by_key(|&old| (types[old as usize], &shapes[old as usize]));
        let mut to = vec![0; from.len()];
        for (new, &old) in (0..).zip(&from) {
            to[old as usize] = new;
        }
        Ok(Moved { imported, from, to })
    }
}

/// What a function does, without what it does it to.
fn shape(body: &FunctionBody<'_>) -> Result<Vec<u8>, BinaryReaderError> {
    let (bytes, start) = (body.as_bytes(), body.range().start);
    let mut operators = body.get_operators_reader()?;
    let mut shape = Vec::new();
    while !operators.eof() {
        shape.push(bytes[(operators.original_position() - start) as usize]);
        operators.read()?;
    }
    Ok(shape)
}

impl Reencode for Moved {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Answer<u32> {
        let own = function.checked_sub(self.imported);
        Ok(own.map_or(function, |own| self.imported + self.to[own as usize]))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Answer<()> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for &old in &self.from {
            functions.function(types[old as usize]);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Answer<()> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for old in self.from.clone() {
            self.parse_function_body(code, bodies[old as usize].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, ExportSection, Function, TypeSection};

    /// Three functions, two of them alike; the first is exported and calls the last.
    fn module() -> Vec<u8> {
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([], []);
        let (mut exports, mut code) = (ExportSection::new(), CodeSection::new());
        exports.export("first", ExportKind::Func, 0);
        for (alike, number) in [(false, 0), (true, 7), (true, 8)] {
            functions.function(0);
            let mut function = Function::new([]);
            if alike {
                function.instructions().nop().i32_const(number).drop().end();
            } else {
                function.instructions().call(2).end();
            }
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    /// The bytes of the exported function and of the one it calls.
    fn followed(wasm: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let (mut exported, mut bodies) = (0, Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.expect("wasm") {
                Payload::ExportSection(section) => {
                    exported = section.into_iter().next().expect("an export").expect("wasm").index;
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
                _ => {}
            }
        }
        let first = bodies[exported as usize].clone();
        // No locals, call.
        let called = bodies[first[2] as usize].clone();
        (first, called)
    }

    #[test]
    fn whoever_was_called_is_called_from_wherever_it_stands() {
        let before = module();
        let after = ordered(&before).expect("ordered");
        assert_ne!(before, after, "what is alike stood apart from the first");
        assert_eq!(followed(&before).1, followed(&after).1);
        assert_ne!(followed(&before).0, followed(&after).0, "the call names another place");
    }
}
