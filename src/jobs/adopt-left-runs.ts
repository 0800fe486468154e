import type { RepositoryClient } from "../github/app-client.ts";
import { listCheckRuns } from "../github/list-check-runs.ts";
import { updateCheckRun } from "../github/write-check-run.ts";
import { readCheckRun, recordCheckRun } from "../store/check-runs.ts";
import type { Database } from "../store/database.ts";
import { type PullRequestRecord, reopenGeneration } from "../store/pull-requests.ts";
import type { StartedCheckRun } from "../store/started-check-runs.ts";

const output = {
  title: "Replaced",
  summary: "A review was interrupted. Another check run of this commit has its verdict.",
  text: "",
  annotations: [],
};

/** Stands for the content of a run that was completed by a call whose answer never came: never equal to any. */
const completedUnseen = "completed";

/**
 * Makes what is recorded agree with the check runs that an interrupted review left at GitHub, some of them without a known id.
 * The newest is what GitHub shows. When it is in progress, an open pull request goes on with it and is reviewed even if nothing
 * changed. When it was completed and nobody knows by which words, the next verdict is a run of its own. All others are ended.
 */
export async function adoptLeftRuns(
  database: Database,
  client: RepositoryClient,
  record: PullRequestRecord,
  started: readonly StartedCheckRun[],
): Promise<void> {
  for (const { headSha, name } of started) {
    const runs = await listCheckRuns(client, { headSha, name });
    const [newest] = runs;
    if (newest === undefined) continue;
    const key = { repositoryId: record.repositoryId, headSha, name };
    const known = await readCheckRun(database, key);
    const isKnown = known?.checkRunId === newest.id && (known.contentHash !== null) === newest.completed;
    const goesOn = record.open && headSha === record.headSha;
    if (goesOn && !(isKnown && newest.completed)) await reopenGeneration(database, record);
    if (!isKnown) {
      const contentHash = newest.completed ? completedUnseen : null;
      await recordCheckRun(database, key, { checkRunId: newest.id, contentHash, conclusion: null, writer: null });
    }
    for (const { id, completed } of runs) {
      if (completed || (id === newest.id && goesOn)) continue;
      await updateCheckRun(client, id, { status: "completed", conclusion: "cancelled", output });
      if (id === newest.id) {
        const ended = { contentHash: "cancelled", conclusion: "cancelled", writer: null } as const;
        await recordCheckRun(database, key, { checkRunId: id, ...ended });
      }
    }
  }
}
