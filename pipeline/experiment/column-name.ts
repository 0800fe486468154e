import { z } from "zod";

/** The name of a column as people write it. Spaces around it do not count: those of a header line do not either. */
export const columnName = z.string().trim().min(1).max(500);
