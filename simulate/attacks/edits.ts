import type { Experiment, SplitOptions } from "../../pipeline/experiment/experiment.ts";
import type { Random } from "../../pipeline/stats/random.ts";
import { drawRows, type Row } from "./data-set.ts";

/** What a pull request may write: the rows, and of the experiment what judges it. */
export interface Proposal {
  rows: Row[];
  key: string | null;
  split: SplitOptions;
  positive: string;
}

/** What an attacker knows of the base's hold-out: which rows show best that the model got worse, the most telling first. */
export interface Knowledge {
  telling: readonly Row[];
  /** The rows that the base holds out. */
  heldOut: readonly Row[];
}

export interface Edit {
  name: string;
  apply(proposal: Proposal, random: Random, known: Knowledge): Proposal;
}

const some = (random: Random, most: number) => 1 + Math.floor(random.uniform() * most);
const other = (label: string) => (label === "yes" ? "no" : "yes");
const chosen = (rows: readonly Row[], of: readonly Row[], count: number): ReadonlySet<number> => {
  const ids = new Set(rows.map(({ id }) => id));
  return new Set(
    of
      .filter(({ id }) => ids.has(id))
      .slice(0, count)
      .map(({ id }) => id),
  );
};
const where = (proposal: Proposal, ids: ReadonlySet<number>, change: (row: Row) => Row[]): Proposal => ({
  ...proposal,
  rows: proposal.rows.flatMap((row) => (ids.has(row.id) ? change(row) : [row])),
});
const fresh = ({ rows }: Proposal) => rows.reduce((most, { id }) => Math.max(most, id), 0) + 1;
const any = (rows: readonly Row[], random: Random, count: number): ReadonlySet<number> =>
  new Set(
    Array.from({ length: Math.min(count, rows.length) }, () => rows[Math.floor(random.uniform() * rows.length)]!.id),
  );

