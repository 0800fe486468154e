import type { LocalGitHub } from "../../../emulator/index.ts";

/** One change of what GitHub shows as the newest run of a commit and a name. */
export interface Shown {
  at: number;
  headSha: string;
  name: string;
  /** Whose review wrote it. */
  pull: number;
  created: boolean;
  says: "success" | "failure" | "cancelled" | "in_progress";
}

interface RunBody {
  head_sha: string;
  name: string;
  external_id: string;
  status: string;
  conclusion?: Shown["says"];
}

/** Every state of every check run, from the log of calls. `runs` are GitHub's own, which tell the ids. */
export function shownStates(
  { requests }: Pick<LocalGitHub, "requests">,
  runs: readonly { id: number; head_sha: string; name: string }[],
): Shown[] {
  const ids = new Map<string, number[]>();
  for (const { id, head_sha, name } of [...runs].sort((a, b) => a.id - b.id)) {
    const key = `${head_sha} ${name}`;
    ids.set(key, [...(ids.get(key) ?? []), id]);
  }
  const known = new Map<number, Shown>();
  const states: Shown[] = [];
  for (const { operation, status, at, body, path } of requests) {
    if (operation === "POST /repos/{owner}/{repo}/check-runs" && status === 201) {
      const { head_sha: headSha, name, external_id, conclusion } = body as RunBody;
      const shown: Shown = {
        at,
        headSha,
        name,
        pull: Number(external_id.split("#")[1]),
        created: true,
        says: conclusion ?? "in_progress",
      };
      states.push(shown);
      known.set(ids.get(`${headSha} ${name}`)?.shift() ?? 0, shown);
    } else if (operation === "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}" && status === 200) {
      const before = known.get(Number(path.split("/").at(-1)));
      const says = (body as RunBody).conclusion;
      if (before && says) states.push({ ...before, at, created: false, says });
    }
  }
  return states;
}

/** When the App last asked GitHub how a pull request is, before a time; null when it never did. */
export function lastLook({ requests }: Pick<LocalGitHub, "requests">, pull: number, before: number): number | null {
  const looks = requests.filter(
    ({ operation, at, body }) =>
      operation === "POST /graphql" &&
      at <= before &&
      (body as { variables?: { number?: number } }).variables?.number === pull,
  );
  return looks.at(-1)?.at ?? null;
}

/**
 * When the App had decided at the latest on what it saw at a time, before it wrote at another: it asks for the author's permission
 * then. What follows are writes, which take as long as GitHub does. Of reviews at the same time it is that of the last one.
 */
export function decidedAt({ requests }: Pick<LocalGitHub, "requests">, looked: number, wrote: number): number {
  const asked = requests.findLast(
    ({ operation, at }) =>
      operation === "GET /repos/{owner}/{repo}/collaborators/{username}/permission" && at >= looked && at <= wrote,
  );
  return asked?.at ?? wrote;
}
