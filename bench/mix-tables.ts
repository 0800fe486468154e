import { readFileSync, writeFileSync } from "node:fs";

/** Writes a CSV with the rows of `one`, every `every`-th of them replaced by that of `other`: data that changed in part. */
export function mixTables(path: string, one: string, other: string, every: number): void {
  const [kept, fresh] = [one, other].map((file) => readFileSync(file, "utf8").split("\n")) as [string[], string[]];
  writeFileSync(path, kept.map((line, at) => (at > 0 && at % every === 0 ? (fresh[at] ?? line) : line)).join("\n"));
}
