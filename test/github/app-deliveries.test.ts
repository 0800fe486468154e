import { expect, it } from "vitest";
import { readDeliveryLog } from "../../src/github/app-deliveries.ts";
import { apiUrl, playGitHub } from "../support/github.ts";
import { aRepositoryClient } from "../support/repository-client.ts";

const at = (minutesAgo: number) => new Date(Date.UTC(2026, 2, 1, 12) - minutesAgo * 60_000).toISOString();
const entry = (id: number, minutesAgo: number) => ({
  id,
  guid: `g${id}`,
  delivered_at: at(minutesAgo),
  status_code: 200,
});
const path = (cursor: number, status = "") =>
  `/app/hook/deliveries?per_page=100${status && `&status=${status}`}${cursor > 0 ? `&cursor=${cursor}` : ""}`;
const page = (cursor: number, body: object[], more: boolean, status = "") => ({
  method: "GET" as const,
  path: path(cursor, status),
  status: 200,
  body,
  headers: more ? { link: `<${apiUrl}${path(cursor + 1, status)}>; rel="next"` } : {},
});

async function read(since: Date): Promise<string[]> {
  const guids = [];
  for await (const entries of readDeliveryLog(aRepositoryClient().octokit, since)) {
    guids.push(...entries.map(({ guid }) => guid));
  }
  return guids;
}

it("reads the log up to a time and no further", async () => {
  await playGitHub([page(0, [entry(3, 1)], true), page(1, [entry(2, 2), entry(1, 9)], true)], async () => {
    expect(await read(new Date(at(5)))).toEqual(["g3", "g2"]);
  });
});

it("asks for failures alone beyond the newest 2,000", async () => {
  const near = Array.from({ length: 20 }, (_, index) => page(index, [entry(index, index)], true));
  const far = [
    page(0, [entry(0, 0)], true, "failure"),
    page(1, [entry(77, 60)], true, "failure"),
    page(2, [entry(88, 6000)], true, "failure"),
  ];
  await playGitHub([...near, ...far], async () => {
    const guids = await read(new Date(at(600)));
    expect(guids.slice(-3)).toEqual(["g19", "g0", "g77"]);
    expect(guids).toHaveLength(22);
  });
});
