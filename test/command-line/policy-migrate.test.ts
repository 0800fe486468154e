import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { modelsync } from "./run-command.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, ".github"));
  file = join(folder, ".github/modelsync.yml");
});

const migrate = (...args: string[]) => modelsync(folder, ["policy", "migrate", ...args]);
const content = () => readFileSync(file, "utf8");

const first = "# ours\nversion: 1 # for now\nmodels: []\nchecks:\n  linked-issue: { level: warn }\n";
const second = `# ours
version: 2 # for now
models: []
checks:
  linked-issue: { level: warn }
  acceptance-criteria: { level: warn }
  data-drift: { level: block }
  data-integrity: { level: warn }
  data-leakage: { level: warn, also_block: [target-copy] }
  data-schema: { level: block }
  holdout-reuse: { level: warn }
  issue-labels: { level: warn }
  metric-regression: { level: block }
  metric-threshold: { level: block }
  policy-change: { level: warn, also_block: [] }
  pr-checklist: { level: warn }
  slice-regression: { level: warn }
  unmeasured-change: { level: warn }
  yardstick-changed: { level: warn, also_block: [target, positive, smaller-holdout, views-disagree] }
`;
const table = `check                          was                                                is now                                             from
acceptance-criteria            warn                                               warn                                               default of version 2
* data-drift                   warn                                               block                                              default of version 2
data-integrity                 warn                                               warn                                               default of version 2
data-leakage                   warn                                               warn                                               default of version 2
* data-leakage, also_block     none                                               target-copy                                        default of version 2
data-schema                    block                                              block                                              default of version 2
holdout-reuse                  warn                                               warn                                               default of version 2
issue-labels                   warn                                               warn                                               default of version 2
linked-issue                   warn                                               warn                                               the file
metric-regression              block                                              block                                              default of version 2
metric-threshold               block                                              block                                              default of version 2
policy-change                  warn                                               warn                                               default of version 2
pr-checklist                   warn                                               warn                                               default of version 2
slice-regression               warn                                               warn                                               default of version 2
unmeasured-change              warn                                               warn                                               default of version 2
yardstick-changed              warn                                               warn                                               default of version 2
yardstick-changed, also_block  target, positive, smaller-holdout, views-disagree  target, positive, smaller-holdout, views-disagree  default of version 2
`;

it("rewrites the policy, shows what changes, and has nothing to do the second time", () => {
  writeFileSync(file, first);
  chmodSync(file, 0o640);
  expect(migrate()).toEqual({
    status: 0,
    stderr: "",
    stdout: `.github/modelsync.yml: version 1 is now version 2; 2 changes, marked *.\n\n${table}`,
  });
  expect([content(), statSync(file).mode & 0o777, readdirSync(join(folder, ".github"))]).toEqual([
    second,
    0o640,
    ["modelsync.yml"],
  ]);
  expect(migrate()).toEqual({
    status: 0,
    stderr: "",
    stdout: ".github/modelsync.yml is of version 2 already: nothing to do.\n",
  });
  expect(content()).toBe(second);
});

it("only shows what it would write when asked to", () => {
  writeFileSync(file, first);
  expect(migrate("--dry-run")).toEqual({
    status: 0,
    stderr: "",
    stdout: `.github/modelsync.yml: version 1 would become version 2; 2 changes, marked *.\n\n${table}\n${second}`,
  });
  const { stdout } = migrate("--dry-run", "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    format: "modelsync-policy-migration",
    version: 1,
    path: ".github/modelsync.yml",
    written: false,
    migration: { was: 1, now: 2, text: second },
  });
  expect(content()).toBe(first);
});

it("keeps every level when asked to, in a file that is named", () => {
  const other = join(folder, "other.yml");
  writeFileSync(other, first);
  const { status, stdout } = migrate("other.yml", "--keep-levels", "--format", "markdown");
  expect([status, stdout.split("\n").slice(0, 5)]).toEqual([
    0,
    [
      "other.yml: version 1 is now version 2; no level changes.",
      "",
      "| check | was | is now | from |",
      "|---|---|---|---|",
      "| acceptance-criteria | warn | warn | default of version 1 |",
    ],
  ]);
  expect(readFileSync(other, "utf8")).toContain("data-leakage: { level: warn, also_block: [] }");
});

it.each<[what: string, text: string | Buffer, says: RegExp[]]>([
  ["mistakes, all at once", "version: 1\nmodel: []\nchecks: { nothing: {} }\n", [/unknown-key/, /modelsync\.yml:3:/]],
  ["a version that does not exist", "version: 3\n", [/written: 3\n {2}allowed: 1, 2\n/]],
  ["what is not UTF-8", Buffer.from("version: 1 # caf\xe9\n", "latin1"), [/\[configuration\/policy-not-migrated\]/]],
])("refuses %s, and leaves the file as it is", (_, text, says) => {
  writeFileSync(file, text);
  const before = readFileSync(file);
  const { status, stdout, stderr } = migrate();
  expect([status, stdout]).toEqual([2, ""]);
  for (const part of says) expect(stderr).toMatch(part);
  expect(readFileSync(file)).toEqual(before);
});

it("says that there is no file", () => {
  const { status, stderr } = migrate();
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(/^\.github\/modelsync\.yml: .*ENOENT.*\[.*file-unreadable\]/),
  ]);
});
