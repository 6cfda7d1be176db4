/* Mean, least, greatest and deviation over the frames. */
static value_t *put_statistics(value_t *out)
{
  memcpy(out, &summary, sizeof summary);
  return out + sizeof summary / sizeof *out;
}
