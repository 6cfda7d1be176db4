import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';

/** Faults are told in English; schemas of zod/mini, which bundlers take apart, know no language by themselves. */
const ENGLISH = /* @__PURE__ */ (() => ({ error: english().localeError }))();

/** Checks a value against a schema and fills in its defaults; a fault is returned, not thrown. */
export function checkShape<T extends z.core.$ZodType>(schema: T, value: unknown) {
  return z.safeParse(schema, value, ENGLISH);
}
