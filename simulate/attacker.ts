import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRunCache } from "../pipeline/child/run-cache.ts";
import type { Experiment, SplitOptions } from "../pipeline/experiment/experiment.ts";
import { createRandom, type Random } from "../pipeline/stats/random.ts";
import { drawRows } from "./attacks/data-set.ts";
import { attacks, type Edit, honestEdits, type Knowledge, type Proposal } from "./attacks/edits.ts";
import { type Judged, judgeChange } from "./attacks/gate.ts";
import type { SimulationResult } from "./simulation-result.ts";

const rows = 1200;
const steps = Number(process.env.STEPS ?? 2000);
const honestTrials = Number(process.env.TRIALS ?? 400);
/** Of honest changes at most this share may be blocked. */
const mostBlocked = 0.05;
/** So many edits in a row that lead nowhere, and the attacker begins again. */
const patience = 12;

const settings: { name: string; key: string | null; split: SplitOptions; model: Experiment["model"] }[] = [
  { name: "rows by content", key: null, split: { holdout: 0.25, seed: 42 }, model: { type: "logistic-regression" } },
  { name: "rows by key", key: "id", split: { holdout: 0.25, seed: 42 }, model: { type: "logistic-regression" } },
  {
    name: "by time",
    key: "id",
    split: { by: "time", column: "day", holdout: 0.25, seed: 42 },
    model: { type: "logistic-regression" },
  },
  {
    name: "by group",
    key: null,
    split: { by: "group", column: "group", holdout: 0.25, seed: 42 },
    model: { type: "logistic-regression" },
  },
  {
    name: "boosted trees",
    key: "id",
    split: { holdout: 0.25, seed: 42 },
    model: { type: "gradient-boosting", max_iterations: 30 },
  },
];

/**
 * Somebody who searches for edits of experiment and rows that let a worse model pass, and people who mean well. The attacker leaves
 * out the two best features, which fails alone, knows which rows of the hold-out show it, and keeps every edit by which the gate
 * sees less of the loss.
 */
export default async function attacker(seed: number): Promise<SimulationResult> {
  const found: SimulationResult["rows"] = [];
  let passed = true;
  for (const setting of settings) {
    const folder = await mkdtemp(join(tmpdir(), "modelsync-attacker-"));
    const random = createRandom(`${seed} ${setting.name}`);
    const base: Proposal = { rows: drawRows(rows, `${seed} ${setting.name}`), ...setting, positive: "yes" };
    const attacked = await attack(folder, base, setting.model, random, Math.ceil(steps / settings.length));
    const honest = await meanWell(folder, base, setting.model, random, Math.ceil(honestTrials / settings.length));
    await rm(folder, { recursive: true });
    passed &&= attacked.green.length === 0 && honest.blocked <= mostBlocked * honest.trials;
    found.push({
      setting: setting.name,
      steps: attacked.steps,
      "worse and green": attacked.green.length === 0 ? "none" : attacked.green.slice(0, 3).join("; "),
      honest: honest.trials,
      "blocked, %": Number(((100 * honest.blocked) / honest.trials).toFixed(1)),
      by: honest.by.join("; "),
    });
  }
  return {
    title: `An attacker of ${steps} steps against the gate, and ${honestTrials} honest changes, ${rows} rows`,
    command: `npm run simulate -- --seed ${seed} attacker`,
    rows: found,
    passed,
  };
}

async function attack(folder: string, base: Proposal, model: Experiment["model"], random: Random, budget: number) {
  const alone = await judgeChange(folder, base, base, model, true);
  if (alone.conclusion === "pass") throw new Error("the worse model passes alone: there is nothing to hide");
  const green: string[] = [];
  const known = knowledgeOf(folder, base, alone);
  let step = 1;
  while (step < budget) {
    let proposal = base;
    let best = lossSeen(alone);
    const made: Edit[] = [];
    for (let failed = 0; failed < patience && step < budget; step++) {
      const edit = attacks[Math.floor(random.uniform() * attacks.length)]!;
      const next = edit.apply(proposal, random, known);
      const judged = await judgeChange(folder, base, next, model, true);
      if (judged.conclusion === "pass") green.push([...made, edit].map(({ name }) => name).join(", "));
      const seen = lossSeen(judged);
      if (seen >= best) {
        failed++;
        continue;
      }
      [proposal, best, failed] = [next, seen, 0];
      made.push(edit);
    }
  }
  return { steps: step, green };
}

/** What the gate sees of the loss; nothing to gain where it refuses to compare. */
function lossSeen({ review: { comparison } }: Judged): number {
  const compared = comparison?.metrics.find(({ metric }) => metric === "roc_auc");
  return comparison?.status === "compared" ? -(compared?.difference ?? 0) : Number.POSITIVE_INFINITY;
}

/** The rows of the base's hold-out on which its model is right and the worse one wrong come first: without them nobody sees the loss. */
function knowledgeOf(folder: string, { rows }: Proposal, { review }: Judged): Knowledge {
  const cache = openRunCache(folder);
  const [before, after] = [review.base, review.head].map((side) =>
    side.state === "ran" ? cache.get(side.run.key) : null,
  );
  if (!before || !after) throw new Error("the worse model alone could not be run");
  const answers = new Map(
    after.holdout.rows.map((row, at) => [row, after.holdout.probabilities.slice(2 * at, 2 * at + 2)]),
  );
  const heldOut = before.holdout.rows.map((row, at) => {
    const label = before.holdout.actual[at]!;
    const own = before.holdout.probabilities[2 * at + label]!;
    return { row: rows[row]!, loses: own - (answers.get(row)?.[label] ?? own) };
  });
  const telling = heldOut.toSorted((one, other) => other.loses - one.loses).slice(0, heldOut.length / 2);
  return { telling: telling.map(({ row }) => row), heldOut: heldOut.map(({ row }) => row) };
}

async function meanWell(folder: string, base: Proposal, model: Experiment["model"], random: Random, trials: number) {
  let blocked = 0;
  const by: string[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const chosen = Array.from(
      { length: 1 + Math.floor(random.uniform() * 2) },
      () => honestEdits[Math.floor(random.uniform() * honestEdits.length)]!,
    );
    const head = chosen.reduce((proposal, edit) => edit.apply(proposal, random, { telling: [], heldOut: [] }), base);
    const judged = await judgeChange(folder, base, head, model, false);
    if (judged.conclusion === "pass") continue;
    blocked++;
    if (by.length < 5) by.push(`${chosen.map(({ name }) => name).join(", ")} (${judged.blocking.join("; ")})`);
  }
  return { trials, blocked, by };
}
