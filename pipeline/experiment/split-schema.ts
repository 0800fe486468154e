import { z } from "zod";
import { columnName } from "./column-name.ts";
import type { SplitOptions } from "./experiment.ts";

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
        },
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
        },
      });
    }
  })
  .transform(
    ({ by, column, ...rest }): SplitOptions => (by === "hash" || column === null ? rest : { by, column, ...rest }),
  )
  .prefault({});
