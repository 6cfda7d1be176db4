/** C text of numbers and arrays. */

const WIDTH = 110;

/** The smallest integer type that holds all of some numbers. */
export function integerType(values: readonly number[]): string {
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
  const bits = [8, 16, 32].find((size) =>
    least < 0 ? Math.max(-least - 1, most) < 2 ** (size - 1) : most < 2 ** size,
  );
  return `${least < 0 ? '' : 'u'}int${bits ?? 32}_t`;
}

/** A float that reads back to the same bits. */
export function float(value: number): string {
  const text = String(Number(Math.fround(value).toPrecision(9)));
  return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
}

/** A constant array; C has none without elements. */
export interface Constant {
  readonly type: string;
  readonly name: string;
  readonly values: readonly number[];
  readonly format: Format;
}

export function constant(type: string, name: string, values: readonly number[], format = String as Format): Constant {
  return { type, name, values: values.length > 0 ? values : [0], format };
}

export function constantText({ type, name, values, format }: Constant): string {
  return `static const ${type} ${name}[] = {\n${wrap(values.map(format), ' ').join('\n')}\n};`;
}

/** Bytes that constants take, whose types may be named by `typedef`s, also those of a struct of two. */
export function constantBytes(constants: readonly Constant[], typedefs: readonly string[]): number {
  const meanings = new Map(
    typedefs.map(
      (text) =>
        text
          .match(/^typedef (.+) (\w+);$/)
          ?.slice(1)
          .toReversed() as [string, string],
    ),
  );
  const bytesOf = (type: string): number => {
    const bits = /^u?int(\d+)_t$/.exec(type)?.[1];
    const members = [...type.matchAll(/(\w+) \w+;/g)].map(([, member]) => bytesOf(member));
    if (members.length > 0) return members.length * Math.max(...members);
    return bits ? Number(bits) / 8 : type === 'float' ? 4 : bytesOf(meanings.get(type) ?? 'float');
  };
  return constants.reduce((sum, { type, values }) => sum + bytesOf(type) * values.length, 0);
}

type Format = (value: number) => string;

/** Items with commas, in lines that start alike. */
export function wrap(items: readonly string[], start: string): string[] {
  const lines = [start];
  for (const item of items) {
    if (lines[lines.length - 1].length + item.length > WIDTH) lines.push(start);
    lines[lines.length - 1] += ` ${item},`;
  }
  return lines;
}

/** Lines after a margin. */
export function indent(lines: readonly string[], margin = '  '): string {
  return lines.map((line) => margin + line).join('\n');
}

/** A template with a value for each `{{key}}`. */
export function fill<Key extends string>(template: string, values: Readonly<Record<Key, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, key: Key) => values[key]);
}

/** A string literal. */
export function quote(text: string): string {
  const octal = (byte: number) => `\\${byte.toString(8).padStart(3, '0')}`;
  const isPlain = (byte: number) => byte >= 32 && byte < 127 && byte !== 34 && byte !== 63 && byte !== 92;
  const bytes = [...new TextEncoder().encode(text)];
  return `"${bytes.map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : octal(byte))).join('')}"`;
}

/** A name in C for a text. */
export function identifier(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `model_${plain}`;
}
