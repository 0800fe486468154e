import { knownRepositories } from "../store/pull-requests.ts";
import type { ReviewPorts } from "./review-ports.ts";

/** Looks for open pull requests whose present head has no verdict, in every repository that was ever worked in. */
export async function reconcile({ database, queue }: ReviewPorts): Promise<void> {
  for (const repository of await knownRepositories(database)) {
    await queue.sendFanOut(database, { kind: "repository", ...repository, missingOnly: true }, null);
  }
}
