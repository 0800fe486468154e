import { describe, expect, it } from "vitest";
import { readLines } from "../../src/ledger/read-lines.ts";

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<(string | null)[]> {
  const lines: (string | null)[] = [];
  for await (const line of readLines(chunks.map((chunk) => Buffer.from(chunk)))) lines.push(line);
  return lines;
}

const most = 16 * 1024 * 1024;

describe("lines of a file", () => {
  it.each([
    ["end with a line feed", ["a\nb\n"], ["a", "b"]],
    ["may lack the last one", ["a\nb"], ["a", "b"]],
    ["may be empty", ["\n\na\n"], ["", "", "a"]],
    ["are none in an empty file", [], []],
    ["go over chunks, and through a character", ["a", Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a])], ["aé"]],
    ["keep a carriage return and a byte order mark", ["\ufeffa\r\n"], ["\ufeffa\r"]],
    ["are null when they are no UTF-8", [Buffer.from([0x61, 0xff, 0x0a]), "b\n"], [null, "b"]],
    ["may have 16 MiB", [Buffer.alloc(most, "a"), "\nb"], [expect.stringMatching(/^a+$/), "b"]],
    ["are null when they have more", [Buffer.alloc(most, "a"), "a\nb"], [null, "b"]],
  ])("%s", async (_, chunks, lines) => {
    expect(await linesOf(...chunks)).toEqual(lines);
  });
});
