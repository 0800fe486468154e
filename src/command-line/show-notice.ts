import type { Notice } from "../report/render-notice.ts";
import { plainText } from "./plain-text.ts";
import { showProblems } from "./show-problems.ts";

/** For a person at a terminal: why there is no verdict, what to do, and every mistake that was found. */
export function showNotice({ passes, sentence, text, problems }: Notice): string {
  const lines = [
    `${passes ? "✓" : "✗"} ModelSync: ${plainText(sentence)}`,
    ...text.map((one) => `  ${plainText(one)}`),
  ];
  return problems.length === 0 ? lines.join("\n") : `${lines.join("\n")}\n${showProblems(problems)}`;
}
