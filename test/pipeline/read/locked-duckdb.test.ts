import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqlText, withLockedDuckDb } from "../../../pipeline/read/locked-duckdb.ts";

let folder: string;
const inside = (name: string) => sqlText(join(folder, name));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
  await writeFile(join(folder, "data.csv"), "a\n1\n");
  await writeFile(join(folder, "secret.csv"), "a\n2\n");
  await symlink("secret.csv", join(folder, "link.csv"));
});

afterAll(() => rm(folder, { recursive: true }));

function run(sql: string): Promise<unknown> {
  return withLockedDuckDb(join(folder, "data.csv"), async (connection) =>
    (await connection.runAndReadAll(sql)).getRowsJson(),
  );
}

describe("withLockedDuckDb", () => {
  it("reads its file", async () => {
    expect(
      await run(`from read_csv(${inside("data.csv")}, columns={a: 'INTEGER'}, header=true, auto_detect=false)`),
    ).toEqual([[1]]);
  });

  it.each([
    ["another file", () => `from read_csv(${inside("secret.csv")})`],
    ["a link to another file", () => `from read_csv(${inside("link.csv")})`],
    ["a pattern", () => `from read_csv(${inside("*.csv")})`],
    ["the text of a file", () => `from read_text('/etc/passwd')`],
    ["the list of files", () => `from glob(${inside("*")})`],
    ["the network", () => "from read_csv('http://127.0.0.1:9/a.csv')"],
    ["an attached database", () => `attach ${inside("new.db")}`],
    ["writing a file", () => `copy (select 1) to ${inside("new.csv")}`],
    ["an extension", () => "install httpfs"],
    ["opening the door again", () => "set enable_external_access=true"],
    ["more allowed paths", () => "set allowed_paths=['/etc/passwd']"],
    ["more memory", () => "set memory_limit='4GB'"],
  ])("refuses %s", async (_, sql) => {
    await expect(run(sql())).rejects.toThrow(/permission|disabled|locked|cannot|not allowed/i);
    expect((await readdir(folder)).sort()).toEqual(["data.csv", "link.csv", "secret.csv"]);
  });
});
