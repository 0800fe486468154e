import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modelReviewer } from "../../src/jobs/model-reviewer.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { copied, longer, spamFiles } from "../support/spam.ts";

const path = ".github/modelsync.yml";

/** A policy in which no level is written. */
const bare = (version: number) => `version: ${version}
models:
  - { id: spam, experiment: models/spam.yml, metrics: { roc_auc: { tolerance: 0.02 } } }
`;

const passes = "✓ ModelSync: this change passes, with";
const still = "✓ ModelSync: nothing measured changed, with";
const fails = "✗ ModelSync: 1 check needs attention:";

/** What a pull request does, whether it is linked to an issue (which has no labels), and how its comment begins. */
const cases: [what: string, files: Record<string, string>, linked: boolean, begins: Record<1 | 2, string>][] = [
  [
    "nothing wrong",
    { "notes.md": "a" },
    true,
    { 1: `${still} 1 warning: issue labels`, 2: `${still} 1 warning: issue labels` },
  ],
  [
    "no linked issue",
    { "notes.md": "b" },
    false,
    { 1: `${still} 1 warning: linked issue`, 2: `${fails} linked issue` },
  ],
  ["drift", longer(60), true, { 1: `${passes} 2 warnings: data drift, issue labels`, 2: `${fails} data drift` }],
  [
    "a copy of the target",
    copied(),
    true,
    {
      1: "✓ ModelSync: this change improves `spam`, with 2 warnings: data leakage, issue labels",
      2: `${fails} data leakage`,
    },
  ],
];

describe.each([1, 2] as const)("by a policy of version %i that says no level", (version) => {
  let local: LocalApp;
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "modelsync-"));
    const reviewModels = modelReviewer(join(directory, "runs"), { seconds: 120, megabytes: 1024 });
    local = await startLocalApp({ policy: bare(version), reviewModels });
    await local.commit("main", spamFiles);
    await local.settle();
  });
  afterAll(async () => {
    expect(local.github.violations).toEqual([]);
    await local[Symbol.asyncDispose]();
    await rm(directory, { recursive: true });
  });

  async function verdictOn(branch: string, files: Record<string, string>, linked: boolean) {
    const sha = await local.commit(branch, files);
    const number = await local.open(branch, { body: linked ? `Closes #${await local.issue()}` : "" });
    await local.settle();
    const [run] = await local.checkRuns(sha);
    const [comment] = await local.comments(number);
    const [visible = "", folded = ""] = (comment?.body ?? "").split("<details>");
    return { conclusion: run?.conclusion, visible, folded };
  }

  it.each(cases)("%s", { timeout: 240_000 }, async (what, files, linked, begins) => {
    const { conclusion, visible, folded } = await verdictOn(what.replaceAll(" ", "-"), files, linked);
    const begin = begins[version];
    expect([conclusion, visible.split("\n")[0]]).toEqual([
      begin.startsWith("✓") ? "success" : "failure",
      `### ${begin}`,
    ]);
    const told = folded.split("\n").find((line) => line.startsWith("Not said by the policy"));
    expect(told).toContain(`as version ${version} has it: block for`);
    expect([visible, folded].map((part) => part.includes("modelsync policy migrate"))).toEqual([false, version === 1]);
  });

  it("tells level by level what a policy of the other version changes", async () => {
    const { visible } = await verdictOn("other", { [path]: bare(3 - version) }, true);
    const [from, to, how] = version === 1 ? ["warn", "block", "stricter"] : ["block", "warn", "looser"];
    const kinds = version === 1 ? "none → target-copy" : "target-copy → none";
    expect(visible.split("\n").filter((line) => line.startsWith("- version") || line.includes(`(${how})`))).toEqual([
      `- version of the policy: ${version} → ${3 - version}`,
      `- level of data-drift: ${from} → ${to} (${how})`,
      `- what of data-leakage blocks also where it warns: ${kinds} (${how})`,
      `- level of linked-issue: ${from} → ${to} (${how})`,
    ]);
  });
});
