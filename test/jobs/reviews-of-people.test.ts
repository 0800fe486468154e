import { afterAll, beforeAll, expect, it } from "vitest";
import { connectApp } from "../../src/github/app-client.ts";
import { fetchPullRequest } from "../../src/github/fetch-pull-request.ts";
import { createLog } from "../../src/web/create-log.ts";
import { type LocalApp, startLocalApp, webhookSecret } from "../support/local-app.ts";
import { aPerson } from "../support/people.ts";

let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

it("are facts of a pull request, and cost nothing when they come", async () => {
  const { ada, appId, github, privateKey, repository } = local;
  const grace = await aPerson(local, "grace", "push");
  const linus = await aPerson(local, "linus", "push");
  github.createTeam("acme", "Data", ["linus"], { "acme/income": "write" });
  const first = await local.commit("change", { "notes.md": "1" });
  const number = await local.open("change");
  const target = { ...repository, pull_number: number };
  await local.settle();

  const calls = await local.callsDuring(async () => {
    await grace.rest.pulls.createReview({ ...target, event: "APPROVE" });
    await linus.rest.pulls.createReview({ ...target, event: "REQUEST_CHANGES", body: "No" });
    await grace.rest.pulls.createReview({ ...target, event: "COMMENT", body: "Nice" });
    const { data } = await linus.rest.pulls.createReview({ ...target, event: "APPROVE" });
    await ada.rest.pulls.dismissReview({ ...target, review_id: data.id, message: "Too early" });
    await ada.rest.pulls.requestReviewers({ ...target, team_reviewers: ["data"], reviewers: ["linus"] });
  });
  expect(calls).toEqual([]);

  const seen = async () => {
    const credentials = { appId, privateKey, webhookSecret, apiUrl: github.url };
    const app = connectApp(
      credentials,
      createLog("error", () => {}),
      false,
    );
    const { data } = await ada.rest.repos.get(repository);
    const place = { id: data.id, owner: "acme", name: "income" };
    const fetched = await fetchPullRequest(await app.forRepository(local.installationId, place), number, "main");
    return fetched && { reviews: fetched.reviews, teams: fetched.requestedTeams, refused: fetched.refused };
  };
  const submittedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  const author = { login: "grace", bot: false, id: expect.any(Number) };
  const reviews = {
    known: true,
    value: { opinions: [{ author, state: "approved", commit: first, submittedAt }], unread: 0 },
  };
  expect(await seen()).toEqual({
    reviews,
    teams: { known: true, value: { teams: ["acme/data"], unread: 0 } },
    refused: false,
  });

  github.withholdPermission(local.installationId, "members");
  expect(await seen()).toEqual({
    reviews,
    teams: { known: false, why: "failed", detail: expect.stringContaining("members: read") },
    refused: false,
  });
});
