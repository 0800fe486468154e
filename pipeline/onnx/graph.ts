import { type Attribute, type OnnxNode, writeNode } from "./node.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";
import { elementTypes, type Tensor, writeTensor } from "./tensor.ts";

/** What goes into or comes out of a graph: a tensor with one row per table row. */
export interface GraphValue {
  name: string;
  type: "double" | "string";
  /** Columns; null for a tensor of one dimension. */
  columns: number | null;
  docs: string;
}

/** An ONNX graph in the making. Values are known by name; every name is used once. */
export class Graph {
  readonly #names = new Set<string>([""]);
  readonly #nodes: OnnxNode[] = [];
  readonly #constants: { name: string; tensor: Tensor }[] = [];
  readonly #inputs: GraphValue[] = [];
  readonly #outputs: GraphValue[] = [];

  /** Declares an input; its name gets underscores at its end until it differs from all others. */
  input(value: GraphValue): string {
    const name = this.#name(value.name);
    this.#inputs.push({ ...value, name });
    return name;
  }

  /** Adds a constant and returns its name. */
  constant(tensor: Tensor): string {
    const name = this.#name(`constant_${this.#constants.length}`);
    this.#constants.push({ name, tensor });
    return name;
  }

  /** Adds an operator and returns the name of its output. */
  node(operator: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): string {
    return this.#node("", operator, inputs, attributes);
  }

  /** Adds an operator of the set for classic machine learning. */
  mlNode(operator: string, inputs: readonly string[], attributes: Record<string, Attribute>): string {
    return this.#node("ai.onnx.ml", operator, inputs, attributes);
  }

  /** Declares an output that is the value `source`. */
  output(value: GraphValue, source: string): void {
    const name = this.#name(value.name);
    this.#nodes.push({ operator: "Identity", domain: "", inputs: [source], output: name, attributes: {} });
    this.#outputs.push({ ...value, name });
  }

  /** The fields of a `GraphProto`. */
  finish(name: string): Uint8Array {
    const writer = new ProtobufWriter();
    for (const node of this.#nodes) writer.message(1, (part) => writeNode(part, node));
    writer.text(2, name);
    for (const { name, tensor } of this.#constants) writer.message(5, (part) => writeTensor(part, tensor, name));
    for (const value of this.#inputs) writer.message(11, (part) => writeValue(part, value));
    for (const value of this.#outputs) writer.message(12, (part) => writeValue(part, value));
    return writer.finish();
  }

  #node(
    domain: OnnxNode["domain"],
    operator: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute>,
  ): string {
    const output = this.#name(`${operator}_${this.#nodes.length}`);
    this.#nodes.push({ operator, domain, inputs, output, attributes });
    return output;
  }

  #name(wanted: string): string {
    let name = wanted;
    while (this.#names.has(name)) name += "_";
    this.#names.add(name);
    return name;
  }
}

/** A `ValueInfoProto`: name, element type and shape; the number of rows is open. */
function writeValue(writer: ProtobufWriter, { name, type, columns, docs }: GraphValue): void {
  writer.text(1, name);
  writer.message(2, (typeProto) =>
    typeProto.message(1, (tensor) =>
      tensor.int(1, elementTypes[type]).message(2, (shape) => {
        shape.message(1, (dim) => dim.text(2, "rows"));
        if (columns !== null) shape.message(1, (dim) => dim.int(1, columns));
      }),
    ),
  );
  writer.text(3, docs);
}
