import type { Route } from "./route.ts";

interface Compiled {
  readonly route: Route;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly weight: number;
}

/** Parameters that may hold slashes. */
const deep = new Set(["path", "ref", "basehead", "branch", "name"]);

function compile(route: Route): Compiled {
  const [method = "", path = ""] = route.operation.split(" ");
  const names: string[] = [];
  const source = path.replaceAll(/\{(\w+)\}|[.+]/g, (found, name: string | undefined) => {
    if (!name) return `\\${found}`;
    names.push(name);
    if (name === "path") return "(.*)";
    return deep.has(name) ? "(.+)" : "([^/]+)";
  });
  const literals = path.split("/").filter((part) => !part.startsWith("{"));
  return { route, method, pattern: new RegExp(`^${source}/?$`), names, weight: literals.length };
}

/** Finds the operation that a method and path name; the one with more fixed words wins. */
export class Router {
  readonly #routes: readonly Compiled[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes.map(compile).sort((a, b) => b.weight - a.weight);
  }

  match(method: string, path: string): { route: Route; params: Record<string, string> } | undefined {
    for (const candidate of this.#routes) {
      if (candidate.method !== method) continue;
      const found = candidate.pattern.exec(path);
      if (!found) continue;
      const values = found.slice(1).map(decode);
      if (values.includes(undefined)) continue;
      const params = Object.fromEntries(candidate.names.map((name, at) => [name, values[at] ?? ""]));
      return { route: candidate.route, params };
    }
    return undefined;
  }
}

/** A part of a path, decoded; undefined when it is not well-formed. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