/** What somebody does who wants a worse model to pass. */
export const attacks: readonly Edit[] = [
  {
    name: "delete telling rows",
    apply: (proposal, random, { telling }) =>
      where(proposal, chosen(proposal.rows, telling, some(random, 60)), () => []),
  },
  {
    name: "relabel telling rows",
    apply: (proposal, random, { telling }) =>
      where(proposal, chosen(proposal.rows, telling, some(random, 40)), (row) => [{ ...row, y: other(row.y) }]),
  },
  {
    name: "duplicate the others",
    apply: (proposal, random, { telling }) => {
      const shy = new Set(telling.map(({ id }) => id));
      let id = fresh(proposal);
      const copies = proposal.rows.filter((row) => !shy.has(row.id)).slice(0, some(random, 300));
      return { ...proposal, rows: [...proposal.rows, ...copies.map((row) => ({ ...row, id: id++ }))] };
    },
  },
  {
    name: "add easy rows",
    apply: (proposal, random) => {
      const added = drawRows(some(random, 300), `${random.uniform()}`, fresh(proposal));
      return {
        ...proposal,
        rows: [...proposal.rows, ...added.map((row) => ({ ...row, y: row.d > 0.1 ? "yes" : "no" }))],
      };
    },
  },
  {
    name: "add easy later rows",
    apply: (proposal, random) => {
      const added = drawRows(
        some(random, 400),
        `${random.uniform()}`,
        fresh(proposal),
        () => 301 + Math.floor(random.uniform() * 60),
      );
      return {
        ...proposal,
        rows: [...proposal.rows, ...added.map((row) => ({ ...row, y: row.d > 0.1 ? "yes" : "no" }))],
      };
    },
  },
  {
    name: "teach held-out rows under other names",
    apply: (proposal, random, { heldOut }) => {
      let id = fresh(proposal);
      const copies = heldOut
        .slice(0, some(random, 300))
        .map((row) => ({ ...row, id: id++, day: Math.floor(random.uniform() * 100) }));
      return { ...proposal, rows: [...proposal.rows, ...copies] };
    },
  },
  {
    name: "teach rows near to held-out ones",
    apply: (proposal, random, { heldOut }) => {
      let id = fresh(proposal);
      const near = (value: number) => value + 0.02 * random.normal();
      const copies = heldOut.slice(0, some(random, 300)).map((row) => ({
        ...row,
        id: id++,
        day: Math.floor(random.uniform() * 100),
        a: near(row.a),
        b: near(row.b),
        d: near(row.d),
      }));
      return { ...proposal, rows: [...proposal.rows, ...copies] };
    },
  },
  {
    name: "replace held-out rows by near ones",
    apply: (proposal, random, { heldOut }) => {
      let id = fresh(proposal);
      const ids = chosen(proposal.rows, heldOut, some(random, 300));
      return where(proposal, ids, (row) => [
        { ...row, id: id++, d: row.d + 0.0003, day: Math.floor(random.uniform() * 100) },
      ]);
    },
  },
  {
    name: "move rows in time",
    apply: (proposal, random, { telling }) =>
      where(proposal, chosen(proposal.rows, telling, some(random, 150)), (row) => [
        { ...row, day: Math.floor(random.uniform() * 100) },
      ]),
  },
  {
    name: "give rows other keys",
    apply: (proposal, random, { telling }) => {
      let id = fresh(proposal);
      return where(proposal, chosen(proposal.rows, telling, some(random, 150)), (row) => [{ ...row, id: id++ }]);
    },
  },
  {
    name: "shuffle the keys",
    apply: (proposal, random) => {
      const ids = proposal.rows.map(({ id }) => id);
      for (let at = ids.length - 1; at > 0; at--) {
        const swap = Math.floor(random.uniform() * (at + 1));
        [ids[at], ids[swap]] = [ids[swap]!, ids[at]!];
      }
      return { ...proposal, rows: proposal.rows.map((row, at) => ({ ...row, id: ids[at]! })) };
    },
  },
  {
    name: "declare another key",
    apply: (proposal, random) => ({ ...proposal, key: [null, "id", "group", "c"][Math.floor(random.uniform() * 4)]! }),
  },
  {
    name: "split otherwise",
    apply: (proposal, random) => {
      const { seed } = proposal.split;
      const splits: SplitOptions[] = [
        { holdout: 0.25, seed: seed + some(random, 50) },
        { holdout: 0.5, seed },
        { by: "time", column: "day", holdout: 0.25, seed },
        { by: "group", column: "group", holdout: 0.25, seed },
      ];
      return { ...proposal, split: splits[Math.floor(random.uniform() * splits.length)]! };
    },
  },
];

/** What people do who mean well, none of which changes what is asked of the model. */
export const honestEdits: readonly Edit[] = [
  {
    name: "remove rows at random",
    apply: (proposal, random) =>
      where(proposal, any(proposal.rows, random, Math.round(proposal.rows.length * 0.05 * random.uniform())), () => []),
  },
  {
    name: "correct a few labels",
    apply: (proposal, random) =>
      where(proposal, any(proposal.rows, random, some(random, 8)), (row) => [{ ...row, y: other(row.y) }]),
  },
  {
    name: "append rows",
    apply: (proposal, random) => ({
      ...proposal,
      rows: [...proposal.rows, ...drawRows(some(random, 200), `${random.uniform()}`, fresh(proposal))],
    }),
  },
  {
    name: "append a period",
    apply: (proposal, random) => ({
      ...proposal,
      rows: [
        ...proposal.rows,
        ...drawRows(
          some(random, 200),
          `${random.uniform()}`,
          fresh(proposal),
          () => 301 + Math.floor(random.uniform() * 40),
        ),
      ],
    }),
  },
  { name: "declare the key", apply: (proposal) => ({ ...proposal, key: "id" }) },
  {
    name: "sort the rows",
    apply: (proposal) => ({ ...proposal, rows: proposal.rows.toSorted((one, two) => one.a - two.a) }),
  },
];

/** The experiment of a proposal; `worse` leaves out the two best features. */
export function experimentOf(
  { key, split, positive }: Proposal,
  model: Experiment["model"],
  worse: boolean,
): Partial<Experiment> {
  const unused = ["id", "day", "group"].filter((name) => name !== key);
  return { target: "y", positive, key, split, model, exclude: worse ? [...unused, "a", "b"] : unused };
}
