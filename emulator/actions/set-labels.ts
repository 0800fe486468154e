import type { Account, Issue, Label } from "../model.ts";
import { presentLabel } from "../present/issue.ts";
import { isPull, type World } from "../state.ts";
import { announcePull } from "./announce-pull.ts";
import { announceIssue } from "./issues.ts";

/** Makes the labels of an issue or pull request exactly these, and tells of each that came or went. */
export async function setLabels(world: World, issue: Issue, sender: Account, labels: readonly Label[]): Promise<void> {
  const wanted = [...new Set(labels)];
  const added = wanted.filter((label) => !issue.labels.includes(label));
  const removed = issue.labels.filter((label) => !wanted.includes(label));
  issue.labels = wanted;
  if (added.length + removed.length > 0) issue.updatedAt = world.state.now();
  const events = [
    ...added.map((label) => ["labeled", label] as const),
    ...removed.map((label) => ["unlabeled", label] as const),
  ];
  for (const [action, one] of events) {
    const label = presentLabel(world, issue.repository, one);
    if (isPull(issue)) await announcePull(world, issue, sender, action, { label });
    else announceIssue(world, issue, sender, action, { label });
  }
}
