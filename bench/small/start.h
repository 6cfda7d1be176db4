#include <stdint.h>

int32_t host(uint32_t operation, const void *argument);
int read_input(void *to, uint32_t size);
void write_output(const void *from, uint32_t size);
void paint_stack(void);
uint32_t stack_depth(void);
void start_count(void);
uint32_t instructions(void);
