import { z } from "zod";

/** A confidence interval, for example of level 0.95. */
export const intervalSchema = z.object({ low: z.number(), high: z.number(), level: z.number() });
