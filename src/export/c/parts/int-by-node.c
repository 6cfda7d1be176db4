{{products}}

/* The standardised features of a node; nodes follow one another. */
static void describe(int node, standard *next, value_t *out)
{
  const int first = node * CHANNELS;
{{features}}
  standardise(node, next, out);
}

/* From a clip to logits. */
static void infer(void)
{
  standard next = {means, wide_means, 0};
{{layers}}
}
