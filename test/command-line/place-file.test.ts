import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { placeFile } from "../../src/command-line/place-file.ts";

let folder: string;
let source: string;
let target: string;
beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "modelsync-test-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  folder = join(root, "folder");
  mkdirSync(folder);
  source = join(root, "finished");
  target = join(folder, "out.csv");
  writeFileSync(source, "new");
});

describe("placeFile", () => {
  it("makes a file", async () => {
    expect(await placeFile(source, target)).toEqual([]);
    expect([readdirSync(folder), readFileSync(target, "utf8")]).toEqual([["out.csv"], "new"]);
  });

  it("replaces a file and keeps who may read it", async () => {
    writeFileSync(target, "a longer old one");
    chmodSync(target, 0o640);
    expect(await placeFile(source, target)).toEqual([]);
    expect([readdirSync(folder), readFileSync(target, "utf8"), statSync(target).mode & 0o777]).toEqual([
      ["out.csv"],
      "new",
      0o640,
    ]);
  });

  it("replaces what a link points to, not the link", async () => {
    const real = join(folder, "real.csv");
    writeFileSync(real, "old");
    symlinkSync("real.csv", target);
    expect(await placeFile(source, target)).toEqual([]);
    expect([readFileSync(real, "utf8"), lstatSync(target).isSymbolicLink()]).toEqual(["new", true]);
  });

  it("refuses a folder", async () => {
    expect(await placeFile(source, folder)).toEqual([
      {
        code: "output-is-a-folder",
        where: { path: folder },
        message: "This is a folder, not a file.",
        allowed: "a file, or a path where one can be made",
        remedy: "Name a file, for example in this folder.",
      },
    ]);
  });

  it.each([
    ["a folder that does not exist", "absent/out.csv", "absent", "ENOENT"],
    ["a folder that is a file", "finished/out.csv", "finished", "ENOTDIR"],
  ])("refuses %s", async (_, path, within, code) => {
    const root = join(folder, "..");
    expect(await placeFile(source, join(root, path))).toMatchObject([
      { code: "output-not-writable", where: { path: join(root, within) }, message: expect.stringContaining(code) },
    ]);
  });

  it("leaves the old content and nothing else when the copy fails", async () => {
    writeFileSync(target, "old");
    expect(await placeFile(join(folder, "gone"), target)).toMatchObject([{ code: "output-not-writable" }]);
    expect([readdirSync(folder), readFileSync(target, "utf8")]).toEqual([["out.csv"], "old"]);
  });
});
