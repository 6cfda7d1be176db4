/**
 * What schemas of JSON are made of beside what valibot has: it takes lists for objects and Infinity for a number, and leaves
 * out keys such as "constructor".
 */
import * as v from 'valibot';

/** A number as JSON has them: neither NaN nor infinite. */
export const number = v.custom<number>(Number.isFinite, 'a number');

/** A whole number that no other is rounded to. */
export const int = v.custom<number>(Number.isSafeInteger, ({ input }) => {
  if (!Number.isFinite(input)) return 'a number';
  if (!Number.isInteger(input)) return 'a whole number';
  return Number(input) > 0 ? `at most ${Number.MAX_SAFE_INTEGER}` : `at least ${Number.MIN_SAFE_INTEGER}`;
});

/** A schema whose output has every key once, with its comment: in valibot's own it is made of two types that each have it. */
type StrictObject<Entries extends v.ObjectEntries> = Omit<v.StrictObjectSchema<Entries, undefined>, '~types'> & {
  readonly '~types'?:
    | {
        readonly input: v.InferInput<v.StrictObjectSchema<Entries, undefined>>;
        readonly output: Output<Entries>;
        readonly issue: v.InferIssue<v.StrictObjectSchema<Entries, undefined>>;
      }
    | undefined;
};

type OptionalEntry = { readonly type: 'optional'; readonly default: undefined };
type Flat<T> = { [Key in keyof T]: T[Key] } & {};
type Output<Entries extends v.ObjectEntries> = Flat<
  {
    -readonly [Key in keyof Entries as Entries[Key] extends OptionalEntry ? never : Key]: v.InferOutput<Entries[Key]>;
  } & {
    -readonly [Key in keyof Entries as Entries[Key] extends OptionalEntry ? Key : never]?: v.InferOutput<Entries[Key]>;
  }
>;

/** An object with these keys and no others. */
// @__NO_SIDE_EFFECTS__
export function strictObject<const Entries extends v.ObjectEntries>(entries: Entries): StrictObject<Entries> {
  return refusingLists(v.strictObject(entries)) as unknown as StrictObject<Entries>;
}

/** An object with these keys; others are left out. */
// @__NO_SIDE_EFFECTS__
export function object<const Entries extends v.ObjectEntries>(entries: Entries): v.ObjectSchema<Entries, undefined> {
  return refusingLists(v.object(entries));
}

/** An object with these keys and any others. */
// @__NO_SIDE_EFFECTS__
export function looseObject<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<unknown, v.InferOutput<v.LooseObjectSchema<Entries, undefined>>> {
  return openObject(entries, () => v.unknown()) as v.GenericSchema<unknown, never>;
}

/** An object with any keys that are of one schema, and values of another. */
// @__NO_SIDE_EFFECTS__
export function record<Value extends v.GenericSchema>(
  key: v.GenericSchema<string>,
  value: Value,
): v.GenericSchema<Readonly<Record<string, v.InferInput<Value>>>, Record<string, v.InferOutput<Value>>> {
  const schemaOf = (name: string) => {
    const [wrong] = v.safeParse(key, name).issues ?? [];
    return wrong === undefined ? value : v.never(wrong.message);
  };
  return openObject({}, schemaOf) as v.GenericSchema<never, Record<string, v.InferOutput<Value>>>;
}

/** One of several strict objects, which a key tells apart. */
// @__NO_SIDE_EFFECTS__
export function variant<const Key extends string, const Options extends v.VariantOptions<Key>>(
  key: Key,
  options: Options,
): v.VariantSchema<Key, Options, undefined> {
  return refusingLists(v.variant(key, options));
}

/** A strict object with more keys, or other values of some. */
// @__NO_SIDE_EFFECTS__
export function extend<const Entries extends v.ObjectEntries, const More extends v.ObjectEntries>(
  { entries }: { readonly entries: Entries },
  more: More,
): StrictObject<Flat<Omit<Entries, keyof More> & More>> {
  return strictObject({ ...entries, ...more }) as unknown as StrictObject<Flat<Omit<Entries, keyof More> & More>>;
}

/** The same, a list being no object: it is refused as nothing would be. */
function refusingLists<Schema extends v.GenericSchema>(schema: Schema): Schema {
  const run = schema['~run'];
  return {
    ...schema,
    '~run'(...[dataset, config]: Parameters<typeof run>) {
      return run.call(this, Array.isArray(dataset.value) ? { value: undefined } : dataset, config);
    },
  };
}

/** An object whose further keys each have the schema that is found for them; none may be the prototype. */
function openObject(entries: v.ObjectEntries, schemaOf: (name: string) => v.GenericSchema): v.GenericSchema {
  return v.lazy((given) => {
    const names = typeof given === 'object' && given !== null && !Array.isArray(given) ? Object.keys(given) : [];
    const others = names.filter((name) => !Object.hasOwn(entries, name) && name !== '__proto__');
    return object({ ...entries, ...Object.fromEntries(others.map((name) => [name, schemaOf(name)])) });
  });
}
