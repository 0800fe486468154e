import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

/** A stranger reads only CONTRIBUTING.md and adds the metric Cohen's kappa to a copy of this repository. */

const root = join(import.meta.dirname, "../..");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "modelsync-metric-")));
const node = (...options: string[]) => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^VITEST|^NODE_OPTIONS$/.test(name)));
  const { stdout, stderr } = spawnSync(process.execPath, options, { cwd: folder, env, encoding: "utf8" });
  return { stdout, stderr };
};
const vitest = () => {
  const report = join(folder, "report.json");
  const { stderr } = node("node_modules/vitest/vitest.mjs", "run", "--reporter=json", `--outputFile=${report}`);
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
  };
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = all.filter(({ status }) => status !== "passed");
  return {
    stderr,
    passed: all.length - failed.length,
    failed: failed.map((one) => [one.fullName, one.failureMessages[0]]),
  };
};

const copied = [
  ...["pipeline", "src", "templates", "docs", "scripts", "package.json", "vitest.config.ts"],
  ...[
    "test/support",
    "test/fixtures/metrics",
    "test/pipeline/metrics",
    "test/policy/generated-docs.test.ts",
    "test/criteria/metric-names.test.ts",
  ],
  ...["test/pipeline/compare/label-cells.test.ts", "test/pipeline/compare/loss-difference.test.ts"],
];
for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true });
for (const path of ["pipeline/metrics/measures/cohen-kappa.ts", "test/fixtures/metrics/cohen-kappa.json"])
  rmSync(join(folder, path), { force: true });
for (const path of ["node_modules", ".github"]) symlinkSync(join(root, path), join(folder, path));
// it measures the models of a reference data set, which a metric changes nothing about
rmSync(join(folder, "test/pipeline/metrics/reference-predictions.test.ts"));

/** The files of the recipe, by path: a line that is a path in backticks, then a block of code. */
const recipe = readFileSync(join(root, "CONTRIBUTING.md"), "utf8")
  .split("\n## ")
  .find((part) => /^Recipe: a new metric/.test(part))!;
const written = new Map(
  [...recipe.matchAll(/^ *`(\S+)`\n\n *```\w+\n([\s\S]*?)```/gm)].map(([, path, code]) => [
    path!,
    code!.replace(/^ {3}/gm, ""),
  ]),
);
const add = (path: string) => writeFileSync(join(folder, path), written.get(path)!);
const [metric, fixture] = [
  "pipeline/metrics/measures/cohen-kappa.ts",
  "test/fixtures/metrics/cohen-kappa.json",
] as const;

const probe = `
  const { measureMetrics } = await import("./pipeline/compare/measure-metric.ts");
  const { metrics } = await import("./pipeline/metrics/registry.ts");
  const { createRandom } = await import("./pipeline/stats/random.ts");
  const { parseCriterion } = await import("./src/criteria/parse-criterion.ts");
  const random = createRandom("kappa");
  const none = new Int32Array(0);
  /** Balanced classes; base and head are wrong in 9 and in 1 of 10 rows, so kappa is −0.8 and 0.8. */
  const draw = (rows) => {
    const actual = Int32Array.from({ length: rows }, (_, row) => row % 2);
    const side = (wrong) => ({ task: "binary", actual, predicted: actual.map((label) => (random.uniform() < wrong ? 1 - label : label)), probabilities: new Float64Array(0), classes: 2, positive: 1 });
    return { rows, base: side(0.9), head: side(0.1), baseRows: none, headRows: none };
  };
  let [covered, beyondOne, samples] = [0, 0, 400];
  for (let seed = 0; seed < samples; seed++) {
    const [{ interval }] = measureMetrics(draw(100), [metrics.get("cohen_kappa")], { level: 0.95, resamples: 400, seed });
    if (interval.low <= 1.6 && 1.6 <= interval.high) covered++;
    if (interval.low > 1 && interval.high <= 2) beyondOne++;
  }
  const order = [...metrics.keys()];
  console.log(JSON.stringify({
    after: order[order.indexOf("cohen_kappa") - 1],
    covered: covered / samples,
    beyondOne: beyondOne / samples,
    criteria: ["kappa >= 0.6", "Cohen's kappa not worse", "kappa >= 60"].map(parseCriterion),
  }));
`;

afterAll(() => rmSync(folder, { recursive: true }));

describe("a stranger adds Cohen's kappa as CONTRIBUTING.md says", { timeout: 300_000 }, () => {
  it("with two files", () => {
    expect([...written.keys()]).toEqual([metric, fixture]);
  });

  it("and is told what is missing after the first one", () => {
    add(metric);
    node("scripts/generate-docs.ts");
    expect(vitest().failed).toEqual([
      [
        "cohen_kappa has the reference values of its fixture, for every task",
        expect.stringContaining(`Add ${fixture}: {`),
      ],
    ]);
  });

  it("and has a metric that fulfils the contract", () => {
    add(fixture);
    expect(vitest()).toMatchObject({ failed: [], passed: expect.toSatisfy((count: number) => count > 300) });
    expect(readFileSync(join(folder, "docs/models.md"), "utf8")).toContain("| −1 to 1 | paired bootstrap | kappa |");
  });

  it("and it is compared over its whole range, also in a child without rights, and asked for in criteria", () => {
    const reads = [folder, realpathSync(join(root, "node_modules"))].map((path) => `--allow-fs-read=${path}`);
    const { stdout, stderr } = node("--permission", ...reads, "--input-type=module", "--eval", probe);
    expect(stderr).toBe("");
    const criterion = (demand: object) => ({
      kind: "measurable",
      criterion: { kind: "metric", model: null, metric: "cohen_kappa", slice: null, demand },
    });
    const answer = JSON.parse(stdout);
    expect(answer).toEqual({
      after: "matthews_corrcoef",
      // 95 %, and three standard errors of a coverage in 400 samples on either side
      covered: expect.toSatisfy((share: number) => share > 0.917 && share < 0.983),
      beyondOne: 1,
      criteria: [
        criterion({ kind: "limit", operator: ">=", limit: 0.6 }),
        criterion({ kind: "not-worse" }),
        expect.objectContaining({ kind: "almost", reason: "cohen_kappa is never over 1. For percent, write %." }),
      ],
    });
  });
});
