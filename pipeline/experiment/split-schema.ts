import { z } from "zod";
import { columnName } from "./column-name.ts";
import type { RefinementParams } from "./zod-problems.ts";

export type SplitOptions = HashSplit | ColumnSplit;

/** A seeded hash of each row's key decides. */
interface HashSplit {
  by?: undefined;
  column?: undefined;
  /** Share of rows held out, in (0, 1). */
  holdout: number;
  seed: number;
}

/** The latest rows are held out (`time`), or whole groups by a seeded hash of their value (`group`). */
export interface ColumnSplit {
  by: "time" | "group";
  /** The column of times or groups. It is no feature, unless a time is listed in `features`. */
  column: string;
  /** Share of rows (time) or groups held out, in (0, 1). */
  holdout: number;
  /** Also seeds the estimator; does not count for the rows of a split by time. */
  seed: number;
}

/** What may be written in `split`. A split by hash is the one without `by`, so that writing the default changes nothing. */
export const splitSchema = z
  .strictObject({
    by: z
      .enum(["hash", "time", "group"])
      .default("hash")
      .describe("hash: each row by its key. time: the latest rows are held out. group: whole groups are held out."),
    column: columnName.nullable().default(null).describe("Column of times or groups. Needed for time and group."),
    holdout: z.number().gt(0).lt(1).default(0.25).describe("Share held out for evaluation: of rows, or of groups."),
    seed: z.int().min(0).max(4_294_967_295).default(42).describe("Decides which rows or groups are held out."),
  })
  .superRefine(({ by, column }, context) => {
    if (by !== "hash" && column === null) {
      context.addIssue({
        code: "custom",
        path: ["column"],
        message: `A split by ${by} needs the name of a column.`,
        params: {
          code: "split-column-needed",
          allowed: "the name of a column in the data",
          remedy: `Add split.column: the column that holds the ${by === "time" ? "times" : "groups"}.`,
        } satisfies RefinementParams,
      });
    }
    if (by === "hash" && column !== null) {
      context.addIssue({
        code: "custom",
        path: ["column"],
        message: "A split by hash uses no column.",
        params: {
          code: "split-column-unused",
          allowed: "a column together with by: time or by: group",
          remedy: "Add by: time or by: group, or remove the column. Rows are named by key.",
        } satisfies RefinementParams,
      });
    }
  })
  .transform(
    ({ by, column, ...rest }): SplitOptions => (by === "hash" || column === null ? rest : { by, column, ...rest }),
  )
  .prefault({});
