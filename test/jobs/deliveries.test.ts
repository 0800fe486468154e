import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { sweepNow } from "../support/sweep-now.ts";

const passing = { name: "ModelSync: main", status: "completed", conclusion: "success", title: expect.any(String) };
const lax = "version: 1\nmodels: []\n";

let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp({ policy: lax });
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

describe("deliveries", () => {
  let twice = 0;

  const deliveriesOf = (number: number) =>
    local.github
      .deliveries()
      .filter(
        ({ event, payload }) =>
          event === "pull_request" && (payload.pull_request as { number: number }).number === number,
      );

  it("that come twice make one verdict and one comment", async () => {
    local.github.addWebhookFault({ event: "pull_request.opened", effect: "duplicate" });
    const sha = await local.commit("twice", { "a.txt": "a" });
    twice = await local.open("twice");
    await local.settle();
    expect(deliveriesOf(twice)).toHaveLength(2);
    expect(await local.checkRuns(sha)).toEqual([passing]);
    expect(await local.comments(twice)).toHaveLength(1);
  });

  it("that were worked off cost nothing when GitHub sends them again", async () => {
    const [delivery] = deliveriesOf(twice);
    const calls = await local.callsDuring(() => redeliver(delivery!.id));
    expect(calls.filter((call) => !call.includes("/app/hook"))).toEqual([]);
    expect(local.github.deliveries().at(-1)).toMatchObject({ guid: delivery!.guid, redelivery: true, statusCode: 200 });
  });

  it("in the wrong order end in the present state", async () => {
    local.github.addWebhookFault({ event: "pull_request.opened", effect: { delay: 600 } });
    const first = await local.commit("order", { "a.txt": "1" });
    const number = await local.open("order");
    const second = await local.commit("order", { "a.txt": "2" });
    await local.settle();
    expect(await local.checkRuns(second)).toEqual([passing]);
    expect(await local.comments(number)).toMatchObject([{ body: expect.stringContaining(second.slice(0, 7)) }]);
    expect((await local.checkRuns(first)).filter(({ status }) => status !== "completed")).toEqual([]);
  });

  it("survive a server that ends between the acknowledgment and the work", async () => {
    await local.restart({ debounceSeconds: 5 });
    const sha = await local.commit("ended", { "b.txt": "b" });
    await local.open("ended");
    await local.github.idle();
    await local.restart();
    expect(await local.checkRuns(sha)).toEqual([]);
    await local.settle();
    expect(await local.checkRuns(sha)).toEqual([passing]);
  });

  it("survive a server that ends in the middle of the work", async () => {
    await local.restart({ graceSeconds: 0 });
    const reached = Promise.withResolvers<void>();
    local.beforeNextReview(() => {
      reached.resolve();
      return new Promise(() => {});
    });
    const sha = await local.commit("crashed", { "c.txt": "c" });
    await local.open("crashed");
    await reached.promise;
    await local.restart();
    await local.settle();
    expect(await local.checkRuns(sha)).toEqual([passing]);
  });

  it("that never arrived are asked for again", async () => {
    local.github.addWebhookFault({ event: "pull_request.opened", effect: "drop" });
    const sha = await local.commit("lost", { "c.txt": "c" });
    const number = await local.open("lost");
    await local.settle();
    expect(await local.checkRuns(sha)).toEqual([]);
    await sweepNow(local);
    await local.settle();
    expect(deliveriesOf(number).map(({ redelivery, statusCode }) => [redelivery, statusCode])).toEqual([
      [false, 0],
      [true, 200],
    ]);
    expect(await local.checkRuns(sha)).toEqual([passing]);
    const count = local.github.deliveries().length;
    await sweepNow(local);
    expect(local.github.deliveries()).toHaveLength(count);
  });

  it("that were acknowledged and yet are not known are asked for again", async () => {
    const liar = createServer((_, response) => response.end("ok")).listen(0, "127.0.0.1");
    await once(liar, "listening");
    local.github.setWebhook(local.appId, `http://127.0.0.1:${(liar.address() as AddressInfo).port}/`);
    const sha = await local.commit("acknowledged", { "c.txt": "c" });
    const number = await local.open("acknowledged");
    await local.github.idle();
    liar.close();
    local.github.setWebhook(local.appId, `${local.app.url}/api/github/webhooks`);
    await sweepNow(local);
    expect(deliveriesOf(number).map(({ redelivery, statusCode }) => [redelivery, statusCode])).toEqual([
      [false, 200],
      [true, 200],
    ]);
    // The push and the opening come again together, and the second can find the run of the first completed.
    expect((await local.checkRuns(sha))[0]).toEqual(passing);
  });

  it("that GitHub forgot are made up for by looking at the open pull requests", async () => {
    local.github.addWebhookFault({ event: "pull_request.opened", effect: "drop" });
    const sha = await local.commit("forgotten", { "d.txt": "d" });
    await local.open("forgotten");
    await local.settle();
    const calls = await local.callsDuring(() => sweepNow(local, "reconcile"));
    // One query for the policies of all branches, one for the links of all that are judged, one for the review that was missing.
    expect(calls.filter((call) => call === "POST /graphql")).toHaveLength(3);
    expect(await local.checkRuns(sha)).toEqual([passing]);
  });
});

