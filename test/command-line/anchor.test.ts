import { afterAll, beforeAll, expect, it } from "vitest";
import { erodedExperiment, erodingCsv } from "../support/eroding.ts";
import { GitRepository } from "../support/git-repository.ts";
import { modelsync } from "./run-command.ts";

const policy = (anchor: string) => `version: 2
models:
  - id: churn
    experiment: churn.yml
${anchor}    metrics: { roc_auc: { tolerance: 0.005 } }
checks:
  linked-issue: { level: "off" }
`;
const policyPath = ".github/modelsync.yml";

let git: GitRepository;
beforeAll(() => {
  git = new GitRepository();
  git.commit({ [policyPath]: policy(""), "churn.yml": erodedExperiment(0), "data/churn.csv": erodingCsv() });
  git.git("tag", "v1");
  for (const lost of [1, 2, 3, 4]) {
    git.branch(`lost-${lost}`);
    git.commit({ "churn.yml": erodedExperiment(lost) });
    git.checkout("main");
    git.git("merge", "--quiet", "--no-ff", "--message", `Merge ${lost}`, `lost-${lost}`);
    git.commit({ "README.md": `${lost}` });
  }
  const proposed: Record<string, string> = {
    fifth: erodedExperiment(5),
    repaired: erodedExperiment(["b", "c", "d"]),
    recovered: erodedExperiment(0),
  };
  for (const [name, experiment] of Object.entries(proposed)) {
    git.branch(name, "main");
    git.commit({ "churn.yml": experiment });
  }
  const anchored = { "at-v1": "v1", "at-nothing": "v9", "before-the-model": "empty" };
  for (const [name, anchor] of Object.entries(anchored)) {
    git.branch(name, "main");
    git.commit({ [policyPath]: policy(`    anchor: ${anchor}\n`) });
  }
  git.git("checkout", "--quiet", "--orphan", "empty");
  git.git("rm", "-r", "--quiet", "--force", ".");
  git.commit({ "README.md": "" });
});
afterAll(() => git[Symbol.dispose]());

/** The lines of a review that speak of the verdict, of ROC AUC and of the anchor. */
function review(base: string, head: string): [status: number | null, ...lines: string[]] {
  const { status, stdout, stderr } = modelsync(git.folder, ["review", "--base", base, "--head", head]);
  const lines = `${stdout}${stderr}`.split("\n").map((line) => line.replace(/[0-9a-f]{7}\b/, "COMMIT").trim());
  return [status, ...lines.filter((line) => /ModelSync:|ROC AUC .*→|anchor/.test(line))];
}

it("five losses within the tolerance are together beyond it since the anchor", () => {
  expect(review("at-v1", "fifth")).toMatchInlineSnapshot(`
    [
      1,
      "✗ ModelSync: this change takes churn further below its anchor",
      "Below its anchor, since v1 (COMMIT): ROC AUC 0.9625 → 0.9422 (−0.0203, tolerance 0.005).",
      "✗ metric-regression  1 metric below its anchor",
      "ROC AUC of churn is below its anchor, and this change takes it further down",
      "Win back what was lost since then, or move models.churn.anchor in the policy first.",
    ]
  `);
});

it("without an anchor their sum is told", () => {
  expect(review("main", "fifth")).toMatchInlineSnapshot(`
    [
      0,
      "✓ ModelSync: this change passes, with 1 gated metric worse within its tolerance, and 1 warning: data integrity",
      "With the 4 changes before this one, since COMMIT: ROC AUC 0.9625 → 0.9422 (−0.0203, tolerance 0.005).",
    ]
  `);
});

it("a change that improves passes, although the sum is still beyond the tolerance", () => {
  expect(review("at-v1", "repaired")).toMatchInlineSnapshot(`
    [
      0,
      "✓ ModelSync: this change improves churn",
      "Below its anchor, since v1 (COMMIT): ROC AUC 0.9625 → 0.9500 (−0.0125, tolerance 0.005).",
    ]
  `);
});

it("a change that wins back everything has nothing to tell", () => {
  expect(review("at-v1", "recovered")).toMatchInlineSnapshot(`
    [
      0,
      "✓ ModelSync: this change improves churn",
    ]
  `);
});

it.each<[base: string, why: string, remedy: string]>([
  ["at-nothing", "v9: The repository has no such tag, branch or commit.", "Correct models.churn.anchor in the policy."],
  [
    "before-the-model",
    "empty: The anchor does not have churn.yml.",
    "Name a later revision at models.churn.anchor in the policy.",
  ],
])("an anchor that can't be compared with is not green: %s", (base, why, remedy) => {
  expect(review(base, "fifth")).toEqual([
    2,
    "✗ ModelSync: churn could not be compared with its anchor",
    "✗ metric-regression  metrics could not be compared with the anchor",
    `churn can't be compared with its anchor ${why}`,
    remedy,
  ]);
});

it("a mistake in an anchor is told where it is made", () => {
  const { status, stderr } = modelsync(git.folder, ["validate", "--revision", "at-nothing"]);
  expect([status, stderr]).toMatchInlineSnapshot(`
    [
      2,
      ".github/modelsync.yml (models.churn.anchor): The repository has no such tag, branch or commit. [configuration/anchor-unknown]
      written: v9
      allowed: a tag, a branch or a commit of this repository
      Correct models.churn.anchor in the policy.
    ",
    ]
  `);
  expect(review("main", "at-nothing")).toMatchInlineSnapshot(`
    [
      1,
      "✗ ModelSync: this change makes the policy invalid",
      ".github/modelsync.yml (models.churn.anchor): The repository has no such tag, branch or commit. [configuration/anchor-unknown]",
      "Correct models.churn.anchor in the policy.",
    ]
  `);
});
