import { z } from "zod";
import { columnTypeSchema } from "../table/profile.ts";

const count = z.int().nonnegative();
const names = z.array(z.string());
const renames = z.array(z.object({ from: z.string(), to: z.string(), similarity: z.number() }));

/** How the columns of the head's data differ from the base's. */
export const schemaDiffSchema = z
  .object({
    added: names,
    removed: names,
    /** Same content (or nearly: `similarity` in [0, 1]) under another name. A renamed column is in neither list above. */
    renamed: renames,
    /**
     * Columns whose values are now under another name, at least one of the two names being on both sides: columns that
     * changed places in a file without a header, or names with each other. Absent when none did.
     */
    moved: renames.exactOptional(),
    retyped: z.array(
      z.object({
        column: z.string(),
        from: columnTypeSchema,
        to: columnTypeSchema,
        /** The texts that alone keep the other side's cells from being numbers, the most frequent first, at most three. */
        texts: z.object({ cells: count, values: names }).exactOptional(),
      }),
    ),
    /**
     * Values of the target that exist on one side only; null when the target is absent on a side or a quantity, which is
     * a numeric column with fractions or more than 20 different values.
     */
    target: z.object({ added: names, removed: names }).nullable(),
    /**
     * With a key that names rows, `changed` counts those of both sides whose cells differ, and `common` the others. Without
     * one, a row is what it holds: a changed row was removed and added.
     */
    rows: z.object({
      base: count,
      head: count,
      added: count,
      removed: count,
      changed: count.exactOptional(),
      common: count,
    }),
    /** Columns of both sides in which cells of the same row differ; absent without a key that names rows. */
    cells: z.array(z.object({ column: z.string(), changed: count })).exactOptional(),
    /**
     * Columns that were written anew in rows that are otherwise as they were, and how their values are spelled now, as a
     * clause; absent when none were, or when most rows are as they were.
     */
    rewritten: z.array(z.object({ column: z.string(), spelling: z.string().exactOptional() })).exactOptional(),
    /** Both sides hold the same rows, in another order. */
    resorted: z.literal(true).exactOptional(),
    /** What differs in how the files are written, for example the delimiter; absent when nothing does. */
    format: z.array(z.object({ what: z.string(), from: z.string(), to: z.string() })).exactOptional(),
  })
  .meta({ id: "SchemaDiff" });
export type SchemaDiff = z.infer<typeof schemaDiffSchema>;
