/* Bare metal under qemu-system-arm: start, and the host's files by semihosting. Reads from `input`, writes to `output`. */
#include "start.h"

extern uint32_t stack_top, data_start, data_end, data_image, bss_start, bss_end, stack_limit;
int main(void);
void reset(void);

static void stop(void)
{
  host(0x18, (void *)0x20026);
  for (;;) {}
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
  &stack_top, (void *)reset, (void *)stop, (void *)stop, (void *)stop, (void *)stop, (void *)stop
};

/* Paints the stack, so that its depth can be read afterwards. */
void reset(void)
{
  uint32_t *from = &data_image;
#ifdef __ARM_FP
  *(volatile uint32_t *)0xE000ED88 |= 0xF << 20;
#endif
  for (uint32_t *to = &data_start; to < &data_end;) *to++ = *from++;
  for (uint32_t *to = &bss_start; to < &bss_end;) *to++ = 0;
  paint_stack();
  main();
  stop();
}

void paint_stack(void)
{
  const uint32_t *here;
  __asm__ volatile("mov %0, sp" : "=r"(here));
  for (uint32_t *at = &stack_limit; at < here - 4; at++) *at = 0xA5A5A5A5;
}

uint32_t stack_depth(void)
{
  const uint32_t *at = &stack_limit;
  while (*at == 0xA5A5A5A5) at++;
  return (uint32_t)((const char *)&stack_top - (const char *)at);
}

int32_t host(uint32_t operation, const void *argument)
{
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return (int32_t)r0;
}

static int32_t open_file(const char *name, uint32_t length, uint32_t mode)
{
  const uint32_t arguments[3] = {(uint32_t)name, mode, length};
  return host(0x01, arguments);
}

int read_input(void *to, uint32_t size)
{
  static int32_t file = -1;
  uint32_t arguments[3] = {0, (uint32_t)to, size};
  if (file < 0) file = open_file("input", 5, 1);
  arguments[0] = (uint32_t)file;
  return host(0x06, arguments) == 0;
}

void write_output(const void *from, uint32_t size)
{
  static int32_t file = -1;
  uint32_t arguments[3] = {0, (uint32_t)from, size};
  if (file < 0) file = open_file("output", 6, 5);
  arguments[0] = (uint32_t)file;
  host(0x05, arguments);
}

/* The system timer counts down; under -icount shift=0 an instruction takes a nanosecond, and the timer's clock 25 MHz. */
void start_count(void)
{
  *(volatile uint32_t *)0xE000E014 = 0xFFFFFF;
  *(volatile uint32_t *)0xE000E018 = 0;
  *(volatile uint32_t *)0xE000E010 = 5;
}

uint32_t instructions(void)
{
  return (0xFFFFFF - (*(volatile uint32_t *)0xE000E018 & 0xFFFFFF)) * 40;
}
