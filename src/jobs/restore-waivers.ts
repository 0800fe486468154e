import type { RepositoryClient } from "../github/app-client.ts";
import { fetchOwnComment } from "../github/fetch-own-comment.ts";
import { findOwnComment } from "../github/write-comment.ts";
import { recordRestored } from "../ledger/record-commands.ts";
import { openSealedWaivers } from "../report/sealed-waivers.ts";
import type { Database } from "../store/database.ts";
import { type PullRequestKey, recordComment } from "../store/pull-requests.ts";
import { recordWaiver } from "../store/waivers.ts";
import type { Waiver } from "../verdict/waiver.ts";

/**
 * Reads back what an App whose database was lost had accepted here: its own comment holds it, signed. The ledger, which was lost as
 * well, is told of each. Not where somebody else changed the comment last: an older line is signed as well, and the edit history
 * shows it to everybody, also of a waiver that was taken back since.
 *
 * @returns the comment's number; null when there is none
 */
export async function restoreWaivers(
  database: Database,
  client: RepositoryClient,
  { repositoryId, number }: PullRequestKey,
  sealKey: Buffer,
): Promise<number | null> {
  const own = await findOwnComment(client, number);
  if (own === null) return null;
  const key = { repositoryId, number };
  const sealed = openSealedWaivers(own.body, key, sealKey);
  const isOurs = sealed.length > 0 && (await fetchOwnComment(client, own.nodeId))?.editedBy === "nobody";
  const waivers = isOurs ? sealed : [];
  await database.transaction(async (transaction) => {
    await recordComment(transaction, key, { id: own.id, hash: null });
    const news: Waiver[] = [];
    for (const [position, waiver] of waivers.entries()) {
      if (await recordWaiver(transaction, key, waiver, position)) news.push(waiver);
    }
    const repository = { id: repositoryId, name: `${client.owner}/${client.name}` };
    await recordRestored(transaction, { repository, number }, news);
  });
  return own.id;
}
