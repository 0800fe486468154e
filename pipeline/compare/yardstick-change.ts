import { z } from "zod";

/** What a change does to the yardstick of a model, in the order of weight. The first ones make the gates ask another question. */
export const yardstickChangeKinds = [
  "target",
  "positive",
  "smaller-holdout",
  "larger-holdout",
  "split",
  "seed",
  "key",
] as const;

export const yardstickChangeSchema = z
  .object({
    kind: z.enum(yardstickChangeKinds),
    /** As the experiments have it; null: it says nothing, and the default or automatic choice holds. */
    from: z.string().nullable(),
    to: z.string().nullable(),
  })
  .meta({ id: "YardstickChange" });
export type YardstickChange = z.infer<typeof yardstickChangeSchema>;
