/* A person of a frame of the clip. */
static const int16_t *person_at(int frame, int person)
{
  return clip + (frame * PERSONS + person) * PERSON;
}