describe("an installation", () => {
  it("gives open pull requests their check when it comes, comes back or grows", async () => {
    await local.github.createRepository({ owner: "acme", name: "other", autoInit: true });
    local.github.uninstallApp(local.installationId);
    await local.settle();
    const early = await local.commit("early", { "a.txt": "a" });
    await local.open("early");
    await local.settle();
    expect(await local.checkRuns(early)).toEqual([]);

    const id = local.github.installApp(local.appId, "acme", ["other"]);
    await local.settle();
    expect(await local.checkRuns(early)).toEqual([]);
    local.github.changeInstallation(id, { add: ["income"] });
    await local.settle();
    expect(await local.checkRuns(early)).toEqual([passing]);

    local.github.suspendInstallation(id);
    const late = await local.commit("late", { "b.txt": "b" });
    await local.open("late");
    await local.settle();
    expect(await local.checkRuns(late)).toEqual([]);
    local.github.suspendInstallation(id, false);
    await local.settle();
    expect(await local.checkRuns(late)).toEqual([passing]);
  });

  const openWith = async (branch: string) => {
    const sha = await local.commit(branch, { "a.txt": branch });
    await local.open(branch);
    await local.settle();
    return sha;
  };
  const installation = async () => (await local.asApp((app) => app.rest.apps.listInstallations())).data[0]!.id;

  it("is what GitHub says now, when an old suspension comes late", async () => {
    const id = await installation();
    local.github.addWebhookFault({ event: "installation.suspend", effect: "drop" });
    local.github.suspendInstallation(id);
    local.github.suspendInstallation(id, false);
    await local.settle();
    await sweepNow(local);
    const last = local.github.deliveries().findLast(({ event }) => event === "installation");
    expect(last).toMatchObject({ action: "suspend", redelivery: true, statusCode: 200 });
    expect(await local.checkRuns(await openWith("after-late"))).toEqual([passing]);
  });

  it("is looked for by the sweep when GitHub forgot what happened to it", async () => {
    const id = await installation();
    local.github.suspendInstallation(id);
    await local.settle();
    local.github.addWebhookFault({ event: "installation.unsuspend", effect: "drop" });
    local.github.suspendInstallation(id, false);
    const sha = await local.commit("unheard", { "a.txt": "unheard" });
    local.github.addWebhookFault({ event: "pull_request.opened", effect: "drop" });
    await local.open("unheard");
    await local.settle();
    expect(await local.checkRuns(sha)).toEqual([]);
    await sweepNow(local);
    expect(await local.checkRuns(sha)).toEqual([passing]);
  });

  it("says in the log when a job is dropped, and does nothing for a repository that was removed", async () => {
    const id = await installation();
    local.github.addWebhookFault({ event: "pull_request.opened", effect: "drop" });
    const sha = await local.commit("removed", { "a.txt": "removed" });
    await local.open("removed");
    local.github.changeInstallation(id, { remove: ["income"] });
    await local.settle();
    const calls = await local.callsDuring(async () => {
      await sweepNow(local);
      await sweepNow(local, "reconcile");
    });
    expect(calls.filter((call) => /repos\/|graphql/.test(call))).toEqual([]);
    expect(await local.checkRuns(sha)).toEqual([]);
    expect(local.lines.filter((line) => line.includes("dropped a job")).map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 40, installationId: id, dropped: 1 }),
    ]);
    local.github.changeInstallation(id, { add: ["income"] });
    await local.settle();
    expect(await local.checkRuns(sha)).toEqual([passing]);
  });
});

function redeliver(id: number): Promise<unknown> {
  return local.asApp((app) => app.rest.apps.redeliverWebhookDelivery({ delivery_id: id }));
}
