import type { ProtobufWriter } from "./protobuf-writer.ts";

/** A constant of an ONNX graph. `dims` multiply to the number of values. */
export type Tensor =
  | { type: "double" | "int64"; dims: readonly number[]; values: readonly number[] }
  | { type: "string"; dims: readonly number[]; values: readonly string[] };

/** `TensorProto.DataType`. */
export const elementTypes = { int64: 7, string: 8, double: 11 } as const;

/** A double tensor of one row. */
export function rowOf(values: readonly number[]): Tensor {
  return { type: "double", dims: [1, values.length], values };
}

/** An int64 tensor of one dimension. */
export function integers(values: readonly number[]): Tensor {
  return { type: "int64", dims: [values.length], values };
}

/** Writes the fields of a `TensorProto`. */
export function writeTensor(writer: ProtobufWriter, tensor: Tensor, name: string): void {
  if (tensor.dims.reduce((product, dim) => product * dim, 1) !== tensor.values.length) {
    throw new Error(`${tensor.values.length} values do not fill ${tensor.dims.join(" × ")}`);
  }
  for (const dim of tensor.dims) writer.int(1, dim);
  writer.int(2, elementTypes[tensor.type]);
  if (tensor.type === "string") {
    for (const value of tensor.values) writer.text(6, value);
    writer.text(8, name);
  } else {
    writer.text(8, name);
    writer.bytes(9, toRawData(tensor));
  }
}

/** Little-endian, as ONNX wants it on every machine. */
function toRawData({ type, values }: Exclude<Tensor, { type: "string" }>): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) {
    if (type === "double") view.setFloat64(8 * index, value, true);
    else view.setBigInt64(8 * index, BigInt(value), true);
  }
  return bytes;
}
