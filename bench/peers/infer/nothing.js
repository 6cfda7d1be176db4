// No engine and no network: what a process or a page takes by itself, below which no engine can fall.
export async function load() {
  return () => [];
}
