import type { ProtobufWriter } from "./protobuf-writer.ts";
import { type Tensor, writeTensor } from "./tensor.ts";

/** An attribute of an operator: an integer, text, a tensor, or a list that is not empty. */
export type Attribute = number | string | Tensor | readonly number[] | readonly string[];

/** One operator of an ONNX graph. */
export interface OnnxNode {
  operator: string;
  /** The set of operators it belongs to: `""` is ONNX's own, `ai.onnx.ml` the one for classic machine learning. */
  domain: "" | "ai.onnx.ml";
  inputs: readonly string[];
  output: string;
  attributes: Readonly<Record<string, Attribute>>;
}

/** `AttributeProto.AttributeType`. */
const attributeTypes = { int: 2, text: 3, tensor: 4, ints: 7, texts: 8 } as const;

/** Writes the fields of a `NodeProto`. */
export function writeNode(writer: ProtobufWriter, node: OnnxNode): void {
  for (const input of node.inputs) writer.text(1, input);
  writer.text(2, node.output);
  writer.text(3, node.output);
  writer.text(4, node.operator);
  for (const [name, value] of Object.entries(node.attributes)) {
    writer.message(5, (attribute) => writeAttribute(attribute, name, value));
  }
  if (node.domain !== "") writer.text(7, node.domain);
}

function writeAttribute(writer: ProtobufWriter, name: string, value: Attribute): void {
  writer.text(1, name);
  if (typeof value === "number") {
    writer.int(3, value).int(20, attributeTypes.int);
  } else if (typeof value === "string") {
    writer.text(4, value).int(20, attributeTypes.text);
  } else if ("dims" in value) {
    writer.message(5, (tensor) => writeTensor(tensor, value, name)).int(20, attributeTypes.tensor);
  } else if (isTexts(value)) {
    for (const text of value) writer.text(9, text);
    writer.int(20, attributeTypes.texts);
  } else {
    writer.ints(8, value).int(20, attributeTypes.ints);
  }
}

function isTexts(values: readonly number[] | readonly string[]): values is readonly string[] {
  return typeof values[0] === "string";
}
