import type { Random } from "../pipeline/stats/random.ts";
import type { LocalApp } from "../test/support/local-app.ts";

/** 400 rows in which `links` tells spam from the rest, `words` a little, and `length` nothing. */
const rows = Array.from({ length: 400 }, (_, row) => {
  const spam = row % 2;
  return `${spam === 1 ? 4 + (row % 7) : row % 5},${(row * 31) % (spam === 1 ? 40 : 50)},${(row * 7919) % 101},${spam}`;
});
const experiment = (features: string) =>
  `data: data/spam.csv\ntarget: spam\nfeatures: [${features}]\nsplit: { holdout: 0.4, seed: 7 }\nmodel: { type: logistic-regression }\n`;
const policy = (level: "block" | "off") =>
  `version: 1\nmodels:\n  - { id: spam, experiment: spam.yml, metrics: { roc_auc: { tolerance: 0.02 } } }\nchecks:\n  linked-issue: { level: ${level} }\n`;

export const firstFiles: Record<string, string> = {
  ".github/modelsync.yml": policy("block"),
  "spam.yml": experiment("links, words"),
  "data/spam.csv": `links,words,length,spam\n${rows.join("\n")}\n`,
};

/** A pull request as people see it. */
export interface Known {
  number: number;
  branch: string;
  open: boolean;
}

type Happening = (local: LocalApp, pull: Known, random: Random) => Promise<unknown>;

const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)]!;

const edit = (
  local: LocalApp,
  { number }: Known,
  fields: { body?: string; title?: string; state?: "open" | "closed" },
) => local.ada.rest.pulls.update({ ...local.repository, pull_number: number, ...fields });

/** What people do to a pull request, or to what it is judged by. */
export const happenings: Record<string, Happening> = {
  "a push": (local, { branch }, random) => local.commit(branch, { "notes.txt": `${random.uniform()}` }),
  "another experiment": (local, { branch }, random) =>
    local.commit(branch, {
      "spam.yml": experiment(pick(random, ["links", "links, words", "length", "length, words"])),
    }),
  "a broken experiment": (local, { branch }) =>
    local.commit(branch, { "spam.yml": "data: data/none.csv\ntarget: spam\n" }),
  "an issue linked": async (local, pull) => edit(local, pull, { body: `Closes #${await local.issue()}` }),
  "no issue linked": (local, pull) => edit(local, pull, { body: "" }),
  "another title": (local, pull, random) => edit(local, pull, { title: `Try ${random.below(1000)}` }),
  "closed or opened again": async (local, pull) => {
    pull.open = !pull.open;
    await edit(local, pull, { state: pull.open ? "open" : "closed" });
  },
  "another policy": (local, _, random) =>
    local.commit("main", {
      ".github/modelsync.yml": policy(pick(random, ["block", "off"])),
      "log.txt": `${random.uniform()}`,
    }),
};

export const webhookFaults = { dropped: "drop", doubled: "duplicate", late: { delay: 1500 } } as const;
