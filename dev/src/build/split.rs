//! One wasm module in two files that share memory and function table: what a page needs for its first picture, and what comes
//! later. The first is a module as before; the second is instantiated with the exports of the first.
//!
//! Texts that only later code reads lie in the second file, too, for the same places of the memory.
//!
//! A function that may come later is left as a stub in the first file, which calls through a place of the table that is empty
//! until the second file fills it. Everything that is reached through such functions only goes along. A stub that is called too
//! early is an error of ours: whoever may call one waits for the second file before.

use super::names::short;
use crate::Failure;
use std::collections::{BTreeSet, HashMap, HashSet};
use walrus::ir::{self, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, Data, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    GlobalId, GlobalKind, ImportKind, ImportedFunction, Module, ModuleConfig, TableId, ir::Value,
};

/// The two files.
pub struct Halves {
    pub first: Vec<u8>,
    pub second: Vec<u8>,
}

/// What the second file imports from: the first one's exports.
pub const FIRST: &str = "first";

/// Splits a module; functions may come later whose readable names contain one of `later`, and those of `texts` that no code of the
/// first file names.
///
/// # Errors
/// One of `later` is in no name: the compiler has put that function into its caller, and all it calls would stay.
pub fn split(whole: &[u8], later: &[&str], texts: &[Vec<u8>]) -> Result<Halves, Failure> {
    let plan = Plan::of(&parsed(whole)?, later, texts)?;
    let (second, shared) = second(parsed(whole)?, &plan)?;
    Ok(Halves { first: first(parsed(whole)?, &plan, &shared)?, second })
}

fn parsed(bytes: &[u8]) -> Result<Module, Failure> {
    let mut config = ModuleConfig::new();
    config.generate_producers_section(false);
    config.parse(bytes).map_err(|error| format!("the wasm file cannot be split: {error:#}"))
}

/// Functions by their place in the module, which is the same each time it is parsed.
struct Plan {
    /// Those that get a stub, and the places of the table behind it.
    gates: Vec<usize>,
    /// All that stay in the first file, in the module's order: the names that both files share follow it, so the same module gives
    /// the same two files.
    stay: BTreeSet<usize>,
    /// The first place of the table that was not used so far.
    table_end: u64,
    /// Where texts lie that go along, and how long they are.
    texts: Vec<(u32, usize)>,
}

impl Plan {
    fn of(module: &Module, names: &[&str], texts: &[Vec<u8>]) -> Result<Self, Failure> {
        let ids = functions(module);
        let places: HashMap<FunctionId, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let mut missing: HashSet<&str> = names.iter().copied().collect();
        let later: HashSet<usize> = (0..ids.len())
            .filter(|place| {
                let function = module.funcs.get(ids[*place]);
                let name = readable(function.name.as_deref().unwrap_or_default());
                let found =
                    names.iter().filter(|part| name.contains(**part)).inspect(|part| _ = missing.remove(**part));
                found.count() > 0 && matches!(function.kind, FunctionKind::Local(_))
            })
            .collect();
        if !missing.is_empty() {
            let mut names: Vec<&str> = missing.into_iter().collect();
            names.sort_unstable();
            let names = names.join("`, `");
            return Err(format!(
                "no function is called `{names}`: forbid that it is inlined, or mend the list of what comes later."
            ));
        }
        let is_import = |place: &usize| matches!(module.funcs.get(ids[*place]).kind, FunctionKind::Import(_));
        // What comes from outside comes through the first file.
        let mut stay: BTreeSet<usize> = (0..ids.len()).filter(is_import).collect();
        let mut gates = Vec::new();
        let mut open: Vec<usize> = roots(module).into_iter().map(|id| places[&id]).collect();
        while let Some(place) = open.pop() {
            if later.contains(&place) {
                gates.push(place);
            } else if stay.insert(place) {
                open.extend(called(module, ids[place]).into_iter().map(|id| places[&id]));
            }
        }
        gates.sort_unstable();
        gates.dedup();
        let named: BTreeSet<u32> = stay.iter().flat_map(|place| numbers(module, ids[*place])).collect();
        let is_free = |&(start, length): &(u32, usize)| named.range(start..start + length as u32).next().is_none();
        let mut texts: Vec<_> = texts.iter().filter_map(|text| only_place(module, text)).filter(is_free).collect();
        texts.sort_unstable();
        texts.dedup_by(|next, last| next.0 < last.0 + last.1 as u32);
        Ok(Self { gates, stay, table_end: module.tables.get(function_table(module)?).initial, texts })
    }
}

