import { z } from "zod";

/** The name of a column as people write it. */
export const columnName = z.string().min(1).max(500);
