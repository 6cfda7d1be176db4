/** Hosts besides its own that a page's policy lets it connect to. */
export function allowedOrigins(page: Pick<Document, 'querySelector'>): readonly string[] {
  const policy = page.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content ?? '';
  const [, sources = ''] = /(?:^|;)\s*connect-src ([^;]*)/.exec(policy) ?? [];
  return sources.split(/\s+/).filter((source) => source.startsWith('http:'));
}

/** Whether an address is one of this computer's, at an origin that is allowed. */
export function isAllowed(target: string, origins: readonly string[]): boolean {
  if (!URL.canParse(target)) return false;
  const { hostname, origin } = new URL(target);
  return ['127.0.0.1', 'localhost'].includes(hostname) && origins.includes(origin);
}
