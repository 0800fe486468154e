import { isCollection, isPair, isScalar, type Node, type Pair, type YAMLMap } from "yaml";

/** A key to append. The value is YAML of one line, or keys of its own. */
export interface NewKey {
  key: string;
  value: string | NewKey[];
}

/** A replacement in a text: what stands from `from` up to `to` becomes `text`. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** How keys are appended to a mapping, in the style in which it is written; all that stands there stays, byte by byte. */
export function appendKeys(text: string, map: YAMLMap, keys: readonly NewKey[]): Edit {
  return map.flow === true ? appendInside(text, map, keys) : appendLines(text, map, keys);
}

/** Edits applied; of two at one place the earlier one of the list comes first in the text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => b.from - a.from || b.order - a.order)
    .reduce((edited, { from, to, text: part }) => edited.slice(0, from) + part + edited.slice(to), text);
}

/** The entry of a mapping by the name of its key. */
export function findPair(map: YAMLMap, name: string): Pair<Node, Node | null> | undefined {
  const pairs = map.items as Pair<Node, Node | null>[];
  return pairs.find(({ key }) => isScalar(key) && (key.source ?? String(key.value)) === name);
}

function appendLines(text: string, map: YAMLMap, keys: readonly NewKey[]): Edit {
  const first = startOf((map.items[0] as Pair<Node>).key);
  const indent = /^ */.exec(text.slice(text.lastIndexOf("\n", first - 1) + 1))![0];
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const end = endOf(map);
  const lineEnd = text.indexOf("\n", end);
  const at = text[end - 1] === "\n" ? end : lineEnd === -1 ? text.length : lineEnd + 1;
  const lines = blockLines(keys, indent);
  return { from: at, to: at, text: lines.map((line) => (text[at - 1] === "\n" ? line + eol : eol + line)).join("") };
}

function appendInside(text: string, map: YAMLMap, keys: readonly NewKey[]): Edit {
  const last = map.items.at(-1);
  if (last !== undefined) {
    const at = endOf(last as Pair<Node, Node | null>);
    return { from: at, to: at, text: `, ${inline(keys)}` };
  }
  const open = text.indexOf("{", startOf(map)) + 1;
  const close = map.range![1] - 1;
  const to = text.slice(open, close).trim() === "" ? close : open;
  return { from: open, to, text: ` ${inline(keys)} ` };
}

function blockLines(keys: readonly NewKey[], indent: string): string[] {
  return keys.flatMap(({ key, value }) =>
    typeof value === "string"
      ? [`${indent}${key}: ${value}`]
      : [`${indent}${key}:`, ...blockLines(value, `${indent}  `)],
  );
}

function inline(keys: readonly NewKey[]): string {
  return keys
    .map(({ key, value }) => `${key}: ${typeof value === "string" ? value : `{ ${inline(value)} }`}`)
    .join(", ");
}

function startOf(node: Node): number {
  return node.range![0];
}

/** Where the last thing in it ends; that of a block collection itself may lie behind the comments after it. */
function endOf(node: Node | Pair<Node, Node | null>): number {
  if (isPair(node)) return endOf(node.value ?? node.key);
  if (!isCollection(node) || node.flow === true || node.items.length === 0) return node.range![1];
  return endOf(node.items.at(-1) as Node);
}
