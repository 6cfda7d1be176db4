/** What was found, as a message shows it: the start of its JSON. */
export function excerpt(value: unknown, most = 60): string {
  if (value === undefined) return 'nothing';
  try {
    return (JSON.stringify(value) ?? typeof value).slice(0, most);
  } catch {
    return 'lists or objects too deep inside one another';
  }
}
