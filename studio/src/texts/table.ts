/** Texts of the page by their keys, in every language. */
export type Texts = Readonly<Record<string, readonly [en: string, de: string]>>;
