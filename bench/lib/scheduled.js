// How long a joint training step takes on so many cores, by what its tasks take on one: the model of docs/results/big-data.md.

/**
 * Seconds of a step's three phases on `cores` that are each as fast as the one that was measured. Preparing and updating are
 * divided evenly, as far as there are tasks; the pass has a task a rate and shard, taken in their order by whoever is free.
 * Between the phases one core works alone. The bandwidth of the memory is taken as growing with the cores.
 * @param passes seconds that a rate's pass takes, all shards together
 */
export function secondsAStep({ passes, shards, prepare, prepareTasks, update, updateTasks, between }, cores) {
  const free = new Float64Array(cores);
  for (const pass of passes) {
    for (let shard = 0; shard < shards; shard++) {
      const first = free.indexOf(Math.min(...free));
      free[first] += pass / shards;
    }
  }
  return prepare / Math.min(cores, prepareTasks) + Math.max(...free) + update / Math.min(cores, updateTasks) + between;
}