/// A name of wasm-bindgen's without the numbers of crates: `<vitrine[0123456789abcdef]::ar::Room>::update`. A number that
/// begins with zeros is written without them; no type has a name of so many hexadecimal digits.
fn readable(name: &str) -> String {
    let mut pieces = name.split('[');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |readable, piece| match piece.split_once(']') {
        Some((number, rest)) if number.len() > 8 && number.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            readable + rest
        }
        _ => readable + "[" + piece,
    })
}

fn functions(module: &Module) -> Vec<FunctionId> {
    module.funcs.iter().map(walrus::Function::id).collect()
}

fn globals(module: &Module) -> Vec<GlobalId> {
    module.globals.iter().map(walrus::Global::id).collect()
}

fn tables(module: &Module) -> Vec<TableId> {
    module.tables.iter().map(walrus::Table::id).collect()
}

fn function_table(module: &Module) -> Result<TableId, Failure> {
    let table = module.tables.main_function_table().ok().flatten();
    table.ok_or_else(|| "the wasm file has no function table, so it cannot be split".to_owned())
}

/// What is called from outside or through the table.
fn roots(module: &Module) -> Vec<FunctionId> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    });
    let in_table = module.elements.iter().flat_map(|element| match &element.items {
        ElementItems::Functions(ids) => ids.clone(),
        ElementItems::Expressions(_, expressions) => {
            let id = |expression: &ConstExpr| match expression {
                ConstExpr::RefFunc(id) => Some(*id),
                _ => None,
            };
            expressions.iter().filter_map(id).collect()
        }
    });
    exported.chain(in_table).chain(module.start).collect()
}

/// Every function that a function names.
fn called(module: &Module, id: FunctionId) -> Vec<FunctionId> {
    #[derive(Default)]
    struct Called(Vec<FunctionId>);
    impl Visitor<'_> for Called {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.push(*function);
        }
    }
    let mut called = Called::default();
    if let FunctionKind::Local(function) = &module.funcs.get(id).kind {
        dfs_in_order(&mut called, function, function.entry_block());
    }
    called.0
}

/// Every number in a function's code that may be an address.
fn numbers(module: &Module, id: FunctionId) -> Vec<u32> {
    #[derive(Default)]
    struct Numbers(Vec<u32>);
    impl Visitor<'_> for Numbers {
        fn visit_const(&mut self, constant: &ir::Const) {
            if let Value::I32(number) = constant.value {
                self.0.push(number as u32);
            }
        }
        fn visit_load(&mut self, load: &ir::Load) {
            self.0.push(load.arg.offset as u32);
        }
        fn visit_store(&mut self, store: &ir::Store) {
            self.0.push(store.arg.offset as u32);
        }
    }
    let mut numbers = Numbers::default();
    if let FunctionKind::Local(function) = &module.funcs.get(id).kind {
        dfs_in_order(&mut numbers, function, function.entry_block());
    }
    numbers.0
}

/// Where a text lies in the memory at the start, if it lies there once.
fn only_place(module: &Module, text: &[u8]) -> Option<(u32, usize)> {
    let mut places =
        module.data.iter().filter_map(|data| Some((start_of(data)?, &data.value))).flat_map(|(start, bytes)| {
            let found = bytes.windows(text.len()).enumerate().filter(|(_, window)| *window == text);
            found.map(move |(at, _)| start + at as u32)
        });
    let place = places.next()?;
    places.next().is_none().then_some((place, text.len()))
}

