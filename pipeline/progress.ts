import { z } from "zod";

/** What a long piece of work reports while it runs. `share` in [0, 1] over the whole job. */
export const progressSchema = z.object({ step: z.string(), share: z.number() });
export type Progress = z.infer<typeof progressSchema>;
