import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTextFile } from "../../pipeline/read-text-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
  writeFileSync(join(folder, "text"), "häuser\n");
  mkdirSync(join(folder, "folder"));
  execFileSync("mkfifo", [join(folder, "pipe")]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("readTextFile", () => {
  it("reads a file", async () => {
    expect(await readTextFile("text", 8, join(folder, "text"))).toEqual({ ok: true, value: "häuser\n", notes: [] });
  });

  it.each([
    ["text", 7, "file-too-large", "The file has 8 bytes; at most 7 are read."],
    ["folder", 8, "file-unreadable", "This is not an ordinary file."],
    // nobody writes to it, so that an answer must not wait for it
    ["pipe", 8, "file-unreadable", "This is not an ordinary file."],
    ["nothing", 8, "file-unreadable", "The file could not be read: ENOENT."],
  ])("says why it does not read %s", async (name, most, code, message) => {
    const read = await readTextFile(name, most, join(folder, name));
    expect(read).toMatchObject({ ok: false, problems: [{ code, where: { path: name }, message }] });
  });
});
