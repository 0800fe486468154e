const kept = new Map<string, Map<string, Promise<unknown>>>();

/** How many answers are kept per repository. */
const most = 1000;

/** Keeps what was worked out from objects named by SHA; they never change, so neither does the answer. */
export function remember<Result>(directory: string, key: string, work: () => Promise<Result>): Promise<Result> {
  let answers = kept.get(directory);
  if (!answers) {
    answers = new Map();
    kept.set(directory, answers);
  }
  const known = answers.get(key) as Promise<Result> | undefined;
  if (known) return known;
  const answer = work();
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  const [oldest] = answers.keys();
  if (answers.size > most && oldest !== undefined) answers.delete(oldest);
  return answer;
}

/** Forgets a repository that goes away. */
export function forget(directory: string): void {
  kept.delete(directory);
}
