import type { EngineChange, Verdict } from "../verdict/verdict.ts";

/**
 * Says in one sentence what only another engine made differ. It measured, today's checks judge that, and it may also be
 * the newer one: after a rollback. The conclusion stands between backticks.
 */
export function describeEngineChange({ conclusion, answers }: EngineChange, now: Verdict["conclusion"]): string {
  const changes = answers.map(
    ({ title, earlier, now }) => `${title.toLowerCase()} would say ${plain(earlier)} and says ${plain(now)}`,
  );
  const also = conclusion === now ? " as well" : "";
  const measured = "by what another version of it measured on these same files";
  return `Only ModelSync's engine changed: ${measured}, the answer would be \`${plain(conclusion)}\`${also}; ${changes.join("; ")}.`;
}

function plain(answer: string): string {
  return answer.replace("-", " ");
}
