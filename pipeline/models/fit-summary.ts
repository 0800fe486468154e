import { z } from "zod";

/** How a fit ended, as model files keep it. */
export const fitSummary = z.strictObject({
  iterations: z.int().min(0),
  converged: z.boolean(),
  objective: z.number().nullable(),
});
