// Writes custom-elements.json, the element's description for editors, from the attribute table, the class and the events.
//
// node dev/elements.mjs TABLE.mjs ATTRIBUTES.ts EVENTS.ts ELEMENT.ts OTHER.ts ...: the bundled attribute table and its source,
// the events, the element's class, and the sources of what it inherits; JSON on stdout.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [table, tableSource, events, element, ...inherited] = process.argv.slice(2);
const { attributes, propertyName } = await import(pathToFileURL(table));
const source = readFileSync(element, "utf8");
const eventSource = readFileSync(events, "utf8");

/** A comment right before something, as one line; `at` is where that something starts. */
const COMMENT = String.raw`\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n`;
const words = (comment) => comment.replace(/^\s*\* ?/gm, "").trim().replace(/\s+/g, " ");

const classStart = source.indexOf("export class ");
const name = source.slice(classStart).match(/^export class (\w+)/);
const classComment = source.slice(0, classStart).match(new RegExp(`${COMMENT}$`))[1].replace(/^\s*\* ?/gm, "").trim();
const bodies = [source.slice(classStart), ...inherited.map((path) => readFileSync(path, "utf8"))];

/** What the class's comment says behind `@tag`, by name. */
function tagged(tag) {
  const found = [...classComment.matchAll(new RegExp(`^@${tag} (?:(\\S+) )?- (.*)$`, "gm"))];
  return found.map(([, name = "", description]) => ({ name, description }));
}

/** Whatever has a comment and is not private: methods, getters, static fields. */
function members() {
  const pattern = new RegExp(`^  ${COMMENT}  (static )?(?:override |readonly )?(async )?(get )?(\\w+)(\\(.*\\))?(?:: (.+?))?(?: \\{| = .*;|;)$`, "gm");
  return bodies.flatMap((body) => [...body.matchAll(pattern)]).map(([, comment, isStatic, , isGetter, member, parameters, type]) => ({
    kind: parameters && !isGetter ? "method" : "field", name: member, description: words(comment),
    ...(isStatic ? { static: true } : {}), ...(isGetter ? { readonly: true } : {}),
    ...(parameters && !isGetter ? { parameters: parametersOf(parameters), return: { type: { text: type ?? "void" } } } : type ? { type: { text: type } } : {}),
  }));
}

/** `(x: number, type = "")`: no type of ours has a comma outside of brackets. */
function parametersOf(list) {
  const parts = list.slice(1, -1).split(/,\s*(?![^<({[]*[>)}\]])/).filter((part) => part !== "");
  return parts.map((part) => {
    const [, parameter, mark, type, fallback] = part.match(/^(\w+)(\?)?(?:: ([^=]+?))?(?: = (.+))?$/);
    return { name: parameter, ...(type ? { type: { text: type } } : {}), ...(mark || fallback ? { optional: true } : {}), ...(fallback ? { default: fallback } : {}) };
  });
}

const rows = [...readFileSync(tableSource, "utf8").matchAll(new RegExp(`^  ${COMMENT}  \\w+\\(\\{ name: "([\\w-]+)"`, "gm"))];
const meanings = new Map(rows.map(([, comment, attribute]) => [attribute, words(comment)]));
const typeOf = (row) => row.choices ? row.choices.map((choice) => JSON.stringify(choice)).join(" | ") : typeof row.default;
const properties = attributes.map((row) => ({
  kind: "field", name: propertyName(row.name), attribute: row.name, reflects: true, description: meanings.get(row.name),
  type: { text: typeOf(row) }, default: JSON.stringify(row.default),
}));
const eventRows = [...eventSource.matchAll(new RegExp(`^  ${COMMENT}  "([\\w-]+)": (CustomEvent<.*>);$`, "gm"))];

const manifest = {
  schemaVersion: "1.0.0",
  readme: "README.md",
  modules: [{
    kind: "javascript-module", path: "vitrine-view.js",
    declarations: [{
      kind: "class", customElement: true, tagName: "vitrine-view", name: name[1], superclass: { name: "HTMLElement" },
      description: classComment.split("\n")[0],
      attributes: attributes.map((row) => ({ name: row.name, fieldName: propertyName(row.name), description: meanings.get(row.name), type: { text: typeOf(row) }, default: JSON.stringify(row.default) })),
      members: [...properties, ...members()],
      events: eventRows.map(([, comment, event, type]) => ({ name: event, description: words(comment), type: { text: type } })),
      slots: tagged("slot"), cssParts: tagged("csspart"), cssProperties: tagged("cssprop"),
    }],
    exports: [
      { kind: "js", name: name[1], declaration: { name: name[1], module: "vitrine-view.js" } },
      { kind: "custom-element-definition", name: "vitrine-view", declaration: { name: name[1], module: "vitrine-view.js" } },
    ],
  }],
};
console.log(JSON.stringify(manifest, null, 2));
