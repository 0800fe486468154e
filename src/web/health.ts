import type { Database } from "../store/database.ts";
import { countPendingJobs } from "../store/pending-jobs.ts";
import type { Handler } from "./webhook-door.ts";

/** `GET` or `HEAD` of `/healthz`, whatever follows a question mark: 200 while the database answers, with how much work is waiting; 503 otherwise. */
export function healthDoor(database: Database): Handler {
  return async (request, response) => {
    const [path] = (request.url ?? "").split("?", 1);
    if ((request.method !== "GET" && request.method !== "HEAD") || path !== "/healthz") return false;
    const headers = { "content-type": "application/json", "cache-control": "no-store" };
    try {
      const queue = await countPendingJobs(database);
      response.writeHead(200, headers).end(JSON.stringify({ status: "ok", database: database.kind, queue }));
    } catch {
      response.writeHead(503, headers).end(JSON.stringify({ status: "the database does not answer" }));
    }
    return true;
  };
}