/// The address of a piece of the memory at the start.
fn start_of(data: &Data) -> Option<u32> {
    match data.kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } => Some(start as u32),
        _ => None,
    }
}

/// The bytes of a text, and its place in the piece of memory that has it.
fn bytes_at(data: &Data, (start, length): (u32, usize)) -> Option<std::ops::Range<usize>> {
    let at = start.checked_sub(start_of(data)?)? as usize;
    (at + length <= data.value.len()).then_some(at..at + length)
}

/// What the second file needs of the first, under its name there.
enum Shared {
    Function(usize),
    Global(usize),
    Memory,
    Table(usize),
}

/// All of that, by name.
type Exports = Vec<(String, Shared)>;

fn first(mut module: Module, plan: &Plan, shared: &Exports) -> Result<Vec<u8>, Failure> {
    let (ids, globals, table) = (functions(&module), globals(&module), function_table(&module)?);
    let tables = tables(&module);
    for (place, slot) in plan.gates.iter().zip(plan.table_end..) {
        let ty = module.funcs.get(ids[*place]).ty();
        let (parameters, results) = module.types.params_results(ty);
        let (parameters, results) = (parameters.to_vec(), results.to_vec());
        let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
        let arguments: Vec<walrus::LocalId> = parameters.iter().map(|ty| module.locals.add(*ty)).collect();
        let mut body = builder.func_body();
        for argument in &arguments {
            body.local_get(*argument);
        }
        body.i32_const(slot as i32).call_indirect(ty, table);
        module.funcs.get_mut(ids[*place]).kind = FunctionKind::Local(builder.local_func(arguments));
    }
    for id in module.data.iter().map(Data::id).collect::<Vec<_>>() {
        let data = module.data.get_mut(id);
        for text in &plan.texts {
            if let Some(range) = bytes_at(data, *text) {
                data.value[range].fill(0); // wasm-opt leaves out what is nothing
            }
        }
    }
    let table_size = plan.table_end + plan.gates.len() as u64;
    let places = module.tables.get_mut(table);
    (places.initial, places.maximum) = (table_size, places.maximum.map(|most| most.max(table_size)));
    let memory = module.get_memory_id().map_err(|error| error.to_string())?;
    for (name, shared) in shared {
        match shared {
            Shared::Function(place) => module.exports.add(name, ids[*place]),
            Shared::Global(place) => module.exports.add(name, globals[*place]),
            Shared::Memory => module.exports.add(name, memory),
            Shared::Table(place) => module.exports.add(name, tables[*place]),
        };
    }
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// Takes everything out but code.
fn empty(module: &mut Module) {
    module.start = None;
    for id in module.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    for id in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        module.data.delete(id);
    }
    for id in module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
        module.elements.delete(id);
    }
    for id in module.imports.iter().map(walrus::Import::id).collect::<Vec<_>>() {
        module.imports.delete(id);
    }
}

