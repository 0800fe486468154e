import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "../pipeline/stats/random.ts";
import check from "../src/checks/data-leakage.ts";
import { aFacts, aModelReview } from "../test/support/facts.ts";
import { aReport } from "../test/support/integrity.ts";
import { findLeaks } from "../test/support/leak-review.ts";
import { drawRows, leaks, toLines } from "../test/support/leak-tables.ts";
import { readReferenceText, referenceData } from "../test/support/reference-data.ts";
import type { SimulationResult } from "./simulation-result.ts";

type Random = ReturnType<typeof createRandom>;

const honestDraws = 30;
const leakDraws = 8;
const drawnRows = 4_000;
const mostRows = 3_000;
const mostFlagged = 1;
/** About features; the others are about rows. */
const kinds = ["target-copy", "single-predictor", "pair-predictor", "linear-combination", "near-perfect"];

const adult =
  `age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,sex,capital_gain,
capital_loss,hours_per_week,native_country,income`.replace("\n", "");
const cancer = "id,clump,size,shape,adhesion,epithelial,nuclei,chromatin,nucleoli,mitoses,class";

/** Public tables, and the columns of which none tells the target. */
const tables: { path: string; target: string; header?: string; aside?: string[]; task?: "regression" }[] = [
  { path: "tables/adult/adult-train.csv", target: "income", header: adult },
  { path: "tables/german_credit/GermanCredit.csv", target: "credit_risk" },
  { path: "tables/titanic/titanic.csv", target: "survived", aside: ["alive"] },
  { path: "tables/pima_diabetes/diabetes-vid.csv", target: "Outcome" },
  { path: "tables/penguins/penguins.csv", target: "species" },
  { path: "tables/iris/iris.csv", target: "species" },
  { path: "tables/drift_elec2/elec.csv", target: "class" },
  {
    path: "changes/california_crlf_to_lf/before.csv",
    target: "clf_target",
    aside: ["timestamp", "partition", "y_pred_proba", "identifier"],
  },
  { path: "changes/bcw_missing_changed/before.csv", target: "class", header: cancer, aside: ["id"] },
  { path: "changes/wine_header_removed/before.csv", target: "quality", task: "regression" },
  {
    path: "changes/taxis_new_column/before.csv",
    target: "fare",
    task: "regression",
    aside: ["total", "pickup", "dropoff", "pickup_zone", "dropoff_zone"],
  },
  { path: "changes/tips_three_cells/before.csv", target: "tip", task: "regression" },
  { path: "changes/fmri_resort/before.csv", target: "signal", task: "regression" },
];

/**
 * How often `data-leakage` speaks of features that came: honest ones, drawn from public tables and from problems that are drawn
 * anew each time, and leaks of each kind. Half of the other features at least were there before.
 */
export default async function leakage(seed: number): Promise<SimulationResult> {
  const random = createRandom(`leakage ${seed}`);
  const folder = await mkdtemp(join(tmpdir(), "modelsync-leakage-"));
  const rows: SimulationResult["rows"] = [];
  let [honest, flagged, missed] = [0, 0, 0];
  const tell = (what: string, kind: "honest" | "leak", found: string[][]) => {
    const told = found.filter((one) => one.length > 0);
    rows.push({
      additions: what,
      kind,
      draws: found.length,
      "told, %": Math.round((1000 * told.length) / found.length) / 10,
      by: [...new Set(told.flat())].join(", "),
    });
    if (kind === "leak") missed += found.length - told.length;
    else [honest, flagged] = [honest + found.length, flagged + told.length];
  };
  try {
    for (const { path, target, header, aside = [], task } of tables) {
      const file = referenceData(path);
      if (file === undefined) continue;
      const text = readReferenceText(file).replace(/^\ufeff/, "");
      const all = text.split(/\r?\n/).filter((line) => line !== "");
      const names = header ?? all.shift()!;
      const found: string[][] = [];
      for (let draw = 0; draw < honestDraws; draw++) {
        const lines = [names, ...shuffle(all, random).slice(0, mostRows)];
        const features = names.split(",").map((name) => name.replaceAll('"', ""));
        const free = features.filter((name) => name !== target && !aside.includes(name));
        found.push(await toldOf(folder, lines, lines, { target, task, ...drawn(free, random, aside) }, random));
      }
      tell(path.split("/")[1]!, "honest", found);
    }
    const drawnTasks = (["binary", "multiclass", "regression"] as const).flatMap((task) => [
      { task, strongest: 1.5, what: `drawn, ${task}` },
      { task, strongest: 2.5, what: `drawn, ${task}, hardly any noise` },
    ]);
    for (const { task, strongest, what } of drawnTasks) {
      const found: string[][] = [];
      for (let draw = 0; draw < 2 * honestDraws; draw++) {
        const lines = toLines(drawRows(task, drawnRows, random, strongest));
        const free = lines[0]!.split(",").filter((name) => name !== "y");
        found.push(await toldOf(folder, lines, lines, { target: "y", task, ...drawn(free, random) }, random));
      }
      tell(what, "honest", found);
    }
    for (const { name, task, add } of leaks) {
      const found: string[][] = [];
      for (let draw = 0; draw < leakDraws; draw++) {
        const made = drawRows(task, drawnRows, random);
        const head = toLines(made, (row) => add(row, random));
        found.push(await toldOf(folder, toLines(made), head, { target: "y", task, base: [], head: [] }, random));
      }
      tell(name, "leak", found);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const share = (100 * flagged) / honest;
  // two standard errors of a share in so many draws
  const passed = share <= mostFlagged + 2 * Math.sqrt((mostFlagged * (100 - mostFlagged)) / honest);
  return {
    title: `Leakage: ${flagged} of ${honest} honest additions told (${share.toFixed(1)} %), ${missed} leaks missed`,
    command: `npm run simulate -- --seed ${seed} leakage`,
    rows,
    passed,
  };
}

interface Drawn {
  target: string;
  task?: "binary" | "multiclass" | "regression" | undefined;
  /** Columns that each side leaves out. */
  base: string[];
  head: string[];
}

/** One to three features come; of the others at least half were there. */
function drawn(free: readonly string[], random: Random, aside: readonly string[] = []): Pick<Drawn, "base" | "head"> {
  const shuffled = shuffle(free, random);
  const came = Math.min(1 + Math.floor(3 * random.uniform()), Math.floor(free.length / 2));
  const others = free.length - came;
  const never = Math.floor((others / 2) * random.uniform());
  return {
    base: [...aside, ...shuffled.slice(0, came + never)],
    head: [...aside, ...shuffled.slice(came, came + never)],
  };
}

/** The kinds of finding about features of a review with the policy's defaults. */
async function toldOf(
  folder: string,
  base: string[],
  head: string[],
  { target, task = "binary", base: left, head: leftNow }: Drawn,
  random: Random,
): Promise<string[]> {
  const types = [task === "regression" ? "ridge-regression" : "logistic-regression", "gradient-boosting"];
  const model = { type: types[random.below(2)]! };
  const given = { target, model, ...(task === "regression" ? { task } : {}) };
  const entries = await findLeaks(
    folder,
    { lines: base, experiment: { ...given, exclude: left } },
    { lines: head, experiment: { ...given, exclude: leftNow } },
  );
  const review = aModelReview({ integrity: aReport(entries) });
  const { findings } = check.run(aFacts({ models: [review] }), check.options.parse({}));
  return findings.map(({ evidence }) => String(evidence.kind)).filter((kind) => kinds.includes(kind));
}

function shuffle<T>(values: readonly T[], random: Random): T[] {
  const shuffled = [...values];
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!];
  }
  return shuffled;
}
