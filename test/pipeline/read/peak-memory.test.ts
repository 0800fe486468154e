import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { withLockedDuckDb } from "../../../pipeline/read/locked-duckdb.ts";
import { temporaryFolder } from "../../../src/prepare/temporary-folder.ts";
import { startNode } from "../../support/start-node.ts";

/** Nearly as large as a file may be; what is slower to read is half as large. */
const size = 48_000_000;
const rows = "\n1,2\n3,4\n";
const around = (before: string, bytes: number, fill: string, after: string) =>
  Buffer.concat([Buffer.from(before), Buffer.alloc(bytes, fill), Buffer.from(after)]);

const files: [name: string, content: Buffer, answer: string][] = [
  ["line feeds", around("a,b", size, "\n", rows), "2 x 2"],
  ["compressed line feeds before the header", gzipSync(around("", size / 2, "\n", "a;b\n1;2\n3;4\n")), "2 x 2"],
  ["carriage returns", around("a,b", size / 2, "\r", rows), "2 x 2"],
  ["delimiters as names", around("", size / 2, ",", rows), "too-many-columns, ragged-rows"],
  ["quotes as a name", around("", size, '"', `,b${rows}`), "cell-too-large"],
  ["empty cells", around(`a${",".repeat(1_999)}\n`, size, `${",".repeat(1_999)}\n`, ""), "too-many-cells"],
  ["line feeds among JSON", around('{"a":1}', size / 2, "\n", '{"a":2}'), "2 x 1"],
  ["JSON whose last line has more keys", keysAtTheEnd(), "too-many-cells"],
];

it("takes memory in proportion to the limits, whatever a file is full of", async () => {
  await using folder = await temporaryFolder("modelsync-test-");
  const paths = files.map((_, at) => join(folder.path, `${at}`));
  for (const [at, [, content]] of files.entries()) await writeFile(paths[at]!, content);
  const parquet = join(folder.path, "parquet");
  await writeParquet(parquet, 2_000_000, 12);

  const script = fileURLToPath(new URL("../../fixtures/children/read-peak.ts", import.meta.url));
  const child = startNode(script, [...paths, parquet], { stdio: ["ignore", "pipe", "inherit"] });
  const [output] = await Promise.all([text(child.stdout!), once(child, "exit")]);
  const answers = output.trim().split("\n");
  const peak = Number(answers.pop());
  expect(answers).toEqual([...files.map(([, , answer]) => answer), "too-many-cells"]);
  expect(peak).toBeGreaterThan(100);
  expect(peak).toBeLessThan(500);
});

/** Fewer rows than a block of text has, each of which would get a cell per key. */
function keysAtTheEnd(): Buffer {
  const keys = Array.from({ length: 2_000 }, (_, at) => `"k${at}":1`);
  return Buffer.from(`${'{"k0":1}\n'.repeat(250_000)}{${keys.join(",")}}\n`);
}

/** A file of some kilobytes that holds a large table: the same number in every cell. */
function writeParquet(file: string, rows: number, columns: number): Promise<void> {
  const cells = Array.from({ length: columns }, (_, at) => `7 as c${at}`).join(", ");
  return withLockedDuckDb(file, async (connection) => {
    await connection.run(`copy (select ${cells} from range(${rows})) to '${file}' (format parquet)`);
  });
}
