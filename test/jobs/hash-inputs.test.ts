import { expect, it } from "vitest";
import type { FetchedPullRequest } from "../../src/github/fetch-pull-request.ts";
import { hashInputs } from "../../src/jobs/hash-inputs.ts";
import type { Waiver } from "../../src/verdict/waiver.ts";

const waiver: Waiver = {
  check: "data-drift",
  findings: [],
  reason: "new wave",
  by: "grace",
  given: "2026-01-02T03:04:05.678Z",
  until: "2026-04-02",
  headSha: "c".repeat(40),
  comment: 5,
  baseRef: "main",
  withdrawnBy: null,
};

const hash = (waivers: Waiver[], now = "2026-01-03T00:00:00Z") =>
  hashInputs({} as FetchedPullRequest, { known: true, value: [] }, [], waivers, new Date(now));

it("equal waivers are equal inputs, until their last day has passed", () => {
  expect(hash([waiver])).toBe(hash([{ ...waiver }], "2026-04-02T23:59:59Z"));
  expect(hash([waiver])).not.toBe(hash([waiver], "2026-04-03T00:00:00Z"));
});

it("a waiver that was given or taken back is another input", () => {
  expect(new Set([hash([]), hash([waiver]), hash([{ ...waiver, withdrawnBy: "ada" }])]).size).toBe(3);
});

it("a review of a person is no input, while no check asks for it", () => {
  const reviewed = {
    reviews: { known: true, value: { opinions: [], unread: 1 } },
    requestedTeams: { known: true, value: { teams: ["acme/data"], unread: 0 } },
  } as unknown as FetchedPullRequest;
  const now = new Date("2026-01-03T00:00:00Z");
  expect(hashInputs(reviewed, { known: true, value: [] }, [], [], now)).toBe(hash([]));
});
