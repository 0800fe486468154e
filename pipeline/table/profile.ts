import { z } from "zod";

const count = z.int().nonnegative();

export const columnTypeSchema = z.enum(["numeric", "categorical"]);

const columnProfileSchema = z.discriminatedUnion("type", [
  z.object({
    name: z.string(),
    type: z.literal("numeric"),
    missing: count,
    distinct: count,
    /** Null when every cell is missing. */
    summary: z
      .object({
        min: z.number(),
        q25: z.number(),
        median: z.number(),
        q75: z.number(),
        max: z.number(),
        mean: z.number(),
        sd: z.number(),
      })
      .nullable(),
  }),
  z.object({
    name: z.string(),
    type: z.literal("categorical"),
    missing: count,
    distinct: count,
    /** The most frequent values, at most 20, by count and then by name. */
    top: z.array(z.object({ value: z.string(), count })),
  }),
]);
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

/** What a data file looks like: counts and summaries only, never rows. */
export const dataProfileSchema = z
  .object({
    rows: count,
    columns: z.array(columnProfileSchema),
    /** What was detected or assumed while reading: delimiter, encoding, header. */
    format: z.object({
      /** The name of its format (`pipeline/read/formats.ts`). Absent: CSV. The others have no delimiter and say `none`. */
      kind: z.string().exactOptional(),
      /** True: the file was compressed with gzip. */
      gzip: z.boolean().exactOptional(),
      delimiter: z.string(),
      encoding: z.string(),
      lineEnding: z.enum(["lf", "crlf", "cr", "mixed"]),
      bom: z.boolean(),
    }),
  })
  .meta({ id: "DataProfile" });
export type DataProfile = z.infer<typeof dataProfileSchema>;