fn second(mut module: Module, plan: &Plan) -> Result<(Vec<u8>, Exports), Failure> {
    let (ids, globals, table) = (functions(&module), globals(&module), function_table(&module)?);
    let tables = tables(&module);
    let memory = module.get_memory_id().map_err(|error| error.to_string())?;
    let text_of = |text: &(u32, usize)| {
        let bytes = module.data.iter().find_map(|data| Some(data.value[bytes_at(data, *text)?].to_vec()));
        (text.0, bytes.unwrap_or_default())
    };
    let texts: Vec<(u32, Vec<u8>)> = plan.texts.iter().map(text_of).collect();
    empty(&mut module);
    // Everything that is not moved is imported; what is not used falls away below.
    for place in &plan.stay {
        let ty = module.funcs.get(ids[*place]).ty();
        let import = module.imports.add(FIRST, "", ids[*place]);
        module.funcs.get_mut(ids[*place]).kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
    for id in &globals {
        let import = module.imports.add(FIRST, "", *id);
        module.globals.get_mut(*id).kind = GlobalKind::Import(import);
    }
    let import = module.imports.add(FIRST, "", memory);
    let shared_memory = module.memories.get_mut(memory);
    shared_memory.import = Some(import);
    shared_memory.data_segments.clear();
    for (start, text) in texts {
        let offset = ConstExpr::Value(Value::I32(start as i32));
        let data = module.data.add(DataKind::Active { memory, offset }, text);
        module.memories.get_mut(memory).data_segments.insert(data);
    }
    for id in &tables {
        let import = module.imports.add(FIRST, "", *id);
        let shared_table = module.tables.get_mut(*id);
        (shared_table.import, shared_table.maximum) = (Some(import), None);
        shared_table.elem_segments.clear();
    }
    let gates = plan.gates.iter().map(|place| ids[*place]).collect();
    let offset = ConstExpr::Value(Value::I32(plan.table_end as i32));
    let element = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(gates));
    module.tables.get_mut(table).elem_segments.insert(element);
    walrus::passes::gc::run(&mut module);

    let places: HashMap<FunctionId, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let global_places: HashMap<GlobalId, usize> = globals.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let table_places: HashMap<TableId, usize> = tables.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let mut shared = Vec::new();
    for (index, import) in module.imports.iter_mut().enumerate() {
        // The first file's own exports begin with letters.
        import.name = format!("${}", short(index));
        let what = match import.kind {
            ImportKind::Function(id) => Shared::Function(places[&id]),
            ImportKind::Global(id) => Shared::Global(global_places[&id]),
            ImportKind::Memory(_) => Shared::Memory,
            ImportKind::Table(id) => Shared::Table(table_places[&id]),
            ImportKind::Tag(_) => return Err("the wasm file has exceptions, so it cannot be split".to_owned()),
        };
        shared.push((import.name.clone(), what));
    }
    Ok((module.emit_wasm(), shared))
}

#[cfg(test)]
mod tests {
    use super::{readable, split};
    use walrus::ir::Value;
    use walrus::{ConstExpr, DataKind, ExportItem, FunctionBuilder, ImportKind, Module, ModuleConfig, ValType};

