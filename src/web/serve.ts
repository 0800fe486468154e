import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import type { Handler } from "./webhook-door.ts";

export interface WebServer {
  port: number;
  /** Answers what has begun, then closes. */
  close(): Promise<void>;
}

/** Serves requests by the first handler that knows them. A slow or half-sent request is cut off. */
export async function serve(
  handlers: Handler[],
  address: { port: number; host: string },
  log: Logger,
): Promise<WebServer> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, async (request, response) => {
    try {
      for (const handle of handlers) if (await handle(request, response)) return;
      response.writeHead(404, { "content-type": "application/json" }).end('{"error":"Not found"}');
    } catch (error) {
      log.error({ err: error }, "a request failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  await listen(server, address);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function listen(server: Server, { port, host }: { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(taken ? new Error(`Port ${port} is taken. Set PORT to another one.`, { cause: error }) : error);
    });
    server.listen(port, host, () => resolve());
  });
}
