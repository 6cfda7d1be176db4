/* Reads recordings, a number of frames before each; answers each with its class, instructions, stack and probabilities. */
#include "net.h"
#include "start.h"

static float frames[512 * NET_PERSONS * NET_JOINTS * 3], probabilities[NET_CLASSES];

int main(void)
{
  int32_t answer[3], n;
  while (read_input(&n, sizeof n) && read_input(frames, (uint32_t)n * sizeof(float) * NET_PERSONS * NET_JOINTS * 3)) {
    paint_stack();
    start_count();
    answer[0] = net_predict(frames, n, probabilities);
    answer[1] = (int32_t)instructions();
    answer[2] = (int32_t)stack_depth();
    write_output(answer, sizeof answer);
    write_output(probabilities, sizeof probabilities);
  }
  return 0;
}
