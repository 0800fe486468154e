import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { type Outcome, type Problem, type ProblemCode, refused } from "../problem.ts";
import { formatCount } from "../words.ts";

/** A YAML file as plain data, with the places its parts were written at. */
export interface YamlFile {
  /** Repository path, for messages. */
  path: string;
  /** Plain objects, arrays, strings, numbers, booleans and null. An empty file is null. */
  value: unknown;
  /** One-based position of the key (or the list item) at a key path; undefined when nothing is written there. */
  locate(keyPath: readonly PropertyKey[]): { line: number; column: number } | undefined;
  /** The scalar at a key path exactly as it was typed, for example `1.0` where `value` has the number 1. */
  written(keyPath: readonly PropertyKey[]): string | undefined;
}

/** Nesting deeper than this is refused; policies and experiments need four levels. */
const maxDepth = 32;
/** A broken file can make the parser report an error per line; ten are enough to repair it. */
const maxErrors = 10;

/**
 * Reads one YAML 1.2 document from an untrusted file.
 *
 * Refused, each as a problem with line and column: more than `maxBytes` bytes, several documents, duplicate keys,
 * aliases (a few bytes can expand to gigabytes), merge keys, custom tags, keys that are not plain text, deep nesting.
 *
 * @param text the file's content
 * @param path repository path, used in the problems
 * @param maxBytes size limit in UTF-8 bytes
 */
export function readYaml(text: string, path: string, maxBytes = 65_536): Outcome<YamlFile> {
  const size = Buffer.byteLength(text, "utf8");
  if (size > maxBytes) return refused(tooLarge(path, size, maxBytes));
  const lines = new LineCounter();
  const problems: Problem[] = [];
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { path, line, column: col };
  };

  let root: Node | null;
  try {
    const document = parseDocument(text.replace(/^\uFEFF/, ""), {
      lineCounter: lines,
      prettyErrors: false,
      merge: false,
      schema: "core",
      logLevel: "error",
    });
    for (const error of document.errors.slice(0, maxErrors)) problems.push(notYaml(at(error.pos[0]), error.message));
    root = document.contents as Node | null;
  } catch (error) {
    // Nesting of tens of thousands of levels overflows the parser's stack; everything else is reported above.
    return refused(notYaml({ path, line: 1, column: 1 }, error instanceof RangeError ? "too deeply nested" : ""));
  }
  if (problems.length > 0) return refused(...problems);

  const places = new Map<string, { offset: number; source: string | undefined }>();
  const value = convert(root, [], root?.range?.[0] ?? 0);
  if (problems.length > 0) return refused(...problems.slice(0, maxErrors));
  return {
    ok: true,
    notes: [],
    value: {
      path,
      value,
      locate(keyPath) {
        const place = places.get(pathKey(keyPath));
        if (place === undefined) return undefined;
        const { line, column } = at(place.offset);
        return { line, column };
      },
      written: (keyPath) => places.get(pathKey(keyPath))?.source,
    },
  };

  function convert(node: Node | null, keyPath: PropertyKey[], offset: number): unknown {
    places.set(pathKey(keyPath), { offset, source: isScalar(node) ? (node.source ?? undefined) : undefined });
    const refuse = (code: ProblemCode, message: string, remedy: string, from: Node | null = node) => {
      problems.push({ code, where: { ...at(from?.range?.[0] ?? offset), key: keyPath.join(".") }, message, remedy });
      return null;
    };
    if (node === null) return null;
    if (isAlias(node)) {
      return refuse("yaml-alias", `The alias *${node.source} is not allowed.`, "Write the value out in full.");
    }
    if (node.tag !== undefined && !coreTags.has(node.tag)) {
      return refuse("yaml-tag", `The tag ${node.tag} is not allowed.`, "Remove the tag.");
    }
    if (keyPath.length > maxDepth) {
      return refuse("yaml-depth", `Nesting is deeper than ${maxDepth} levels.`, "Flatten the file.");
    }
    if (isScalar(node)) return node.value;
    if (isSeq(node)) {
      return node.items.map((item, index) =>
        convert(item as Node | null, [...keyPath, index], (item as Node | null)?.range?.[0] ?? offset),
      );
    }
    if (!isMap(node)) return null;
    const object: Record<string, unknown> = {};
    for (const pair of node.items) {
      const key = pair.key as Node | null;
      const name = isScalar(key) ? (key.source ?? String(key.value)) : undefined;
      if (name === "<<") {
        refuse("yaml-merge-key", "The merge key << is not allowed.", "Write the keys out in full.", key);
      } else if (name === "__proto__") {
        refuse("yaml-key", "The key __proto__ is not allowed.", "Choose another name.", key);
      } else if (name === undefined || name === "") {
        refuse("yaml-key", "A key must be plain text.", "Write the key as a word, in quotes if need be.", key);
      } else {
        object[name] = convert(pair.value as Node | null, [...keyPath, name], key?.range?.[0] ?? offset);
      }
    }
    return object;
  }
}

const coreTags = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((tag) => `tag:yaml.org,2002:${tag}`),
);

function pathKey(keyPath: readonly PropertyKey[]): string {
  return JSON.stringify(keyPath.map(String));
}

function notYaml(where: Problem["where"], detail: string): Problem {
  const reason = detail.split("\n", 1)[0]?.replace(/;.*$/, "").replace(/\.$/, "");
  return {
    code: "not-yaml",
    where,
    message: reason ? `This is not valid YAML: ${reason}.` : "This is not valid YAML.",
    remedy: detail.includes("reserved character")
      ? "Put quotes around the value."
      : "Correct the file at this place; an editor with YAML support marks it.",
  };
}

function tooLarge(path: string, size: number, maxBytes: number): Problem {
  return {
    code: "file-too-large",
    where: { path },
    message: `The file has ${formatCount(size)} bytes.`,
    written: `${formatCount(size)} bytes`,
    allowed: `at most ${formatCount(maxBytes)} bytes`,
    remedy: "Remove what does not belong in this file.",
  };
}
