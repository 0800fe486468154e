import type { EngineChange, Verdict } from "../verdict/verdict.ts";

/** Says in one sentence what only another engine made differ. The conclusion stands between backticks. */
export function describeEngineChange({ conclusion, answers }: EngineChange, now: Verdict["conclusion"]): string {
  const changes = answers.map(
    ({ title, earlier, now }) => `${title.toLowerCase()} said ${plain(earlier)}, now says ${plain(now)}`,
  );
  const also = conclusion === now ? " as well" : "";
  const answered = `its earlier version answered \`${plain(conclusion)}\` to these same files${also}`;
  return `Only ModelSync changed: ${answered}; ${changes.join("; ")}.`;
}

function plain(answer: string): string {
  return answer.replace("-", " ");
}
