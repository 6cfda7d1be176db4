/* Preloaded into a process: counts what it does to files below a folder, and at one moment kills it or has the system refuse.
 * FAULT_FOLDER: the folder. FAULT_AT: the number of the call, from 1; 0 for none. FAULT_KIND: kill, cut (half is written, then
 * it is killed), short (half is written, and it goes on), ENOSPC or EIO. FAULT_CALLS: a file that gets a letter for each call. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST_CALLS = 1 << 16 };

static long calls;
static char letters[MOST_CALLS];

static const char *setting(const char *name)
{
  const char *value = getenv(name);
  return value ? value : "";
}

static int is_kind(const char *kind)
{
  return strcmp(setting("FAULT_KIND"), kind) == 0;
}

static int is_inside(const char *path)
{
  const char *folder = setting("FAULT_FOLDER");
  return *folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_file_inside(int file)
{
  char link[64], path[PATH_MAX];
  ssize_t length;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_inside(path);
}

/* Whether this call is the one; kills where that is wanted. */
static int is_faulty(char letter)
{
  const long now = __sync_add_and_fetch(&calls, 1);
  if (now <= MOST_CALLS) letters[now - 1] = letter;
  if (now != atol(setting("FAULT_AT"))) return 0;
  if (is_kind("kill")) kill(getpid(), SIGKILL);
  errno = is_kind("EIO") ? EIO : ENOSPC;
  return 1;
}

static int is_refused(char letter)
{
  return is_faulty(letter) && (is_kind("ENOSPC") || is_kind("EIO"));
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPEN(name)                                                     \
  int name(const char *path, int flags, ...)                          \
  {                                                                    \
    va_list list;                                                      \
    mode_t mode;                                                       \
    va_start(list, flags);                                             \
    mode = (mode_t)va_arg(list, int);                                  \
    va_end(list);                                                      \
    if ((flags & O_ACCMODE) != O_RDONLY && is_inside(path) && is_refused('o')) return -1; \
    return REAL(name)(path, flags, mode);                              \
  }
OPEN(open)
OPEN(open64)

ssize_t write(int file, const void *bytes, size_t size)
{
  if (!is_file_inside(file) || !is_faulty('w')) return REAL(write)(file, bytes, size);
  if (is_kind("ENOSPC") || is_kind("EIO")) return -1;
  size = (size + 1) / 2;
  if (is_kind("cut")) {
    if (REAL(write)(file, bytes, size) < 0) return -1;
    kill(getpid(), SIGKILL);
  }
  return REAL(write)(file, bytes, size);
}

#define AT_OFFSET(name, offset_t)                                                          \
  ssize_t name(int file, const void *bytes, size_t size, offset_t at)                      \
  {                                                                                        \
    if (is_file_inside(file) && is_refused('p')) return -1;                                \
    return REAL(name)(file, bytes, size, at);                                              \
  }
AT_OFFSET(pwrite, off_t)
AT_OFFSET(pwrite64, off64_t)

int fsync(int file)
{
  if (is_file_inside(file) && is_refused('s')) return -1;
  return REAL(fsync)(file);
}

int ftruncate64(int file, off64_t size)
{
  if (is_file_inside(file) && is_refused('t')) return -1;
  return REAL(ftruncate64)(file, size);
}

int rename(const char *from, const char *to)
{
  if (is_inside(to) && is_refused('r')) return -1;
  return REAL(rename)(from, to);
}

int unlink(const char *path)
{
  if (is_inside(path)) is_faulty('u');
  return REAL(unlink)(path);
}

__attribute__((destructor)) static void tell(void)
{
  const char *path = setting("FAULT_CALLS");
  FILE *file = *path ? fopen(path, "w") : NULL;
  if (!file) return;
  fwrite(letters, 1, calls < MOST_CALLS ? calls : MOST_CALLS, file);
  fclose(file);
}
