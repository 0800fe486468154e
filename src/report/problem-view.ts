import type { Problem } from "../../pipeline/problem.ts";

/** One problem, laid out by `templates/problem.hbs`. */
export interface ProblemView {
  place: string;
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

function toProblemView({ where, message, written, allowed, remedy }: Problem): ProblemView {
  const line = where.line === undefined ? "" : `:${where.line}`;
  return { place: `${where.path}${line}`, message, written: written ?? null, allowed: allowed ?? null, remedy };
}
