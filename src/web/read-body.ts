import type { IncomingMessage } from "node:http";

/** GitHub sends no webhook above 25 MB; one more allows for what it counts differently. */
export const maxBodyBytes = 26 * 1024 * 1024;

/** Bodies are held until their signature is checked and they are stored, so all of them together are limited as well. */
const maxHeldBytes = 128 * 1024 * 1024;
let heldBytes = 0;

/** `release` says that the bytes of a body are no longer held; to be called once, when it is done with. */
export type Body =
  | { state: "read"; bytes: Buffer; release: () => void }
  | { state: "too-large" }
  | { state: "busy" }
  | { state: "aborted" };

/** Reads a request's body, giving up as soon as it is too large, whatever its headers promise. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return { state: "too-large" };
  const chunks: Buffer[] = [];
  let size = 0;
  let read = false;
  const release = () => {
    heldBytes -= size;
  };
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      heldBytes += chunk.length;
      if (size > maxBodyBytes) return { state: "too-large" };
      if (heldBytes > maxHeldBytes) return { state: "busy" };
      chunks.push(chunk);
    }
    read = true;
    return { state: "read", bytes: Buffer.concat(chunks), release };
  } catch {
    return { state: "aborted" };
  } finally {
    if (!read) release();
  }
}
