import { fileURLToPath } from "node:url";

/** Where tests keep compiled code, so that not every process that they start compiles the same files again. */
export const compiledFolder: string = fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url));
