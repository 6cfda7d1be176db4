/** Data sets that the package `anyrate-data` holds. */
export const builtinNames = ['irds', 'ui-prmd'] as const;

export type BuiltinName = (typeof builtinNames)[number];

export function isBuiltin(name: string): name is BuiltinName {
  return (builtinNames as readonly string[]).includes(name);
}

/** File of a built-in set inside that package. */
export function builtinFile(name: BuiltinName): string {
  return `${name}.anyset`;
}
