import { z } from "zod";

/** Somebody who holds the App's key let one commit of a pull request through by hand, whatever its verdict. */
export const overrideSchema = z.object({
  /** Of the pull request that it was given for. */
  number: z.int().positive(),
  /** A name as that person gave it: escape it. */
  by: z.string(),
  /** As it was written: escape it. */
  reason: z.string(),
  given: z.iso.datetime(),
  headSha: z.string(),
});
export type Override = z.infer<typeof overrideSchema>;
