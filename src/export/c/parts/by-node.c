{{products}}

/* The standardised features of a node; nodes follow one another. */
static void describe(int node, standard *next, float *out)
{
  const int first = node * CHANNELS;
{{features}}
  standardise(node, next, out);
}

/* From a clip to logits. */
static void infer(void)
{
  standard next = {means, inverses};
{{layers}}
}
