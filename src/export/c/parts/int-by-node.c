{{products}}

/* The standardised features of a node; nodes follow one another. */
static void describe(int node, value_t *const features)
{
  value_t *out = features{{means}};
  int track = node * TRACKS{{followed}};
{{features}}
  standardise(features);
}

/* From a clip to logits. */
static void infer(void)
{
{{layers}}
}
