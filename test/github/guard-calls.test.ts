import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectWithToken } from "../../src/github/connect-with-token.ts";
import { fetchWithin } from "../../src/github/guard-calls.ts";
import { isTransient } from "../../src/github/is-transient.ts";

const body = JSON.stringify({ id: 11, text: "x".repeat(1000) });
const half = body.slice(0, 500);
const json = { "content-type": "application/json" };

/** What the server does with the next request. */
let answer: (response: ServerResponse) => void;
let url: string;
const server = createServer((_, response) => answer(response));
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("an answer that breaks off", () => {
  const stop = new AbortController();
  it.each<[string, string, (response: ServerResponse) => void]>([
    [
      "before its announced end",
      "HttpError",
      (response) => {
        response.writeHead(200, { ...json, "content-length": body.length });
        response.write(half, () => response.destroy());
      },
    ],
    [
      "between two pieces",
      "HttpError",
      (response) => {
        response.writeHead(200, json);
        response.write(half, () => response.destroy());
      },
    ],
    [
      "of an error",
      "HttpError",
      (response) => {
        response.writeHead(422, { ...json, "content-length": body.length });
        response.write(half, () => response.destroy());
      },
    ],
    [
      "because nobody waits any longer",
      "AbortError",
      (response) => {
        response.writeHead(200, json);
        response.write(half, () => stop.abort());
      },
    ],
  ])("%s is a call that failed, and may be tried again", async (_, name, act) => {
    answer = act;
    const call = connectWithToken("ghp_secret", url, stop.signal).rest.repos.get({ owner: "acme", repo: "income" });
    const error = await call.catch((thrown: unknown) => thrown);
    expect([error, isTransient(error)]).toMatchObject([{ name, status: 500 }, true]);
    expect(error).not.toHaveProperty("response.data");
  });
});

describe("a whole answer", () => {
  it.each<[string, number, string | undefined, string]>([
    ["of JSON", 200, body, body],
    ["of nothing", 200, undefined, ""],
    ["that may have no body", 204, undefined, ""],
    ["that nothing changed", 304, undefined, ""],
    ["that refuses", 404, body, body],
  ])("%s comes as it was sent", async (_, status, sent, text) => {
    answer = (response) => response.writeHead(status, { ...json, link: "<next>" }).end(sent);
    const got = await fetchWithin(`${url}/list?page=2`);
    expect([got.status, got.url, got.headers.get("link"), await got.text()]).toEqual([
      status,
      `${url}/list?page=2`,
      "<next>",
      text,
    ]);
  });
});