    /// `now` calls `soon`, which calls `deep` and `both`; `now` calls `both`, too. `now` names the text at 64, `soon` that at 78.
    fn module() -> Vec<u8> {
        let mut module = Module::with_config(ModuleConfig::new());
        let memory = module.memories.add_local(false, false, 1, None, None);
        module.exports.add("memory", memory);
        module.tables.add_local(false, 3, Some(3), walrus::RefType::FUNCREF);
        let offset = ConstExpr::Value(Value::I32(64));
        let data = module.data.add(DataKind::Active { memory, offset }, b"said at first,said at last".to_vec());
        module.memories.get_mut(memory).data_segments.insert(data);
        let mut function = |name: &str, called: &[walrus::FunctionId], address: i32| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
            let argument = module.locals.add(ValType::I32);
            builder.name(name.to_owned());
            let mut body = builder.func_body();
            body.local_get(argument);
            for id in called {
                body.call(*id);
            }
            body.i32_const(address).drop();
            builder.finish(vec![argument], &mut module.funcs)
        };
        let both = function("both", &[], 0);
        let deep = function("deep", &[], 0);
        let soon = function("soon", &[deep, both], 78);
        let now = function("now", &[both, soon], 64);
        module.exports.add("now", now);
        module.emit_wasm()
    }

    fn names(module: &Module) -> Vec<&str> {
        let functions = module.funcs.iter_local().filter_map(|(id, _)| module.funcs.get(id).name.as_deref());
        let mut names: Vec<&str> = functions.collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn what_only_later_code_reaches_goes_along_and_the_rest_stays() {
        let halves = split(&module(), &["soon"], &[]).unwrap();
        let [first, second] =
            [&halves.first, &halves.second].map(|bytes| ModuleConfig::new().parse(bytes).expect("it is wasm"));
        assert_eq!(names(&first), ["both", "now", "soon"], "a stub of `soon` stays");
        assert_eq!(names(&second), ["deep", "soon"]);
        assert_eq!(first.tables.iter().next().map(|table| table.initial), Some(4), "one place more");
        let needed: Vec<&str> = second.imports.iter().map(|import| import.name.as_str()).collect();
        for import in second.imports.iter() {
            let export = first.exports.iter().find(|export| export.name == import.name);
            let is_alike = export.is_some_and(|export| {
                matches!(
                    (&import.kind, &export.item),
                    (ImportKind::Function(_), ExportItem::Function(_))
                        | (ImportKind::Table(_), ExportItem::Table(_))
                        | (ImportKind::Memory(_), ExportItem::Memory(_))
                )
            });
            assert!(import.module == super::FIRST && is_alike, "{import:?}");
        }
        assert_eq!(needed.len(), 2, "`both` and the table: {needed:?}");
    }

    #[test]
    fn what_is_shared_is_named_in_the_modules_order() {
        let mut module = Module::with_config(ModuleConfig::new());
        let memory = module.memories.add_local(false, false, 1, None, None);
        module.exports.add("memory", memory);
        module.tables.add_local(false, 1, Some(1), walrus::RefType::FUNCREF);
        let mut function = |name: String, called: &[walrus::FunctionId]| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            builder.name(name);
            let mut body = builder.func_body();
            for id in called {
                body.call(*id);
            }
            builder.finish(vec![], &mut module.funcs)
        };
        let shared: Vec<walrus::FunctionId> = (10..30).map(|number| function(format!("shared{number}"), &[])).collect();
        let soon = function("soon".into(), &shared);
        let now = function("now".into(), &[&shared[..], &[soon]].concat());
        module.exports.add("now", now);
        let first = split(&module.emit_wasm(), &["soon"], &[]).unwrap().first;
        let first = ModuleConfig::new().parse(&first).expect("it is wasm");
        let places = first.exports.iter().filter_map(|export| match export.item {
            ExportItem::Function(id) if export.name.starts_with('$') => Some(id.index()),
            _ => None,
        });
        let places: Vec<usize> = places.collect();
        assert!(places.len() == shared.len() && places.is_sorted(), "{places:?}");
    }

    #[test]
    fn without_later_code_everything_stays() {
        let halves = split(&module(), &[], &[]).unwrap();
        let first = ModuleConfig::new().parse(&halves.first).expect("it is wasm");
        assert_eq!(names(&first), ["both", "deep", "now", "soon"]);
    }

    #[test]
    fn a_text_goes_along_when_no_first_code_names_it() {
        let texts = ["said at first", "said at last", "never said"].map(|text| text.as_bytes().to_vec());
        let halves = split(&module(), &["soon"], &texts).unwrap();
        let texts = |bytes: &[u8]| {
            let module = ModuleConfig::new().parse(bytes).expect("it is wasm");
            let data = module.data.iter().map(|data| (super::start_of(data), data.value.clone()));
            data.collect::<Vec<_>>()
        };
        assert_eq!(texts(&halves.first), [(Some(64), b"said at first,\0\0\0\0\0\0\0\0\0\0\0\0".to_vec())]);
        assert_eq!(texts(&halves.second), [(Some(78), b"said at last".to_vec())]);
    }

    #[test]
    fn a_name_that_no_function_has_is_said() {
        assert!(split(&module(), &["soon", "gone"], &[]).is_err_and(|failure| failure.contains("`gone`")));
    }

    #[test]
    fn numbers_of_crates_are_left_out_of_names() {
        assert_eq!(readable("<vitrine[0123456789abcdef]::ar::Room>::update"), "<vitrine::ar::Room>::update");
        assert_eq!(readable("f::<[u8; 4]>"), "f::<[u8; 4]>");
    }
}
