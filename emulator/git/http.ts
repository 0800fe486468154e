import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createGunzip } from "node:zlib";
import { gitEnvironment } from "./run.ts";

export interface GitRequest {
  readonly directory: string;
  /** What follows the repository in the path: `/info/refs`, `/git-upload-pack`, `/git-receive-pack`. */
  readonly path: string;
  readonly query: string;
  readonly login: string;
  /** What binds this person, each as `rule:ref`; see the hook of `repository.ts`. */
  readonly rules: readonly string[];
}

/** Serves one request of the smart HTTP protocol by `git http-backend`. Resolves when the answer was written. */
export function serveGit(request: IncomingMessage, response: ServerResponse, wanted: GitRequest): Promise<void> {
  const variables = {
    GIT_PROJECT_ROOT: wanted.directory,
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: wanted.path,
    QUERY_STRING: wanted.query,
    REQUEST_METHOD: request.method ?? "GET",
    CONTENT_TYPE: request.headers["content-type"] ?? "",
    REMOTE_USER: wanted.login,
    REMOTE_ADDR: "127.0.0.1",
    GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    LOCAL_GITHUB_RULES: wanted.rules.join(" "),
  };
  const child = spawn("git", ["http-backend"], { env: gitEnvironment(variables) });
  const compressed = request.headers["content-encoding"] === "gzip";
  const input = compressed ? request.pipe(createGunzip()) : request;
  input.on("error", () => child.kill());
  child.stdin.on("error", () => {});
  input.pipe(child.stdin);
  child.stderr.resume();
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    let head: Buffer | undefined = Buffer.alloc(0);
    child.stdout.on("data", (chunk: Buffer) => {
      if (head === undefined) {
        response.write(chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\r\n\r\n");
      if (end === -1) return;
      writeHead(response, head.subarray(0, end).toString("latin1"));
      response.write(head.subarray(end + 4));
      head = undefined;
    });
    // The answer is held open until the caller has done what follows from a push.
    child.on("close", () => {
      if (head !== undefined) response.writeHead(500);
      resolve();
    });
  });
}

function writeHead(response: ServerResponse, text: string): void {
  let status = 200;
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
