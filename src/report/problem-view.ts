import { type Problem, problemName } from "../../pipeline/problem.ts";

/** One problem, laid out by `templates/problem.hbs`. */
export interface ProblemView {
  place: string;
  /** Class and code, for example `configuration/unknown-key`. */
  name: string;
  message: string;
  written: string | null;
  allowed: string | null;
  remedy: string;
}

const shown = 10;

/** The first ten problems, and how many more there are. */
export function toProblemViews(problems: Problem[]): { problems: ProblemView[]; more: number } {
  return { problems: problems.slice(0, shown).map(toProblemView), more: Math.max(0, problems.length - shown) };
}

function toProblemView(problem: Problem): ProblemView {
  const { where, message, written, allowed, remedy } = problem;
  const line = where.line === undefined ? "" : `:${where.line}`;
  return {
    place: `${where.path}${line}`,
    name: problemName(problem),
    message,
    written: written ?? null,
    allowed: allowed ?? null,
    remedy,
  };
}
