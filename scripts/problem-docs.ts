import { type ProblemClass, type ProblemCode, problemClass } from "../pipeline/problem.ts";
import { problemClasses, problemCodes } from "../pipeline/problem-codes.ts";

/** The page `docs/problems.md`: every class of problems with its codes. Made from the list in `problem-codes.ts`. */
export function problemDocs(): string {
  const classes = Object.keys(problemClasses) as ProblemClass[];
  return `${[intro, ...classes.map(describeClass)].join("\n\n")}\n`;
}

const intro = `# Problems

<!-- Made from pipeline/problem-codes.ts by scripts/generate-docs.ts. Change it there. -->

What a person can put right is told as a problem: where it is, what was written, what is allowed and what to do. Its name is its
class and its code, for example \`configuration/unknown-key\`: in brackets in a terminal and in a comment, as \`class\` and \`code\` in
JSON. A note is a problem that stops nothing.`;

function describeClass(one: ProblemClass): string {
  const codes = (Object.keys(problemCodes) as ProblemCode[]).filter((code) => problemClass(code) === one);
  const rows = codes.map((code) => `| \`${one}/${code}\` | ${problemCodes[code][1]} |`);
  return [`## ${one}`, "", problemClasses[one], "", "| problem | means |", "|---|---|", ...rows].join("\n");
}
