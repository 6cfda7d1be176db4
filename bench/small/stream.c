/* Reads frames, milliseconds before each; answers each with what is recognised, instructions, stack and a probability. */
#include "net.h"
#include "start.h"

static float frame[NET_PERSONS * NET_JOINTS * 3];

#ifdef WHOLE
#define CLOCK(milliseconds) milliseconds
#else
#define CLOCK(milliseconds) (milliseconds / 1000.0)
#endif

int main(void)
{
  int32_t answer[3];
  uint32_t milliseconds;
  net_event event;
  while (read_input(&milliseconds, sizeof milliseconds) && read_input(frame, sizeof frame)) {
    paint_stack();
    start_count();
    net_push(frame, CLOCK(milliseconds), &event);
    answer[1] = (int32_t)instructions();
    answer[0] = event.label;
    answer[2] = (int32_t)stack_depth();
    write_output(answer, sizeof answer);
    write_output(&event.probability, sizeof event.probability);
  }
  return 0;
}
