import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { appToken, openPull, refusal, type Setting, startSetting } from "./setting.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let setting: Setting;
let receiver: Server;
let received: Received[] = [];
let answer = 200;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(answer).end("heard");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  setting = await startSetting(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`);
});
beforeEach(async () => {
  await setting.github.idle();
  received = [];
  answer = 200;
});
afterEach(() => expect(setting.github.violations).toEqual([]));
afterAll(async () => {
  await setting.close();
  await new Promise((resolve) => receiver.close(resolve));
});

const openIssue = (title: string) => setting.bob.issues.create({ ...setting.demo, title });
const jwt = () => setting.client(appToken(setting.app));

describe("a delivery", () => {
  it("is signed and carries GitHub's headers and the installation", async () => {
    await openIssue("Signed");
    await setting.github.idle();
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    const signature = createHmac("sha256", "a secret of the webhook").update(body).digest("hex");
    expect(headers).toMatchObject({
      "x-github-event": "issues",
      "x-hub-signature-256": `sha256=${signature}`,
      "x-github-delivery": expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      "x-github-hook-id": expect.stringMatching(/^\d+$/),
      "x-github-hook-installation-target-id": String(setting.app.appId),
      "x-github-hook-installation-target-type": "integration",
      "user-agent": expect.stringMatching(/^GitHub-Hookshot\//),
      "content-type": "application/json",
    });
    expect(JSON.parse(body)).toMatchObject({
      action: "opened",
      issue: { title: "Signed", user: { login: "bob" } },
      repository: { full_name: "acme/demo" },
      organization: { login: "acme" },
      sender: { login: "bob" },
      installation: { id: setting.installation },
    });
  });

  it("goes only to Apps that subscribed, may read it and see the repository", async () => {
    const { github } = setting;
    const apps = [
      github.createApp({ slug: "deaf", permissions: { issues: "read" }, events: ["push"] }),
      github.createApp({ slug: "forbidden", permissions: { contents: "read" }, events: ["issues"] }),
      github.createApp({ slug: "elsewhere", permissions: { issues: "read" }, events: ["issues"] }),
      github.createApp({ slug: "listener", permissions: { issues: "read" }, events: ["issues"] }),
    ];
    await github.createRepository({ owner: "acme", name: "other", autoInit: true });
    for (const [at, { appId }] of apps.entries()) github.installApp(appId, "acme", at === 2 ? ["other"] : ["demo"]);
    const count = github.deliveries().length;
    await openIssue("Who hears?");
    const slugs = github
      .deliveries()
      .slice(count)
      .map(({ app }) => app.slug);
    expect(slugs.toSorted()).toEqual(["checker", "listener"]);
  });

  it("is logged with what was answered, and can be sent again with its GUID", async () => {
    answer = 503;
    await openIssue("Lost");
    await setting.github.idle();
    const { data: failures } = await jwt().apps.listWebhookDeliveries({ per_page: 5, status: "failure" });
    expect(failures[0]).toMatchObject({ event: "issues", action: "opened", status_code: 503, redelivery: false });
    answer = 202;
    await jwt().apps.redeliverWebhookDelivery({ delivery_id: failures[0]!.id });
    await setting.github.idle();
    const [first, second] = received;
    expect(second?.headers["x-github-delivery"]).toBe(first?.headers["x-github-delivery"]);
    expect(second?.body).toBe(first?.body);
    const { data: log } = await jwt().apps.listWebhookDeliveries({ per_page: 1 });
    expect(log[0]).toMatchObject({ guid: failures[0]!.guid, status_code: 202, status: "OK", redelivery: true });
    const { data: full } = await jwt().apps.getWebhookDelivery({ delivery_id: log[0]!.id });
    expect(full.response.payload).toBe("heard");
    expect(full.request.payload).toMatchObject({ issue: { title: "Lost" } });
  });

  it("is listed by pages of a cursor, for its own App only", async () => {
    const { github, client } = setting;
    const ids: number[] = [];
    for await (const { data } of jwt().paginate.iterator("GET /app/hook/deliveries", { per_page: 3 })) {
      ids.push(...data.map(({ id }) => id));
    }
    const own = github.deliveries().filter(({ app }) => app.slug === "checker");
    expect(ids).toEqual(own.map(({ id }) => id).toReversed());
    const stranger = github.createApp({ slug: "stranger", permissions: {}, events: [] });
    const foreign = client(appToken(stranger)).apps.getWebhookDelivery({ delivery_id: ids[0]! });
    expect(await refusal(foreign)).toMatchObject({ status: 404 });
  });

  it("is logged as failed when nobody answers", async () => {
    const { github, app } = setting;
    const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    github.setWebhook(app.appId, "http://127.0.0.1:9/");
    await openIssue("Nobody there");
    await github.idle();
    const last = github.deliveries().findLast((delivery) => delivery.app.slug === "checker");
    expect(last).toMatchObject({ statusCode: 0, status: "failed to connect" });
    github.setWebhook(app.appId, address);
  });
});

describe("planted faults", () => {
  it("lose, repeat and delay deliveries", async () => {
    const { github } = setting;
    github.addWebhookFault({ event: "issues.opened", effect: "drop" });
    await openIssue("Dropped");
    github.addWebhookFault({ event: "issues", effect: "duplicate" });
    await openIssue("Repeated");
    github.addWebhookFault({ event: "*", effect: { delay: 20 } });
    await openIssue("Late");
    await openIssue("On time");
    await github.idle();
    const titles = received.map(({ body }) => (JSON.parse(body) as { issue: { title: string } }).issue.title);
    expect(titles.toSorted()).toEqual(["Late", "On time", "Repeated", "Repeated"]);
    const guids = received
      .filter(({ body }) => body.includes("Repeated"))
      .map(({ headers }) => headers["x-github-delivery"]);
    expect(new Set(guids).size).toBe(1);
  });
});

describe("every kind of event", () => {
  it("names the pull request, the comment, the review or the issue it is about", async () => {
    const { ada, bob, demo, github } = setting;
    await github.createRepository({ owner: "acme", name: "archive", autoInit: true });
    const count = github.deliveries().length;
    const pull = await openPull(setting, "announced");
    const target = { ...demo, issue_number: pull.number };
    const { data: comment } = await bob.issues.createComment({ ...target, body: "First" });
    await bob.issues.updateComment({ ...demo, comment_id: comment.id, body: "Second" });
    await bob.issues.deleteComment({ ...demo, comment_id: comment.id });
    const { data: issue } = await openIssue("To be moved");
    await ada.issues.update({ ...demo, issue_number: issue.number, body: "Text", labels: ["data"] });
    await ada.issues.update({ ...demo, issue_number: issue.number, labels: [] });
    await ada.issues.update({ ...demo, issue_number: issue.number, state: "closed", state_reason: "not_planned" });
    await ada.issues.update({ ...demo, issue_number: issue.number, state: "open" });
    const moved = github.transferIssue("acme/demo", issue.number, "acme/archive");
    github.deleteIssue("acme/archive", moved);
    const events = github
      .deliveries()
      .slice(count)
      .filter(({ app, event }) => app.slug === "checker" && event !== "check_suite")
      .map(({ event, action }) => (action ? `${event}.${action}` : event));
    expect(events).toEqual([
      ...["push", "create", "push", "pull_request.opened"],
      ...["issue_comment.created", "issue_comment.edited", "issue_comment.deleted"],
      ...["issues.opened", "issues.edited", "issues.labeled", "issues.unlabeled", "issues.closed", "issues.reopened"],
      ...["issues.transferred", "issues.deleted"],
    ]);
    const edited = github
      .deliveries()
      .findLast(({ event, action }) => event === "issue_comment" && action === "edited");
    expect(edited?.payload).toMatchObject({
      changes: { body: { from: "First" } },
      comment: { body: "Second" },
      issue: { number: pull.number, pull_request: { merged_at: null } },
    });
    const transferred = github.deliveries().findLast(({ action }) => action === "transferred");
    expect(transferred?.payload).toMatchObject({
      changes: { new_issue: { number: moved }, new_repository: { full_name: "acme/archive" } },
    });
  });
});
