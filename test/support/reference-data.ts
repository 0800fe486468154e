import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

const repository = resolve(import.meta.dirname, "../..");
const bundled = join(repository, "test/fixtures/reference-data");

/** Tables that other tests and the example use as well. */
const elsewhere: Readonly<Record<string, string>> = {
  "tables/penguins/penguins.csv": "test/fixtures/data/penguins.csv",
};

/**
 * The path of a reference table or of its numbers, or undefined when it is not on this machine. What is free lies in the
 * repository, some of it compressed with gzip. The rest is too large or has no clear license: it is looked for in
 * MODELSYNC_REFERENCE_DATA, else in ../shared/data.
 */
export function referenceData(path: string): string | undefined {
  const outside = process.env.MODELSYNC_REFERENCE_DATA ?? resolve(repository, "../shared/data");
  return [
    join(bundled, path),
    join(bundled, `${path}.gz`),
    ...(Object.hasOwn(elsewhere, path) ? [join(repository, elsewhere[path]!)] : []),
    ...(outside === "" ? [] : [join(outside, path)]),
  ].find((file) => existsSync(file));
}

/** The text of a file that `referenceData` found. */
export function readReferenceText(file: string): string {
  const bytes = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
