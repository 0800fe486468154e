import type { Format } from "./render.ts";

/** What a person asked `modelsync review` for. */
export interface ReviewOptions {
  repository: string;
  base?: string;
  /** Default: `HEAD`. */
  head?: string;
  /** `OWNER/REPO#N` or its address, instead of a branch on this machine. */
  pull?: string;
  /** Root of GitHub's REST API. */
  githubUrl?: string;
  format: Format;
  pullRequest?: string;
  save?: string;
  /** False: neither read nor written. A folder, or by default one inside the git folder or, with `pull`, the person's own. */
  cache: string | boolean;
  timeout: number;
  memory: number;
}
