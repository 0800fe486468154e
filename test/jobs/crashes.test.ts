import { afterAll, beforeAll, expect, it } from "vitest";
import { MortalApp } from "../support/gate/mortal-app.ts";

let mortal: MortalApp;
let issue = 0;
/** Pull requests, the first one of which was opened by an App that died at its first await, and so on. */
const pulls: { number: number; head: string }[] = [];
beforeAll(async () => {
  mortal = await MortalApp.start();
  issue = await mortal.local.issue();
});
afterAll(async () => {
  expect(mortal.local.github.violations).toEqual([]);
  await mortal[Symbol.asyncDispose]();
});

const edit = (index: number, body: string) =>
  mortal.local.ada.rest.pulls.update({ ...mortal.local.repository, pull_number: pulls[index]!.number, body });
const link = (index: number) => edit(index, `Closes #${issue}`);
const unlink = (index: number) => edit(index, "");

async function open(index: number): Promise<void> {
  const { local } = mortal;
  const branch = `change-${index}`;
  const head = await local.commit(branch, { [`${branch}.txt`]: branch });
  await mortal.settle();
  pulls.push({ number: await local.open(branch), head });
}

/** Another pull request of the same commit, which fails. */
async function openTwin(index: number): Promise<void> {
  const { local } = mortal;
  const ref = `refs/heads/twin-${index}`;
  await local.ada.rest.git.createRef({ ...local.repository, ref, sha: pulls[index]!.head });
  await mortal.settle();
  await local.open(`twin-${index}`);
}

it.each<[string, string, (index: number) => Promise<unknown>, ((index: number) => Promise<unknown>)?]>([
  ["the first verdict", "failure", open],
  ["one that another event makes out of date while the App is down", "failure", link, unlink],
  ["another verdict", "success", link],
  ["that of a twin", "failure", openTwin],
])("%s, a %s, comes whichever of its awaits the App dies at", async (_, conclusion, act, meanwhile) => {
  const { local } = mortal;
  let count = 0;
  for (let survived = false; !survived; ) {
    await mortal.settle();
    count += 1;
    // A twin's verdict leads to another review, whose awaits are those of any.
    if (act !== openTwin || count < pulls.length) mortal.life.deathAt = mortal.life.awaits + count;
    await act(count - 1);
    await mortal.settle();
    survived = !mortal.life.dead;
    mortal.life.deathAt = Number.POSITIVE_INFINITY;
    await meanwhile?.(count - 1);
    if (!survived) await mortal.revive();
  }
  await mortal.settle();
  await mortal.runNow("sweep");
  pulls.splice(count);
  const seen = await Promise.all(
    pulls.map(async ({ number, head }) => {
      const [newest, ...older] = await local.checkRuns(head);
      const comments = await local.comments(number);
      const headings = comments.map(({ body }) => body.split("\n").find((line) => line.startsWith("#")));
      const unnumbered = (text: string | null | undefined) => text?.replace(/#\d+/, "#1");
      return {
        // Of a run that two share, the title depends on whose review came last; the comments say the same in any order.
        newest: { status: newest?.status, conclusion: newest?.conclusion },
        headings: headings.map(unnumbered),
        running: older.filter(({ status }) => status !== "completed").length,
      };
    }),
  );
  // The last one lived: what it came to, all come to.
  const undisturbed = seen.at(-1)!;
  expect(undisturbed).toMatchObject({ newest: { status: "completed", conclusion }, running: 0 });
  expect(undisturbed.headings).toHaveLength(1);
  expect(seen).toEqual(seen.map(() => undisturbed));
  expect(seen.length).toBeGreaterThan(25);
});
